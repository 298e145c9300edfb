import { z } from 'zod'

/** What happened, in ActivityStreams 2.0 words. */
export const ActivityType = z.enum(['Create', 'Update', 'Delete', 'Like', 'Announce', 'Follow'])
export type ActivityType = z.infer<typeof ActivityType>

/** What was made. Call, Visit, Letter and Event are touches outside the networks, logged by hand. */
export const ObjectKind = z.enum([
  'Note',
  'Article',
  'Question',
  'Message',
  'Review',
  'Call',
  'Visit',
  'Letter',
  'Event',
])
export type ObjectKind = z.infer<typeof ObjectKind>

export const Direction = z.enum(['in', 'out'])
export type Direction = z.infer<typeof Direction>

export const Visibility = z.enum(['public', 'unlisted', 'followers', 'direct', 'internal'])
export type Visibility = z.infer<typeof Visibility>

export const MediaReference = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2048),
  mediaType: z.string().max(127).optional(),
  alt: z.string().max(2000).optional(),
})
export type MediaReference = z.infer<typeof MediaReference>

/** Who spoke, as the network names them. `externalId` is opaque and stable; handles change. */
export const Author = z.object({
  externalId: z.string().min(1).max(512),
  handle: z.string().max(512).optional(),
  name: z.string().max(512).optional(),
  /** Facts that the source vouches for; only these link identities by rule. */
  verifiedEmail: z.email().max(320).optional(),
  customerId: z.string().min(1).max(256).optional(),
})
export type Author = z.infer<typeof Author>

/**
 * One activity as any source hands it in: API, import, form, connector. `(source, externalId)` names the
 * engagement and is unique in a workspace; Update and Delete name the engagement that they change.
 */
export const EngagementInput = z.object({
  type: ActivityType.default('Create'),
  kind: ObjectKind.default('Note'),
  /** Name space of `externalId`, such as `twitter` or `web`. */
  source: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9][a-z0-9._:-]*$/),
  externalId: z.string().min(1).max(512),
  /** Kind of place: email, web, twitter, phone, ... Defaults to `source`. */
  channel: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9][a-z0-9_-]*$/)
    .optional(),
  direction: Direction,
  author: Author,
  /** Our account this belongs to, by handle; for `out` it defaults to the author. */
  presence: z.string().min(1).max(512).optional(),
  /** Handles that the text addresses, without @. */
  mentions: z.array(z.string().min(1).max(512)).max(100).default([]),
  visibility: Visibility.default('public'),
  /** External id, in the same source, of the engagement that this one answers, likes or shares. */
  parentExternalId: z.string().min(1).max(512).optional(),
  /** What was said before in the thread, nearest first: stands in where the parent itself never came here. */
  ancestorExternalIds: z.array(z.string().min(1).max(512)).max(20).optional(),
  /** Said between its author and those in `mentions`: nobody else joins the thread by naming it as a parent. */
  closedCircle: z.boolean().optional(),
  /** External id of the thread, for channels without a reply tree. */
  threadExternalId: z.string().min(1).max(512).optional(),
  subject: z.string().max(998).optional(),
  text: z.string().max(100_000).default(''),
  language: z.string().max(35).optional(),
  media: z.array(MediaReference).max(20).default([]),
  /** The network's own time. */
  publishedAt: z.iso.datetime({ offset: true }),
  /** The network's time of this version, for Update. */
  updatedAt: z.iso.datetime({ offset: true }).optional(),
  /** True for an automatic reply of ours or theirs: kept, but never counts as an answer. */
  automatic: z.boolean().default(false),
})
export type EngagementInput = z.infer<typeof EngagementInput>

/** Result of one item of a batch, in the order of the batch. */
export const AcceptedItem = z.discriminatedUnion('result', [
  z.object({ result: z.literal('accepted'), id: z.uuid() }),
  z.object({ result: z.literal('duplicate'), id: z.uuid() }),
  z.object({ result: z.literal('refused'), reason: z.string() }),
])
export type AcceptedItem = z.infer<typeof AcceptedItem>
