import { sql } from 'kysely'
import { Target } from '../../contract/decision.ts'
import { CaseStatus } from '../../contract/cases.ts'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import type { Refreshed } from './store-refresh.ts'

export interface CaseState {
  readonly id: string
  readonly personId: string
  readonly threadId: string
  readonly status: CaseStatus
  readonly priority: number
  readonly functionKey: string
  readonly assigneeId: string | null
  readonly target: Target
  readonly openedAt: Date
  readonly resolvedAt: Date | null
  readonly version: number
}

export interface CaseStateRow {
  readonly id: string
  readonly person_id: string
  readonly thread_id: string
  readonly status: string
  readonly priority: number
  readonly function_key: string
  readonly assignee_id: string | null
  readonly target: unknown
  readonly opened_at: Date
  readonly resolved_at: Date | null
  readonly version: number
}

export function toState(row: CaseStateRow): CaseState {
  return {
    id: row.id,
    personId: row.person_id,
    threadId: row.thread_id,
    status: CaseStatus.parse(row.status),
    priority: row.priority,
    functionKey: row.function_key,
    assigneeId: row.assignee_id,
    target: Target.parse(row.target),
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
    version: row.version,
  }
}

export const stateColumns = sql.raw(
  'id, person_id, thread_id, status, priority, function_key, assignee_id, target, opened_at, resolved_at, version',
)

export async function casesInThreads(
  db: Db,
  workspaceId: string,
  threadIds: readonly string[],
): Promise<readonly CaseState[]> {
  if (threadIds.length === 0) return []
  const found = await sql<CaseStateRow>`select ${stateColumns} from cases
    where workspace_id = ${workspaceId} and thread_id = any(${threadIds}::uuid[]) order by id for update`.execute(
    db,
  )
  return found.rows.map(toState)
}

/** One case as it stands, held by nobody. */
export async function caseState(db: Db, workspaceId: string, id: string): Promise<CaseState | null> {
  const found = await sql<CaseStateRow>`select ${stateColumns} from cases
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
  const row = found.rows[0]
  return row === undefined ? null : toState(row)
}

/** Locks cases for a change. Foreign and missing ids are left out. */
export async function lockCases(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly CaseState[]> {
  if (ids.length === 0) return []
  const found = await sql<CaseStateRow>`select ${stateColumns} from cases
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) order by id for update`.execute(db)
  return found.rows.map(toState)
}

export type NewCase = OpenedCaseRow & { readonly refreshed: Refreshed }

export interface OpenedCaseRow {
  readonly id: string
  readonly number: number
  readonly personId: string
  readonly threadId: string
  readonly presenceId: string | null
  readonly channel: string
  readonly status: CaseStatus
  readonly functionKey: string
  readonly assigneeId: string | null
  readonly priority: number
  readonly target: Target
  readonly act: string
  readonly openedAt: Date
  readonly resolvedAt: Date | null
  readonly wantsAssignee: boolean
}

export async function addCases(db: Db, workspaceId: string, cases: readonly NewCase[]): Promise<void> {
  const rows = cases.map((item) => ({
    ...item.refreshed,
    workspace_id: workspaceId,
    id: item.id,
    number: item.number,
    person_id: item.personId,
    thread_id: item.threadId,
    presence_id: item.presenceId,
    channel: item.channel,
    status: item.status,
    function_key: item.functionKey,
    assignee_id: item.assigneeId,
    priority: item.priority,
    target: item.target,
    act: item.act,
    opened_at: item.openedAt,
    resolved_at: item.resolvedAt,
    wants_assignee: item.wantsAssignee,
  }))
  await insertRows(db, 'cases', rows)
}

export interface NewCaseEvent {
  readonly caseId: string
  readonly at: Date
  readonly type: string
  /** The status that was set, where that is what happened. */
  readonly status?: CaseStatus
  readonly detail: Readonly<Record<string, unknown>>
  readonly byMember: string | null
  readonly byName: string | null
}

/** Answers with their ids. */
export async function addCaseEvents(
  db: Db,
  workspaceId: string,
  events: readonly NewCaseEvent[],
): Promise<readonly string[]> {
  const rows = events.map((event) => ({
    workspace_id: workspaceId,
    case_id: event.caseId,
    id: newId(),
    at: event.at,
    type: event.type,
    by_member: event.byMember,
    by_name: event.byName,
    detail: event.detail,
  }))
  await insertRows(db, 'case_events', rows)
  return rows.map(({ id }) => id)
}

export interface NewHop {
  readonly caseId: string
  readonly at: Date
  readonly fromFunction: string | null
  readonly toFunction: string
  readonly fromMember: string | null
  readonly toMember: string | null
  readonly byName: string | null
  readonly reason: string
  readonly waitedSeconds: number
}

/** Answers with their ids. */
export async function addHops(
  db: Db,
  workspaceId: string,
  hops: readonly NewHop[],
): Promise<readonly string[]> {
  const rows = hops.map((hop) => ({
    workspace_id: workspaceId,
    case_id: hop.caseId,
    id: newId(),
    at: hop.at,
    from_function: hop.fromFunction,
    to_function: hop.toFunction,
    from_member: hop.fromMember,
    to_member: hop.toMember,
    by_name: hop.byName,
    reason: hop.reason,
    waited_seconds: hop.waitedSeconds,
  }))
  await insertRows(db, 'hops', rows)
  return rows.map(({ id }) => id)
}

export interface StatusRow {
  readonly id: string
  readonly status: CaseStatus
  readonly resolvedAt: Date | null
  readonly priority: number
}

/** Puts status and priority of several cases in force. */
export async function setStates(db: Db, workspaceId: string, states: readonly StatusRow[]): Promise<void> {
  if (states.length === 0) return
  await sql`update cases c set status = g.status, resolved_at = g."resolvedAt", priority = g.priority
    from json_to_recordset(${JSON.stringify(states)}::json)
      as g(id uuid, status text, "resolvedAt" timestamptz, priority smallint)
    where c.workspace_id = ${workspaceId} and c.id = g.id`.execute(db)
}
