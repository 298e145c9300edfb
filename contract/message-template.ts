import { z } from 'zod'

const where = z.enum(['header', 'body'])

/** A message that a network approved beforehand, with blanks to fill; in its words a blank stands as `{{name}}`. */
export const MessageTemplate = z.object({
  name: z.string(),
  language: z.string(),
  /** May be empty, as the footer may. */
  header: z.string(),
  body: z.string(),
  footer: z.string(),
  buttons: z.array(z.string()),
  blanks: z.array(z.object({ where, name: z.string(), example: z.string() })),
  /** What the network takes for it, in words; null where it is free. */
  cost: z.string().nullable(),
  /** Why it cannot be sent from here; null where it can. */
  cannot: z.string().nullable(),
})
export type MessageTemplate = z.infer<typeof MessageTemplate>

/** Longer ones are refused by every network that has templates. */
const mostValue = 1_024

/** A template as a member filled it. */
export const FilledTemplate = z.object({
  name: z.string().min(1).max(512),
  language: z.string().min(1).max(35),
  values: z.array(z.object({ where, name: z.string().max(100), value: z.string().max(mostValue) })).max(60),
})
export type FilledTemplate = z.infer<typeof FilledTemplate>
