import { z } from 'zod'
import { Done, endpoint, Id, Instant, page, PageInput } from './endpoint.ts'
import { Engagement } from './engagements.ts'
import { Label, Sentiment } from './reading.ts'
import { FunctionKey } from './workspace.ts'

export const CaseStatus = z.enum(['new', 'open', 'pending', 'on-hold', 'resolved'])
export type CaseStatus = z.infer<typeof CaseStatus>
export const CasePriority = z.enum(['urgent', 'high', 'normal', 'low'])
export type CasePriority = z.infer<typeof CasePriority>

/** A clock as the desk shows it: what is due, when, and how it stands. */
export const Clock = z.object({
  kind: z.enum(['first-answer', 'next-answer', 'resolution']),
  dueAt: Instant.nullable(),
  state: z.enum(['running', 'paused', 'met', 'missed']),
})
export type Clock = z.infer<typeof Clock>

export const CaseRow = z.object({
  id: Id,
  number: z.number().int(),
  person: z.object({ id: Id, name: z.string() }),
  preview: z.string(),
  channel: z.string(),
  presence: z.string().nullable(),
  status: CaseStatus,
  function: FunctionKey,
  assignee: z.object({ id: Id, name: z.string() }).nullable(),
  priority: CasePriority,
  /** The clock that is due next; null where none runs. */
  dueAt: Instant.nullable(),
  /** The last words are the customer's. */
  isWaiting: z.boolean(),
  sentiment: Sentiment.nullable(),
  labels: z.array(Label),
  tags: z.array(z.string()),
  snoozedUntil: Instant.nullable(),
  lastActivityAt: Instant,
  messages: z.number().int(),
  /** Something of theirs arrived since the caller last read it, or the caller marked it so. */
  isUnread: z.boolean(),
})
export type CaseRow = z.infer<typeof CaseRow>

export const Hop = z.object({
  at: Instant,
  fromFunction: FunctionKey.nullable(),
  toFunction: FunctionKey,
  from: z.string().nullable(),
  to: z.string().nullable(),
  by: z.string().nullable(),
  reason: z.string(),
  /** Business-independent wait since the hop before, in seconds. */
  waitedSeconds: z.number(),
})

export const CaseEvent = z.object({
  id: Id,
  at: Instant,
  what: z.string(),
  by: z.string().nullable(),
})

export const Note = z.object({ id: Id, at: Instant, by: z.string(), text: z.string(), mentions: z.array(Id) })

export type Note = z.infer<typeof Note>

export const CaseDecision = z.object({
  id: Id,
  at: Instant,
  engagementId: Id,
  treeVersion: z.number().int(),
  act: z.string(),
  function: FunctionKey,
  priority: CasePriority,
  leaf: z.string(),
  path: z.array(z.object({ title: z.string(), answer: z.string(), reasons: z.array(z.string()) })),
})
export type CaseDecision = z.infer<typeof CaseDecision>

export const CaseDetail = CaseRow.extend({
  version: z.number().int(),
  openedAt: Instant,
  resolvedAt: Instant.nullable(),
  /** Until when the caller has read it. */
  readUntil: Instant.nullable(),
  /** Why it was given to the assignee by itself, or why nobody was found. */
  assignReason: z.string().nullable(),
  clocks: z.array(Clock),
  hops: z.array(Hop),
  notes: z.array(Note),
  events: z.array(CaseEvent),
  /** Newest first; the first one is why the case is here. */
  decisions: z.array(CaseDecision),
  /** Others who look at or answer this case now. */
  viewers: z.array(z.object({ memberId: Id, name: z.string(), isAnswering: z.boolean() })),
  draft: z.string(),
  /** Whether an answer can leave, and why not. */
  canSend: z.object({ isConnected: z.boolean(), detail: z.string() }),
  survey: z
    .object({ score: z.number().int().nullable(), comment: z.string(), answeredAt: Instant.nullable() })
    .nullable(),
})
export type CaseDetail = z.infer<typeof CaseDetail>

const Flag = z.stringbool().or(z.boolean())

/** Every filter of the desk; the same words stand in the page's address. */
export const CaseFilter = z.object({
  view: z.enum(['open', 'mine', 'unassigned', 'mentions', 'snoozed', 'resolved', 'all']).default('open'),
  function: FunctionKey.optional(),
  assignee: Id.optional(),
  channel: z.string().max(64).optional(),
  presence: Id.optional(),
  priority: CasePriority.optional(),
  sentiment: Sentiment.optional(),
  label: Label.optional(),
  tag: z.string().max(60).optional(),
  late: Flag.optional(),
  /** A clock of it ends within the hour. */
  soon: Flag.optional(),
  /** The last words are the customer's. */
  waiting: Flag.optional(),
  unread: Flag.optional(),
  /** An answer of ours did not leave. */
  unsent: Flag.optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(['due', 'newest', 'oldest']).default('due'),
})
export type CaseFilter = z.infer<typeof CaseFilter>

const CaseId = z.object({ id: Id })
/** Names the version that was seen; an older one answers CONFLICT. Left out: last writer wins. */
const Versioned = CaseId.extend({ version: z.number().int().optional() })

/** A changed case, and by what name the change can be taken back; null where nothing changed. */
const Changed = CaseRow.extend({ undo: Id.nullable() })
export const ChangeResult = z.object({ id: Id, done: z.boolean(), reason: z.string().nullable() })
export type ChangeResult = z.infer<typeof ChangeResult>

const list = endpoint('cases.read')
  .route({ method: 'GET', path: '/cases', summary: 'Cases of the desk' })
  .input(PageInput.extend(CaseFilter.shape))
  .output(page(CaseRow).extend({ total: z.number().int() }))
const counts = endpoint('cases.read')
  .route({ method: 'GET', path: '/cases/counts', summary: 'How many cases stand in each view and function' })
  .output(
    z.object({
      views: z.record(z.string(), z.number().int()),
      /** Of them, those that the caller has not read; `forMe` counts those of the caller and those that wait for somebody in the caller's functions. */
      unread: z.object({ views: z.record(z.string(), z.number().int()), forMe: z.number().int() }),
      functions: z.array(z.object({ key: FunctionKey, open: z.number().int(), late: z.number().int() })),
    }),
  )
const get = endpoint('cases.read')
  .route({ method: 'GET', path: '/cases/{id}', summary: 'One case with clocks, hops, notes and decisions' })
  .input(CaseId)
  .output(CaseDetail)
const thread = endpoint('cases.read')
  .route({
    method: 'GET',
    path: '/cases/{id}/thread',
    summary: 'The thread of a case, oldest first; the last page comes first',
  })
  .input(PageInput.extend({ id: Id }))
  .output(page(Engagement))
const assign = endpoint('cases.work')
  .route({ method: 'POST', path: '/cases/{id}/assign', summary: 'Assign to a member, or to nobody' })
  .input(Versioned.extend({ memberId: Id.nullable() }))
  .output(Changed)
const handOver = endpoint('cases.work')
  .route({
    method: 'POST',
    path: '/cases/{id}/hand-over',
    summary: 'Hand over to another function, and member',
  })
  .input(
    Versioned.extend({
      function: FunctionKey,
      memberId: Id.nullable().default(null),
      reason: z.string().trim().max(500).default(''),
    }),
  )
  .output(Changed)
const setStatus = endpoint('cases.work')
  .route({
    method: 'POST',
    path: '/cases/{id}/status',
    summary: 'Open, wait for the customer, hold or resolve',
  })
  .input(Versioned.extend({ status: z.enum(['open', 'pending', 'on-hold', 'resolved']) }))
  .output(Changed)
const setPriority = endpoint('cases.work')
  .route({ method: 'POST', path: '/cases/{id}/priority', summary: 'Change the priority' })
  .input(Versioned.extend({ priority: CasePriority }))
  .output(Changed)
const snooze = endpoint('cases.work')
  .route({ method: 'POST', path: '/cases/{id}/snooze', summary: 'Put aside until an instant, or bring back' })
  .input(Versioned.extend({ until: Instant.nullable() }))
  .output(Changed)
const tag = endpoint('cases.work')
  .route({ method: 'PUT', path: '/cases/{id}/tags', summary: 'Set the tags' })
  .input(Versioned.extend({ tags: z.array(z.string().trim().min(1).max(60)).max(20) }))
  .output(Changed)
const addNote = endpoint('cases.note')
  .route({
    method: 'POST',
    path: '/cases/{id}/notes',
    summary: 'Add a note for colleagues; mentions tell them',
  })
  .input(
    CaseId.extend({ text: z.string().trim().min(1).max(20_000), mentions: z.array(Id).max(50).default([]) }),
  )
  .output(Note)
const bulk = endpoint('cases.work')
  .route({ method: 'POST', path: '/cases/bulk', summary: 'Change many cases at once; answers for each' })
  .input(
    z.object({
      ids: z.array(Id).min(1).max(200),
      change: z.discriminatedUnion('to', [
        z.object({ to: z.literal('assign'), memberId: Id.nullable() }),
        z.object({ to: z.literal('hand-over'), function: FunctionKey }),
        z.object({ to: z.literal('status'), status: z.enum(['open', 'pending', 'on-hold', 'resolved']) }),
        z.object({ to: z.literal('snooze'), until: Instant.nullable() }),
        z.object({ to: z.literal('add-tag'), tag: z.string().trim().min(1).max(60) }),
      ]),
    }),
  )
  .output(z.object({ results: z.array(ChangeResult), undo: Id.nullable() }))
const undo = endpoint('cases.work')
  .route({
    method: 'POST',
    path: '/cases/undo',
    summary: 'Take a change of mine back, within the hour; answers for each case',
  })
  .input(z.object({ change: Id }))
  .output(z.object({ results: z.array(ChangeResult.extend({ number: z.number().int() })) }))
const markRead = endpoint('cases.read')
  .route({ method: 'POST', path: '/cases/read', summary: 'Say that I have, or have not, read these cases' })
  .input(
    z.object({
      ids: z.array(Id).min(1).max(200),
      isRead: z.boolean(),
      /** What arrived later stays unread; now where left out. */
      until: Instant.optional(),
    }),
  )
  .output(Done)
const tags = endpoint('cases.read')
  .route({
    method: 'GET',
    path: '/tags',
    summary: 'Tags that cases carry, those of most cases first; by their beginning',
  })
  .input(
    z.object({
      q: z.string().max(60).default(''),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
  )
  .output(z.object({ items: z.array(z.object({ tag: z.string(), cases: z.number().int() })) }))
const view = endpoint('cases.read')
  .route({
    method: 'POST',
    path: '/cases/{id}/viewing',
    summary: 'Say that I look at, or answer, this case (holds 30 s)',
  })
  .input(CaseId.extend({ isAnswering: z.boolean(), isLeaving: z.boolean().default(false) }))
  .output(z.object({ viewers: CaseDetail.shape.viewers }))

export const cases = {
  list,
  counts,
  get,
  thread,
  assign,
  handOver,
  setStatus,
  setPriority,
  snooze,
  tag,
  addNote,
  bulk,
  undo,
  markRead,
  tags,
  view,
}
