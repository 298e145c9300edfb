import type { z } from 'zod'
import type { CaseRow, cases, ChangeResult } from '../../contract/cases.ts'
import { followJob } from '../engagements/index.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { functionKeys, memberById, record, workspaceSettings } from '../workspace/index.ts'
import { fieldsOf } from './case-fields.ts'
import { notify } from './commands-notify.ts'
import { refreshCases } from './commands-refresh.ts'
import { assignJob, caseResolvedJob } from './jobs-names.ts'
import { planCaseChange, type CaseChange, type CasePlan, type Fields } from './plan-case-change.ts'
import { changeFields, lastHopAt, lockWholeCase, type WholeCase } from './store-changes.ts'
import { addCaseEvents, addHops } from './store.ts'
import { keepChange } from './store-undo.ts'
import { caseRow } from './views.ts'

/** One change of one case. `version` is the one that was seen; an older one is refused. */
export async function changeCase(
  platform: Platform,
  scope: Scope,
  target: { readonly id: string; readonly version?: number | undefined },
  change: CaseChange,
): Promise<CaseRow & { undo: string | null }> {
  const changeId = newId()
  return inScope(platform.database, scope, async (db) => {
    const canUndo = await changeWithin(platform, db, scope, { target, change, changeId })
    const memberId = scope.actor.kind === 'member' ? scope.actor.id : null
    const row = await caseRow(db, scope.workspaceId, target.id, memberId)
    if (row === null) throw refused('NOT_FOUND')
    return { ...row, undo: canUndo ? changeId : null }
  })
}

interface Wanted {
  readonly target: { readonly id: string; readonly version?: number | undefined }
  readonly change: CaseChange
  /** By what name it can be taken back. */
  readonly changeId: string
}

/** True where something changed that can be taken back. */
async function changeWithin(
  platform: Platform,
  db: Db,
  scope: Scope,
  { target, change, changeId }: Wanted,
): Promise<boolean> {
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
  if (plan.events.length === 0) return false
  const done = await carryOut(db, scope, { before, plan, now })
  const memberId = scope.actor.kind === 'member' ? scope.actor.id : null
  const fields = { before: pick(before, plan.fields), after: plan.fields }
  if (memberId !== null) {
    const kept = { id: changeId, caseId: target.id, memberId, at: now, ...fields, ...done }
    await keepChange(db, workspaceId, kept)
  }
  const settings = await workspaceSettings(db, workspaceId)
  await refreshCases(db, workspaceId, [target.id], { settings, now })
  await askForWhatFollows(db, workspaceId, { caseId: target.id, plan })
  await tell(db, workspaceId, { topic: 'case.changed', caseIds: [target.id], personIds: [before.personId] })
  await record(db, scope, {
    action: `case.${plan.events[0]?.type ?? 'changed'}`,
    subject: { type: 'case', id: target.id },
    before: told(fields.before),
    after: told(plan.fields),
  })
  return memberId !== null
}

async function askForWhatFollows(
  db: Db,
  workspaceId: string,
  { caseId, plan }: { readonly caseId: string; readonly plan: Extract<CasePlan, { ok: true }> },
): Promise<void> {
  if (plan.hop !== null) await askFor(db, followJob, { workspaceId, caseIds: [caseId] })
  if (plan.fields.status === 'resolved') await askFor(db, caseResolvedJob, { workspaceId, caseId })
  if (plan.fields.wants_assignee === true)
    await askFor(db, assignJob, { workspaceId }, { key: `assign:${workspaceId}` })
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

async function carryOut(
  db: Db,
  scope: Scope,
  { before, plan, now }: Work,
): Promise<{ readonly eventIds: readonly string[]; readonly hopId: string | null }> {
  const { workspaceId, actor } = scope
  await changeFields(db, workspaceId, before.id, plan.fields)
  const by = { byMember: actor.kind === 'member' ? actor.id : null, byName: actor.name }
  const eventIds = await addCaseEvents(
    db,
    workspaceId,
    plan.events.map((event) => ({ caseId: before.id, at: now, ...event, ...by })),
  )
  const hopId = plan.hop === null ? null : await addHop(db, scope, { before, hop: plan.hop, now })
  if (plan.tell !== null && plan.tell !== actor.id) {
    const kind = plan.events[0]?.type === 'handed-over' ? 'handed-over' : 'assigned'
    const text = `${actor.name} gave you case #${before.number}`
    await notify(db, workspaceId, [plan.tell], { kind, caseId: before.id, text, at: now })
  }
  return { eventIds, hopId }
}

async function addHop(
  db: Db,
  { workspaceId, actor }: Scope,
  { before, hop, now }: Pick<Work, 'before' | 'now'> & { readonly hop: NonNullable<Work['plan']['hop']> },
): Promise<string | null> {
  const since = (await lastHopAt(db, workspaceId, before.id)) ?? before.openedAt
  const whole = {
    caseId: before.id,
    at: now,
    fromFunction: before.functionKey,
    fromMember: before.assigneeId,
    byName: actor.name,
    waitedSeconds: Math.max(0, (now.getTime() - since.getTime()) / 1000),
    ...hop,
  }
  const [id = null] = await addHops(db, workspaceId, [whole])
  return id
}

/** How the fields that a change touches stood before it. */
function pick(before: WholeCase, fields: Fields): Readonly<Record<string, unknown>> {
  const known = fieldsOf(before)
  return Object.fromEntries(Object.keys(fields).map((key) => [key, known[key] ?? null]))
}

const untold = new Set(['resolved_at', 'wants_assignee', 'assign_reason'])

/** What the audit trail says of fields: not those that only follow from others. */
function told(fields: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !untold.has(key)))
}

type BulkInput = z.infer<(typeof cases.bulk)['~orpc']['inputSchema'] & z.ZodType>

/** Each case on its own: one that is refused says why and keeps none of the others back. */
export async function changeMany(platform: Platform, scope: Scope, input: BulkInput) {
  const results: ChangeResult[] = []
  const { change } = input
  const wanted: CaseChange = toChange(change)
  const changeId = newId()
  let canUndo = false
  for (const id of new Set(input.ids)) {
    try {
      const isKept = await inScope(platform.database, scope, (db) =>
        changeWithin(platform, db, scope, { target: { id }, change: wanted, changeId }),
      )
      canUndo ||= isKept
      results.push({ id, done: true, reason: null })
    } catch (error) {
      if (!isRefusal(error)) throw error
      results.push({ id, done: false, reason: error.message })
    }
  }
  return { results, undo: canUndo ? changeId : null }
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
