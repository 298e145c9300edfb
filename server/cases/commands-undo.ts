import type { ChangeResult } from '../../contract/cases.ts'
import { followJob } from '../engagements/index.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { functionKeys, memberById, record, workspaceSettings } from '../workspace/index.ts'
import { fieldsOf } from './case-fields.ts'
import { refreshCases } from './commands-refresh.ts'
import { caseResolvedJob } from './jobs-names.ts'
import { planUndo } from './plan-undo.ts'
import { lockWholeCase, type WholeCase } from './store-changes.ts'
import { addCaseEvents } from './store.ts'
import { dropFollowers, keptChange, laterEvents, lockChange, takeBack } from './store-undo.ts'

type Result = ChangeResult & { number: number }

/** Takes a member's own change back, each case on its own; those that changed meanwhile stay, and say why. */
export async function undoChange(
  platform: Platform,
  scope: Scope,
  id: string,
): Promise<{ results: Result[] }> {
  const { workspaceId, actor } = scope
  const memberId = actor.kind === 'member' ? actor.id : null
  if (memberId === null) throw refused('FORBIDDEN')
  const now = new Date(platform.clock.now())
  const kept = await inScope(platform.database, scope, (db) =>
    keptChange(db, workspaceId, { id, memberId, now }),
  )
  if (kept.length === 0) throw refused('GONE', 'too-old', 'This cannot be taken back any more.')
  const results: Result[] = []
  for (const { caseId } of kept) {
    results.push(await inScope(platform.database, scope, (db) => undoOne(db, scope, { id, caseId, now })))
  }
  return { results }
}

interface One {
  readonly id: string
  readonly caseId: string
  readonly now: Date
}

async function undoOne(db: Db, scope: Scope, { id, caseId, now }: One): Promise<Result> {
  const { workspaceId } = scope
  const state = await lockWholeCase(db, workspaceId, caseId)
  const change = await lockChange(db, workspaceId, { id, caseId })
  const refuse = (reason: string): Result => ({ id: caseId, number: state?.number ?? 0, done: false, reason })
  if (state === null || change === null) return refuse('The case is not there any more.')
  const plan = planUndo(state, change, await laterEvents(db, workspaceId, change))
  if (!plan.ok) return refuse(plan.reason)
  const gone = await whoIsGone(db, workspaceId, plan.fields)
  if (gone !== null) return refuse(gone)
  await takeBack(db, workspaceId, { id, change, fields: plan.fields, now })
  await dropFollowers(db, workspaceId, change)
  if (change.after['status'] === 'resolved')
    await askFor(db, caseResolvedJob, { workspaceId, caseId: change.caseId })
  await say(db, scope, { state, fields: plan.fields, now })
  return { id: caseId, number: state.number, done: true, reason: null }
}

/** Nobody is given a case back who left meanwhile, and no function that was taken away. */
async function whoIsGone(
  db: Db,
  workspaceId: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<string | null> {
  const { assignee_id: memberId, function_key: key } = fields
  if (typeof memberId === 'string') {
    const member = await memberById(db, workspaceId, memberId)
    if (member === null || !member.isActive)
      return `${member?.name ?? 'The assignee'} is not active any more.`
  }
  if (typeof key !== 'string' || (await functionKeys(db, workspaceId)).includes(key)) return null
  return 'There is no such function any more.'
}

async function say(
  db: Db,
  scope: Scope,
  work: {
    readonly state: WholeCase
    readonly fields: Readonly<Record<string, unknown>>
    readonly now: Date
  },
): Promise<void> {
  const { workspaceId, actor } = scope
  const { state, fields, now } = work
  const caseId = state.id
  const what = Object.keys(fields).flatMap((field) => words[field] ?? [])
  const event = { caseId, at: now, type: 'undone', detail: { what: what.join(', ') } }
  await addCaseEvents(db, workspaceId, [{ ...event, byMember: actor.id, byName: actor.name }])
  const settings = await workspaceSettings(db, workspaceId)
  await refreshCases(db, workspaceId, [caseId], { settings, now })
  await askFor(db, followJob, { workspaceId, caseIds: [caseId] })
  await tell(db, workspaceId, { topic: 'case.changed', caseIds: [caseId], personIds: [state.personId] })
  const told = Object.keys(fields).filter((field) => field in words)
  const stood = fieldsOf(state)
  await record(db, scope, {
    action: 'case.undone',
    subject: { type: 'case', id: caseId },
    before: Object.fromEntries(told.map((field) => [field, stood[field] ?? null])),
    after: Object.fromEntries(told.map((field) => [field, fields[field] ?? null])),
  })
}

const words: Readonly<Record<string, string>> = {
  status: 'status',
  function_key: 'function',
  assignee_id: 'assignee',
  priority: 'priority',
  tags: 'tags',
  snoozed_until: 'time aside',
}
