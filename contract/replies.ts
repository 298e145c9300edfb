import { z } from 'zod'
import { Done, endpoint, Id, Instant } from './endpoint.ts'
import { Visibility } from './engagement.ts'
import { Engagement } from './engagements.ts'

const CaseId = z.object({ id: Id })
/** Made by the client, once for each act: the same key never acts twice. */
const Key = Id

/** Another way to the person of a case: as they are known there, through an account of ours there. */
export const Way = z.object({ identityId: Id, presenceId: Id })
export type Way = z.infer<typeof Way>

const TextUnit = z.enum(['grapheme', 'utf16', 'codepoint', 'bytes', 'gsm7'])

/** Whether, how and until when we may answer by one way, as the network's own rules say. */
export const AnswerWay = z.object({
  /** Null: as the last words came. */
  way: Way.nullable(),
  channel: z.string(),
  /** Our account that would speak. */
  presence: z.string().nullable(),
  /** The person as they are known there. */
  to: z.string().nullable(),
  /** When they last spoke to this account of ours. */
  lastHeardAt: Instant.nullable(),
  /** Whether anything can leave by it at all. */
  isConnected: z.boolean(),
  /** Connected, but nothing leaves just now; what is sent waits. A sentence, null where nothing is in the way. */
  waits: z.string().nullable(),
  can: z.boolean(),
  /** Until when this holds; null: for ever, or not known. */
  until: Instant.nullable(),
  /** Why we may not, or what to know; may be empty. */
  reason: z.string(),
  /** All that is left where we may not answer freely. */
  only: z.enum(['template', 'private']).nullable(),
  /** From the widest to the narrowest; the first is used where none is chosen. */
  visibilities: z.array(Visibility).min(1),
  text: z.object({ unit: TextUnit, max: z.number().int().nullable() }).nullable(),
})
export type AnswerWay = z.infer<typeof AnswerWay>

export const OwnAct = z.enum(['like', 'share', 'edit', 'delete'])
export type OwnAct = z.infer<typeof OwnAct>

const ways = endpoint('cases.read')
  .route({
    method: 'GET',
    path: '/cases/{id}/ways',
    summary: 'Whether and until when we may answer here, and by which other ways',
  })
  .input(CaseId)
  .output(
    z.object({
      /** The first one is where the person last spoke in this case. */
      ways: z.array(AnswerWay).min(1),
      /** What else the networks of this thread let our accounts do. */
      acts: z.array(z.object({ presenceId: Id, acts: z.array(OwnAct) })),
    }),
  )

export const Preview = z.object({
  /** In the network's own unit. */
  length: z.number().int(),
  max: z.number().int().nullable(),
  unit: TextUnit.nullable(),
  warnings: z.array(z.string()),
  /** As the network will show it, in order; one where nothing is split. */
  parts: z.array(z.string()),
  /** What the network charges; null where it is free. */
  cost: z.string().nullable(),
})
export type Preview = z.infer<typeof Preview>

const preview = endpoint('cases.note')
  .route({ method: 'POST', path: '/cases/{id}/preview', summary: 'An answer as the network will show it' })
  .input(CaseId.extend({ text: z.string().max(100_000), way: Way.nullable().default(null) }))
  .output(Preview)

const saveDraft = endpoint('cases.note')
  .route({ method: 'PUT', path: '/cases/{id}/draft', summary: 'Keep my draft' })
  .input(CaseId.extend({ text: z.string().max(100_000) }))
  .output(Done)
const send = endpoint('cases.answer')
  .route({ method: 'POST', path: '/cases/{id}/answers', summary: 'Answer in the customer’s channel' })
  .input(
    CaseId.extend({
      text: z.string().trim().min(1).max(100_000),
      key: Key,
      /** The newest engagement that the writer saw; something newer answers CONFLICT with reason `arrived-meanwhile`. */
      lastSeenEngagementId: Id.nullable(),
      sendAnyway: z.boolean().default(false),
      then: z.enum(['open', 'pending', 'resolved']).default('pending'),
      /** Left out: where the person last spoke in this case. */
      way: Way.nullable().default(null),
      /** Left out: as what is answered. Never wider than that. */
      visibility: Visibility.optional(),
    }),
  )
  .output(z.object({ engagement: Engagement }))

const EngagementId = z.object({ id: Id })
const retry = endpoint('cases.answer')
  .route({
    method: 'POST',
    path: '/engagements/{id}/retry',
    summary: 'Try again what failed or has an unknown fate',
  })
  .input(EngagementId)
  .output(Done)
const giveUp = endpoint('cases.answer')
  .route({
    method: 'POST',
    path: '/engagements/{id}/give-up',
    summary: 'Send it no more, where it waits or has an unknown fate',
  })
  .input(EngagementId)
  .output(Done)
const edit = endpoint('cases.answer')
  .route({
    method: 'POST',
    path: '/engagements/{id}/edit',
    summary: 'Change words of ours where the network lets us',
  })
  .input(EngagementId.extend({ text: z.string().trim().min(1).max(100_000), key: Key }))
  .output(z.object({ engagement: Engagement }))
const remove = endpoint('cases.answer')
  .route({
    method: 'POST',
    path: '/engagements/{id}/delete',
    summary: 'Take back words of ours where the network lets us',
  })
  .input(EngagementId.extend({ key: Key }))
  .output(z.object({ engagement: Engagement }))
const like = endpoint('cases.answer')
  .route({ method: 'POST', path: '/engagements/{id}/like', summary: 'Like what somebody said' })
  .input(EngagementId.extend({ key: Key }))
  .output(z.object({ engagement: Engagement }))
const share = endpoint('cases.answer')
  .route({ method: 'POST', path: '/engagements/{id}/share', summary: 'Share what somebody said' })
  .input(EngagementId.extend({ key: Key }))
  .output(z.object({ engagement: Engagement }))
const post = endpoint('cases.answer')
  .route({ method: 'POST', path: '/presences/{id}/posts', summary: 'Say something of our own' })
  .input(
    z.object({
      id: Id,
      text: z.string().trim().min(1).max(100_000),
      key: Key,
      visibility: Visibility.default('public'),
    }),
  )
  .output(z.object({ engagement: Engagement }))

export const replies = { ways, preview, saveDraft, send, retry, giveUp, edit, remove, like, share, post }
