import { z } from 'zod'
import { Done, endpoint, Id, Instant, page, PageInput } from './endpoint.ts'
import { Visibility } from './engagement.ts'
import { Engagement } from './engagements.ts'
import { mostFiles } from './judge-media.ts'
import { GivenFile, MediaRules } from './media.ts'
import { FilledTemplate, MessageTemplate } from './message-template.ts'

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
  /** Null where only words can be sent. */
  media: MediaRules.nullable(),
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

const templates = endpoint('cases.read')
  .route({
    method: 'GET',
    path: '/cases/{id}/templates',
    summary: 'What the network approved to be sent where nothing else may be',
  })
  .input(CaseId.extend({ identityId: Id.optional(), presenceId: Id.optional() }))
  .output(z.object({ items: z.array(MessageTemplate) }))

const saveDraft = endpoint('cases.note')
  .route({ method: 'PUT', path: '/cases/{id}/draft', summary: 'Keep my draft' })
  .input(CaseId.extend({ text: z.string().max(100_000) }))
  .output(Done)

const Words = z.string().trim().max(100_000)
const Files = z.array(GivenFile).max(mostFiles).default([])

/** Something must be in it. */
function hasContent(said: { readonly text: string; readonly media: readonly unknown[] }): boolean {
  return said.text !== '' || said.media.length > 0
}
const empty = { path: ['text'], message: 'There is nothing in it.' }

const send = endpoint('cases.answer')
  .route({ method: 'POST', path: '/cases/{id}/answers', summary: 'Answer in the customer’s channel' })
  .input(
    CaseId.extend({
      /** Empty where a template goes in its place. */
      text: Words,
      media: Files,
      /** Sent in place of free words; what the person sees of it becomes the text. */
      template: FilledTemplate.nullable().default(null),
      key: Key,
      /** The newest engagement that the writer saw; something newer answers CONFLICT with reason `arrived-meanwhile`. */
      lastSeenEngagementId: Id.nullable(),
      sendAnyway: z.boolean().default(false),
      then: z.enum(['open', 'pending', 'resolved']).default('pending'),
      /** Left out: where the person last spoke in this case. */
      way: Way.nullable().default(null),
      /** Left out: as what is answered. Never wider than that. */
      visibility: Visibility.optional(),
    }).refine((said) => said.template !== null || hasContent(said), empty),
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
    z
      .object({
        id: Id,
        text: Words,
        media: Files,
        key: Key,
        visibility: Visibility.default('public'),
      })
      .refine(hasContent, empty),
  )
  .output(z.object({ engagement: Engagement }))

/** An account of ours that can speak first. */
export const PostPlace = z.object({
  presenceId: Id,
  channel: z.string(),
  handle: z.string(),
  name: z.string(),
  /** Connected, but nothing leaves just now; what is sent waits. A sentence, null where nothing is in the way. */
  waits: z.string().nullable(),
  /** From the widest to the narrowest; the first is used where none is chosen. */
  visibilities: z.array(Visibility).min(1),
  text: z.object({ unit: TextUnit, max: z.number().int().nullable() }),
  media: MediaRules.nullable(),
})
export type PostPlace = z.infer<typeof PostPlace>

const postPlaces = endpoint('cases.answer')
  .route({ method: 'GET', path: '/posts/places', summary: 'Accounts of ours that can speak first' })
  .output(z.object({ items: z.array(PostPlace) }))
const previewPost = endpoint('cases.answer')
  .route({
    method: 'POST',
    path: '/presences/{id}/posts/preview',
    summary: 'A post as the network will show it',
  })
  .input(z.object({ id: Id, text: z.string().max(100_000) }))
  .output(Preview)

/** Something of our own, and what came back. */
export const OwnPost = z.object({
  engagement: Engagement,
  answers: z.number().int(),
  likes: z.number().int(),
  shares: z.number().int(),
  /** Cases that answers to it opened, the newest first; at most 5. */
  cases: z.array(z.object({ id: Id, number: z.number().int(), name: z.string() })),
})
export type OwnPost = z.infer<typeof OwnPost>

const posts = endpoint('cases.read')
  .route({ method: 'GET', path: '/presences/{id}/posts', summary: 'What we said first there, newest first' })
  .input(PageInput.extend({ id: Id }))
  .output(page(OwnPost))

export const replies = {
  ways,
  preview,
  templates,
  saveDraft,
  send,
  retry,
  giveUp,
  edit,
  remove,
  like,
  share,
  post,
  postPlaces,
  previewPost,
  posts,
}
