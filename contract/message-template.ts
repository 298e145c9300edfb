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

export interface Filled {
  /** As the person sees it: header, body and footer, a paragraph each. */
  readonly text: string
  /** Blanks that have no value yet. */
  readonly missing: readonly string[]
  /** One for each blank of the template, in its order, in a single line each. */
  readonly values: FilledTemplate['values']
}

/** Puts values in place of the blanks; a blank without a value stays as it is. */
export function fillTemplate(template: MessageTemplate, given: FilledTemplate['values']): Filled {
  const values = template.blanks.map(({ where: place, name }) => {
    const found = given.find((item) => item.where === place && item.name === name)
    return { where: place, name, value: (found?.value ?? '').replaceAll(/\s+/g, ' ').trim() }
  })
  const missing = values.filter(({ value }) => value === '').map(({ name }) => name)
  const filled = (place: 'header' | 'body', words: string): string =>
    words.replaceAll(/\{\{\s*([^{}]+?)\s*\}\}/g, (blank, name: string) => {
      const value = values.find((item) => item.where === place && item.name === name)?.value ?? ''
      return value === '' ? blank : value
    })
  const parts = [filled('header', template.header), filled('body', template.body), template.footer]
  return { text: parts.filter((part) => part !== '').join('\n\n'), missing, values }
}
