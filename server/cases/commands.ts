import type { z } from 'zod'
import type { CaseDetail, CaseRow, cases, Note } from '../../contract/cases.ts'
import { followJob } from '../engagements/index.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { functionKeys, memberById, record, workspaceSettings } from '../workspace/index.ts'
import { caseResolvedJob } from './jobs-names.ts'
import { planCaseChange, type CaseChange, type CasePlan } from './plan-case-change.ts'
import { refreshCases } from './commands-refresh.ts'
import {
  addNote,
  addNotifications,
  type NewNotification,
  changeFields,
  dropViewer,
  lastHopAt,
  lockWholeCase,
  markRead,
  putViewer,
  type WholeCase,
} from './store-changes.ts'
import { addCaseEvents, addHops } from './store.ts'
import { caseRow, viewersOf } from './views.ts'

/** One change of one case. `version` is the one that was seen; an older one is refused. */
export async function changeCase(
  platform: Platform,
  scope: Scope,
  target: { readonly id: string; readonly version?: number | undefined },
  change: CaseChange,
): Promise<CaseRow> {
  return inScope(platform.database, scope, async (db) => {
    await changeWithin(platform, db, scope, { target, change })
    const row = await caseRow(db, scope.workspaceId, target.id)
    if (row === null) throw refused('NOT_FOUND')
    return row
  })
}

interface Wanted {
  readonly target: { readonly id: string; readonly version?: number | undefined }
  readonly change: CaseChange
}

async function changeWithin(
  platform: Platform,
  db: Db,
  scope: Scope,
  { target, change }: Wanted,
): Promise<void> {
  const { workspaceId } = scope
  const before = await lockWholeCase(db, workspaceId, target.id)
  if (before === null) throw refused('NOT_FOUND')
  if (target.version !== undefined && target.version !== before.version) {
    throw refused('CONFLICT', 'stale-version', 'Somebody changed this case meanwhile.')
  }
  await checkNames(db, workspaceId, change)
  const now = new Date(platform.clock.now())
  const plan = planCaseChange(before, change, now)
  if (!plan.ok) throw refused('CONFLICT', plan.reason, plan.hint)
  if (plan.events.length === 0) return
  await carryOut(db, scope, { before, plan, now })
  const settings = await workspaceSettings(db, workspaceId)
  await refreshCases(db, workspaceId, [target.id], { settings, now })
  if (plan.hop !== null) await askFor(db, followJob, { workspaceId, caseIds: [target.id] })
  if (plan.fields.status === 'resolved') await askFor(db, caseResolvedJob, { workspaceId, caseId: target.id })
  await tell(db, workspaceId, { topic: 'case.changed', caseIds: [target.id], personIds: [before.personId] })
  await record(db, scope, {
    action: `case.${plan.events[0]?.type ?? 'changed'}`,
    subject: { type: 'case', id: target.id },
    before: pick(before, plan),
    after: plan.fields,
  })
}

/** A function or member that is not there, or not here, is refused alike. */
async function checkNames(db: Db, workspaceId: string, change: CaseChange): Promise<void> {
  if (change.to === 'hand-over' && !(await functionKeys(db, workspaceId)).includes(change.function)) {
    throw refused('INVALID', 'no-function', 'There is no such function.')
  }
  const memberId = change.to === 'assign' || change.to === 'hand-over' ? change.memberId : null
  if (memberId === null) return
  const member = await memberById(db, workspaceId, memberId)
  if (member === null) throw refused('NOT_FOUND')
  if (!member.isActive) throw refused('INVALID', 'inactive-member', 'This member is not active any more.')
}

interface Work {
  readonly before: WholeCase
  readonly plan: Extract<CasePlan, { ok: true }>
  readonly now: Date
}

async function carryOut(db: Db, scope: Scope, { before, plan, now }: Work): Promise<void> {
  const { workspaceId, actor } = scope
  await changeFields(db, workspaceId, before.id, plan.fields)
  const by = { byMember: actor.kind === 'member' ? actor.id : null, byName: actor.name }
  await addCaseEvents(
    db,
    workspaceId,
    plan.events.map((event) => ({ caseId: before.id, at: now, ...event, ...by })),
  )
  if (plan.hop !== null) {
    const since = (await lastHopAt(db, workspaceId, before.id)) ?? before.openedAt
    const hop = {
      caseId: before.id,
      at: now,
      fromFunction: before.functionKey,
      fromMember: before.assigneeId,
      byName: actor.name,
      waitedSeconds: Math.max(0, (now.getTime() - since.getTime()) / 1000),
      ...plan.hop,
    }
    await addHops(db, workspaceId, [hop])
  }
  if (plan.tell === null || plan.tell === actor.id) return
  const kind = plan.events[0]?.type === 'handed-over' ? 'handed-over' : 'assigned'
  const text = `${actor.name} gave you case #${before.number}`
  await notify(db, workspaceId, [plan.tell], { kind, caseId: before.id, text, at: now })
}

function pick(before: WholeCase, plan: Extract<CasePlan, { ok: true }>): Readonly<Record<string, unknown>> {
  const known: Readonly<Record<string, unknown>> = {
    status: before.status,
    function_key: before.functionKey,
    assignee_id: before.assigneeId,
    priority: before.priority,
    tags: before.tags,
    snoozed_until: before.snoozedUntil,
  }
  return Object.fromEntries(
    Object.keys(plan.fields).flatMap((key) => (key in known ? [[key, known[key]]] : [])),
  )
}

/** Tells members something that concerns them, in the transaction in which it happens. */
export async function notify(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
  said: NewNotification,
): Promise<void> {
  if (memberIds.length === 0) return
  await addNotifications(db, workspaceId, memberIds, said)
  await tell(db, workspaceId, { topic: 'notification.added', memberIds: [...memberIds] })
}

type BulkInput = z.infer<(typeof cases.bulk)['~orpc']['inputSchema'] & z.ZodType>

/** Each case on its own: one that is refused says why and keeps none of the others back. */
export async function changeMany(platform: Platform, scope: Scope, input: BulkInput) {
  const results: { id: string; done: boolean; reason: string | null }[] = []
  const { change } = input
  const wanted: CaseChange = toChange(change)
  for (const id of new Set(input.ids)) {
    try {
      await inScope(platform.database, scope, (db) =>
        changeWithin(platform, db, scope, { target: { id }, change: wanted }),
      )
      results.push({ id, done: true, reason: null })
    } catch (error) {
      if (!isRefusal(error)) throw error
      results.push({ id, done: false, reason: error.message })
    }
  }
  return { results }
}

function toChange(change: BulkInput['change']): CaseChange {
  if (change.to === 'hand-over') return { ...change, memberId: null, reason: '' }
  if (change.to === 'snooze')
    return { to: 'snooze', until: change.until === null ? null : new Date(change.until) }
  return change
}

function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500
}

type NoteInput = z.infer<(typeof cases.addNote)['~orpc']['inputSchema'] & z.ZodType>

export async function writeNote(platform: Platform, scope: Scope, input: NoteInput): Promise<Note> {
  const { workspaceId, actor } = scope
  if (actor.kind !== 'member' || actor.id === null) throw refused('FORBIDDEN')
  const memberId = actor.id
  return inScope(platform.database, scope, async (db) => {
    const before = await lockWholeCase(db, workspaceId, input.id)
    if (before === null) throw refused('NOT_FOUND')
    const mentions = [...new Set(input.mentions)]
    for (const id of mentions)
      if ((await memberById(db, workspaceId, id)) === null) throw refused('NOT_FOUND')
    const at = new Date(platform.clock.now())
    const note = { id: newId(), caseId: input.id, at, memberId, name: actor.name, text: input.text, mentions }
    await addNote(db, workspaceId, note)
    const text = `${actor.name} mentioned you in case #${before.number}`
    const others = mentions.filter((id) => id !== memberId)
    await notify(db, workspaceId, others, { kind: 'mention', caseId: input.id, text, at })
    await tell(db, workspaceId, { topic: 'case.changed', caseIds: [input.id], personIds: [before.personId] })
    await record(db, scope, {
      action: 'case.note',
      subject: { type: 'case', id: input.id },
      after: { note: note.id },
    })
    return { id: note.id, at: at.toISOString(), by: actor.name, text: input.text, mentions }
  })
}

const viewingMs = 30_000

/** Says who looks at a case; it holds for half a minute and is said again while the page is open. */
export async function sayViewing(
  platform: Platform,
  scope: Scope,
  input: { readonly id: string; readonly isAnswering: boolean; readonly isLeaving: boolean },
): Promise<{ viewers: CaseDetail['viewers'] }> {
  const { workspaceId, actor } = scope
  const now = new Date(platform.clock.now())
  return inScope(platform.database, scope, async (db) => {
    if ((await caseRow(db, workspaceId, input.id)) === null) throw refused('NOT_FOUND')
    const memberId = actor.kind === 'member' ? actor.id : null
    if (memberId === null) return { viewers: await viewersOf(db, workspaceId, input.id, { memberId, now }) }
    const until = new Date(now.getTime() + viewingMs)
    const viewer = { caseId: input.id, memberId, name: actor.name, isAnswering: input.isAnswering, until }
    const isNews = input.isLeaving
      ? await dropViewer(db, workspaceId, viewer)
      : await putViewer(db, workspaceId, viewer, now)
    if (isNews) await tell(db, workspaceId, { topic: 'case.viewed', caseId: input.id })
    return { viewers: await viewersOf(db, workspaceId, input.id, { memberId, now }) }
  })
}

export async function readNotifications(
  platform: Platform,
  scope: Scope,
  ids: readonly string[] | undefined,
): Promise<{ done: true }> {
  const memberId = scope.actor.kind === 'member' ? scope.actor.id : null
  if (memberId !== null) {
    const now = new Date(platform.clock.now())
    await inScope(platform.database, scope, (db) => markRead(db, scope.workspaceId, { memberId, ids, now }))
  }
  return { done: true }
}
