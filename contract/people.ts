import { z } from 'zod'
import { Done, endpoint, Id, Instant, page, PageInput } from './endpoint.ts'
import { Engagement } from './engagements.ts'
import { Sentiment } from './reading.ts'

/** Evidence for "this identity is this person". */
export const IdentityLink = z.object({
  rule: z.enum([
    'first-seen',
    'same-verified-email',
    'same-customer-id',
    'merged-by-member',
    'split-by-member',
  ]),
  detail: z.string(),
  by: z.string().nullable(),
  at: Instant,
})
export const Identity = z.object({
  id: Id,
  source: z.string(),
  channel: z.string(),
  handle: z.string().nullable(),
  name: z.string().nullable(),
  verifiedEmail: z.string().nullable(),
  customerId: z.string().nullable(),
  links: z.array(IdentityLink),
})
export type Identity = z.infer<typeof Identity>

export const Lifecycle = z.enum(['unknown', 'prospect', 'customer', 'advocate', 'lapsed'])

export const PersonRow = z.object({
  id: Id,
  name: z.string(),
  channels: z.array(z.string()),
  lifecycle: Lifecycle,
  lastSeenAt: Instant,
  engagements: z.number().int(),
  openCases: z.number().int(),
  lastSentiment: Sentiment.nullable(),
})
export type PersonRow = z.infer<typeof PersonRow>

export const Person = z.object({
  id: Id,
  name: z.string(),
  lifecycle: Lifecycle,
  preferredChannel: z.string().nullable(),
  memory: z.string(),
  memberships: z.array(z.string()),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  inbound: z.number().int(),
  outbound: z.number().int(),
  identities: z.array(Identity),
  cases: z.array(
    z.object({
      id: Id,
      number: z.number().int(),
      preview: z.string(),
      status: z.string(),
      openedAt: Instant,
      function: z.string(),
    }),
  ),
  /** Merges that can be undone. */
  merges: z.array(z.object({ id: Id, name: z.string(), at: Instant, by: z.string() })),
})
export type Person = z.infer<typeof Person>

export const TimelineItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('engagement'), at: Instant, id: Id, engagement: Engagement }),
  z.object({
    type: z.literal('case'),
    at: Instant,
    id: Id,
    caseId: Id,
    number: z.number().int(),
    what: z.string(),
    by: z.string().nullable(),
  }),
  z.object({ type: z.literal('note'), at: Instant, id: Id, caseId: Id, text: z.string(), by: z.string() }),
  z.object({
    type: z.literal('survey'),
    at: Instant,
    id: Id,
    caseId: Id,
    score: z.number().int(),
    comment: z.string(),
  }),
  /** What they did on our site or in our shop. */
  z.object({
    type: z.literal('event'),
    at: Instant,
    id: Id,
    kind: z.enum(['track', 'page', 'screen', 'group']),
    name: z.string(),
    /** The properties that say most, as one line. */
    detail: z.string(),
    url: z.string().nullable(),
    site: z.string(),
  }),
])
export type TimelineItem = z.infer<typeof TimelineItem>

const PersonId = z.object({ id: Id })
const list = endpoint('people.read')
  .route({ method: 'GET', path: '/people', summary: 'Find people by name, handle or address; newest first' })
  .input(PageInput.extend({ q: z.string().max(200).optional() }))
  .output(page(PersonRow))
const get = endpoint('people.read')
  .route({
    method: 'GET',
    path: '/people/{id}',
    summary: 'One person with identities and the evidence for them',
  })
  .input(PersonId)
  .output(Person)
const timeline = endpoint('people.read')
  .route({
    method: 'GET',
    path: '/people/{id}/timeline',
    summary: 'Everything between a person and us, newest first',
  })
  .input(PageInput.extend({ id: Id, channel: z.string().max(64).optional() }))
  .output(page(TimelineItem))
const update = endpoint('people.edit')
  .route({ method: 'PATCH', path: '/people/{id}', summary: 'Change name, lifecycle, memory, memberships' })
  .input(
    PersonId.extend({
      name: z.string().trim().min(1).max(200).optional(),
      lifecycle: Lifecycle.optional(),
      preferredChannel: z.string().max(64).nullable().optional(),
      memory: z.string().max(20_000).optional(),
      memberships: z.array(z.string().trim().min(1).max(60)).max(30).optional(),
    }),
  )
  .output(Person)
const merge = endpoint('people.merge')
  .route({
    method: 'POST',
    path: '/people/{id}/merge',
    summary: 'Merge another person into this one; can be undone',
  })
  .input(PersonId.extend({ other: Id, why: z.string().trim().min(1).max(500) }))
  .output(z.object({ mergeId: Id }))
const undoMerge = endpoint('people.merge')
  .route({ method: 'POST', path: '/merges/{id}/undo', summary: 'Undo a merge, restoring the exact state' })
  .input(PersonId)
  .output(Done)

export const people = { list, get, timeline, update, merge, undoMerge }
