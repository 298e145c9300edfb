import type { CaseStatus } from '../../contract/cases.ts'
import { nextStatus } from './case-status.ts'

/** What a member may do to a case; the same words serve one case and many. */
export type CaseChange =
  | { readonly to: 'assign'; readonly memberId: string | null }
  | {
      readonly to: 'hand-over'
      readonly function: string
      readonly memberId: string | null
      readonly reason: string
    }
  | { readonly to: 'status'; readonly status: Exclude<CaseStatus, 'new'> }
  | { readonly to: 'priority'; readonly rank: number }
  | { readonly to: 'snooze'; readonly until: Date | null }
  | { readonly to: 'tags'; readonly tags: readonly string[] }
  | { readonly to: 'add-tag'; readonly tag: string }

export interface CaseBefore {
  readonly status: CaseStatus
  readonly functionKey: string
  readonly assigneeId: string | null
  readonly priority: number
  readonly tags: readonly string[]
  readonly snoozedUntil: Date | null
}

export interface Fields {
  readonly status?: CaseStatus
  readonly resolved_at?: Date | null
  readonly function_key?: string
  readonly assignee_id?: string | null
  readonly priority?: number
  readonly tags?: readonly string[]
  readonly snoozed_until?: Date | null
  readonly wants_assignee?: boolean
  readonly assign_reason?: string | null
}

export interface PlannedEvent {
  readonly type: 'status' | 'assigned' | 'handed-over' | 'priority' | 'snoozed' | 'tags'
  readonly detail: Readonly<Record<string, unknown>>
}

export type CasePlan =
  | {
      readonly ok: true
      readonly fields: Fields
      readonly events: readonly PlannedEvent[]
      /** The way through the functions goes on. */
      readonly hop: {
        readonly toFunction: string
        readonly toMember: string | null
        readonly reason: string
      } | null
      /** Who should hear of it. */
      readonly tell: string | null
    }
  | { readonly ok: false; readonly reason: string; readonly hint: string }

const nothing: CasePlan = { ok: true, fields: {}, events: [], hop: null, tell: null }
const resolved: CasePlan = { ok: false, reason: 'resolved', hint: 'This case is resolved; open it first.' }

/** Says what a change does to a case, or why it cannot be. A change that changes nothing plans nothing. */
export function planCaseChange(before: CaseBefore, change: CaseChange, now: Date): CasePlan {
  switch (change.to) {
    case 'assign':
      return planAssign(before, change.memberId)
    case 'hand-over':
      return planHandOver(before, change)
    case 'status':
      return planStatus(before, change.status, now)
    case 'priority':
      if (change.rank === before.priority) return nothing
      return plan(
        { priority: change.rank },
        { type: 'priority', detail: { from: before.priority, to: change.rank } },
      )
    case 'snooze':
      return planSnooze(before, change.until, now)
    case 'tags':
      return planTags(before, change.tags)
    case 'add-tag':
      return planTags(before, [...before.tags, change.tag])
  }
}

function plan(fields: Fields, event: PlannedEvent): CasePlan {
  return { ok: true, fields, events: [event], hop: null, tell: null }
}

function planAssign(before: CaseBefore, memberId: string | null): CasePlan {
  if (memberId === before.assigneeId) return nothing
  const change = nextStatus(before.status, { what: 'assigned' })
  if (!change.ok) return resolved
  const status = memberId === null ? {} : { status: change.status }
  const events: PlannedEvent[] = [{ type: 'assigned', detail: { from: before.assigneeId, to: memberId } }]
  if (memberId !== null && change.hasChanged) {
    events.push({ type: 'status', detail: { to: change.status, reason: change.reason } })
  }
  const hop = {
    toFunction: before.functionKey,
    toMember: memberId,
    reason: memberId === null ? 'put back' : 'assigned',
  }
  const fields = { assignee_id: memberId, wants_assignee: false, assign_reason: null, ...status }
  return { ok: true, fields, events, hop, tell: memberId }
}

function planHandOver(
  before: CaseBefore,
  change: { readonly function: string; readonly memberId: string | null; readonly reason: string },
): CasePlan {
  if (before.status === 'resolved') return resolved
  if (change.function === before.functionKey && change.memberId === before.assigneeId) return nothing
  const detail = {
    from: before.functionKey,
    to: change.function,
    member: change.memberId,
    reason: change.reason,
  }
  return {
    ok: true,
    fields: {
      function_key: change.function,
      assignee_id: change.memberId,
      wants_assignee: change.memberId === null,
      assign_reason: null,
    },
    events: [{ type: 'handed-over', detail }],
    hop: { toFunction: change.function, toMember: change.memberId, reason: change.reason },
    tell: change.memberId,
  }
}

function planStatus(before: CaseBefore, to: CaseStatus, now: Date): CasePlan {
  const change = nextStatus(before.status, { what: 'set', to })
  if (!change.ok) return { ok: false, reason: 'status', hint: change.reason }
  if (!change.hasChanged) return nothing
  const isResolved = change.status === 'resolved'
  const fields = {
    status: change.status,
    resolved_at: isResolved ? now : null,
    ...(isResolved ? { snoozed_until: null } : {}),
  }
  return plan(fields, {
    type: 'status',
    detail: { from: before.status, to: change.status, reason: change.reason },
  })
}

function planSnooze(before: CaseBefore, until: Date | null, now: Date): CasePlan {
  if (before.status === 'resolved') return resolved
  if (until !== null && until <= now)
    return { ok: false, reason: 'past', hint: 'Choose a time that is still to come.' }
  if (until?.getTime() === before.snoozedUntil?.getTime()) return nothing
  return plan({ snoozed_until: until }, { type: 'snoozed', detail: { until: until?.toISOString() ?? null } })
}

function planTags(before: CaseBefore, tags: readonly string[]): CasePlan {
  const next = [...new Set(tags)]
  const isSame = next.length === before.tags.length && next.every((tag) => before.tags.includes(tag))
  if (isSame) return nothing
  if (next.length > 20) return { ok: false, reason: 'too-many-tags', hint: 'A case takes at most 20 tags.' }
  return plan({ tags: next }, { type: 'tags', detail: { from: before.tags, to: next } })
}
