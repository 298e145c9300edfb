import { sql } from 'kysely'
import { Target, type Priority } from '../../contract/decision.ts'
import { CaseStatus } from '../../contract/cases.ts'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import type { Fields } from './plan-case-change.ts'

/** The desk's order: 1 is the first to look at. */
export const priorities: readonly Priority[] = ['urgent', 'high', 'normal', 'low']

export function priorityRank(priority: Priority): number {
  return priorities.indexOf(priority) + 1
}

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

interface CaseStateRow {
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

function toState(row: CaseStateRow): CaseState {
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

const stateColumns = sql.raw(
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

/** Takes `count` numbers in a row; answers with the first. */
export async function takeCaseNumbers(db: Db, workspaceId: string, count: number): Promise<number> {
  const row = await db
    .updateTable('workspaces')
    .set((eb) => ({ next_case_number: eb('next_case_number', '+', count) }))
    .where('id', '=', workspaceId)
    .returning('next_case_number')
    .executeTakeFirstOrThrow()
  return row.next_case_number - count
}

export interface NewCase {
  readonly id: string
  readonly number: number
  readonly personId: string
  readonly threadId: string
  readonly presenceId: string | null
  readonly channel: string
  readonly preview: string
  readonly status: CaseStatus
  readonly functionKey: string
  readonly assigneeId: string | null
  readonly priority: number
  readonly target: Target
  readonly act: string
  readonly openedAt: Date
  readonly resolvedAt: Date | null
}

export async function addCases(db: Db, workspaceId: string, cases: readonly NewCase[]): Promise<void> {
  const rows = cases.map((item) => ({
    workspace_id: workspaceId,
    id: item.id,
    number: item.number,
    person_id: item.personId,
    thread_id: item.threadId,
    presence_id: item.presenceId,
    channel: item.channel,
    preview: item.preview,
    status: item.status,
    function_key: item.functionKey,
    assignee_id: item.assigneeId,
    priority: item.priority,
    target: item.target,
    act: item.act,
    is_waiting: true,
    opened_at: item.openedAt,
    resolved_at: item.resolvedAt,
    last_activity_at: item.openedAt,
  }))
  await insertRows(db, 'cases', rows)
}

export interface NewCaseEvent {
  readonly caseId: string
  readonly at: Date
  readonly type: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly byMember: string | null
  readonly byName: string | null
}

export async function addCaseEvents(
  db: Db,
  workspaceId: string,
  events: readonly NewCaseEvent[],
): Promise<void> {
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

export async function addHops(db: Db, workspaceId: string, hops: readonly NewHop[]): Promise<void> {
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
    from jsonb_to_recordset(${JSON.stringify(states)}::jsonb)
      as g(id uuid, status text, "resolvedAt" timestamptz, priority smallint)
    where c.workspace_id = ${workspaceId} and c.id = g.id`.execute(db)
}

// Refresh --------------------------------------------------------------------------------------------------------

export interface CaseWords {
  readonly caseId: string
  readonly id: string
  readonly isOurs: boolean
  readonly isAutomatic: boolean
  readonly isDeleted: boolean
  readonly at: Date
  readonly text: string
  readonly sentiment: string | null
  readonly labels: readonly string[]
}

/** What was said in these cases, oldest first; only the beginning of each text. */
export async function wordsOfCases(
  db: Db,
  workspaceId: string,
  caseIds: readonly string[],
): Promise<readonly CaseWords[]> {
  const found = await sql<{
    case_id: string
    id: string
    direction: string
    is_automatic: boolean
    is_deleted: boolean
    published_at: Date
    text: string
    sentiment: string | null
    labels: string[]
  }>`
    select e.case_id, e.id, e.direction, e.is_automatic, e.deleted_at is not null as is_deleted, e.published_at,
      left(e.text, 240) as text, e.sentiment, e.labels
    from engagements e join cases c on c.workspace_id = e.workspace_id and c.thread_id = e.thread_id and c.id = e.case_id
    where c.workspace_id = ${workspaceId} and c.id = any(${caseIds}::uuid[])
    order by e.published_at, e.id`.execute(db)
  return found.rows.map((row) => ({
    caseId: row.case_id,
    id: row.id,
    isOurs: row.direction === 'out',
    isAutomatic: row.is_automatic,
    isDeleted: row.is_deleted,
    at: row.published_at,
    text: row.text,
    sentiment: row.sentiment,
    labels: row.labels,
  }))
}

export interface StatusEvent {
  readonly caseId: string
  readonly at: Date
  readonly to: CaseStatus
}

export async function statusEventsOf(
  db: Db,
  workspaceId: string,
  caseIds: readonly string[],
): Promise<readonly StatusEvent[]> {
  const found = await sql<{ case_id: string; at: Date; to: string }>`
    select case_id, at, detail ->> 'to' as to from case_events
    where workspace_id = ${workspaceId} and case_id = any(${caseIds}::uuid[]) and type = 'status' order by at, id`.execute(
    db,
  )
  return found.rows.map((row) => ({ caseId: row.case_id, at: row.at, to: CaseStatus.parse(row.to) }))
}

export interface Refreshed {
  readonly id: string
  readonly preview: string
  readonly messages: number
  readonly is_waiting: boolean
  readonly waiting_since: Date | null
  readonly due_at: Date | null
  readonly first_answer_due_at: Date | null
  readonly next_answer_due_at: Date | null
  readonly resolution_due_at: Date | null
  readonly first_answered_at: Date | null
  readonly sentiment: string | null
  readonly labels: readonly string[]
  readonly last_activity_at: Date
  readonly last_engagement_id: string | null
}

/** Writes what follows from the words and the clocks, and counts the case's version up. */
export async function setRefreshed(db: Db, workspaceId: string, cases: readonly Refreshed[]): Promise<void> {
  if (cases.length === 0) return
  const given = JSON.stringify(cases).replaceAll('\\u0000', '')
  await sql`update cases c set preview = g.preview, messages = g.messages, is_waiting = g.is_waiting,
      waiting_since = g.waiting_since, due_at = g.due_at, first_answer_due_at = g.first_answer_due_at,
      next_answer_due_at = g.next_answer_due_at, resolution_due_at = g.resolution_due_at,
      first_answered_at = g.first_answered_at, sentiment = g.sentiment, labels = g.labels,
      last_activity_at = g.last_activity_at, last_engagement_id = g.last_engagement_id, version = c.version + 1
    from jsonb_populate_recordset(null::cases, ${given}::jsonb) g
    where c.workspace_id = ${workspaceId} and c.id = g.id`.execute(db)
}

/** Moves everything of `from` into `into` and takes `from` away: two cases that turned out to be one. */
export async function mergeCases(
  db: Db,
  workspaceId: string,
  merges: readonly { readonly from: string; readonly into: string }[],
): Promise<void> {
  if (merges.length === 0) return
  const pairs = sql`unnest(${merges.map((m) => m.from)}::uuid[], ${merges.map((m) => m.into)}::uuid[]) as m(gone, kept)`
  const holders = [
    'engagements',
    'case_events',
    'hops',
    'notes',
    'decisions',
    'notifications',
    'outbox',
    'turns',
  ] as const
  for (const table of holders) {
    await sql`update ${sql.table(table)} t set case_id = m.kept from ${pairs}
      where t.workspace_id = ${workspaceId} and t.case_id = m.gone`.execute(db)
  }
  for (const table of ['drafts', 'case_viewers', 'surveys'] as const) {
    await sql`delete from ${sql.table(table)} t using ${pairs}
      where t.workspace_id = ${workspaceId} and t.case_id = m.gone`.execute(db)
  }
  await sql`delete from cases c using ${pairs} where c.workspace_id = ${workspaceId} and c.id = m.gone`.execute(
    db,
  )
}

// Changes by members -----------------------------------------------------------------------------------------------

export interface WholeCase extends CaseState {
  readonly number: number
  readonly tags: readonly string[]
  readonly snoozedUntil: Date | null
}

export async function lockWholeCase(db: Db, workspaceId: string, id: string): Promise<WholeCase | null> {
  const found = await sql<CaseStateRow & { number: number; tags: string[]; snoozed_until: Date | null }>`
    select ${stateColumns}, number, tags, snoozed_until from cases
    where workspace_id = ${workspaceId} and id = ${id} for update`.execute(db)
  const row = found.rows[0]
  if (row === undefined) return null
  return { ...toState(row), number: row.number, tags: row.tags, snoozedUntil: row.snoozed_until }
}

export async function changeFields(db: Db, workspaceId: string, id: string, fields: Fields): Promise<void> {
  if (Object.keys(fields).length === 0) return
  await db
    .updateTable('cases')
    .set({ ...fields })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function lastHopAt(db: Db, workspaceId: string, caseId: string): Promise<Date | null> {
  const row = await db
    .selectFrom('hops')
    .select('at')
    .where('workspace_id', '=', workspaceId)
    .where('case_id', '=', caseId)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}

export interface NewNote {
  readonly id: string
  readonly caseId: string
  readonly at: Date
  readonly memberId: string
  readonly name: string
  readonly text: string
  readonly mentions: readonly string[]
}

export async function addNote(db: Db, workspaceId: string, note: NewNote): Promise<void> {
  const row = {
    workspace_id: workspaceId,
    case_id: note.caseId,
    id: note.id,
    at: note.at,
    by_member: note.memberId,
    by_name: note.name,
    text: note.text,
    mentions: note.mentions,
  }
  await insertRows(db, 'notes', [row])
}

export async function addNotifications(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
  said: { readonly kind: string; readonly caseId: string; readonly text: string; readonly at: Date },
): Promise<void> {
  const rows = memberIds.map((memberId) => ({
    workspace_id: workspaceId,
    member_id: memberId,
    id: newId(),
    kind: said.kind,
    case_id: said.caseId,
    text: said.text,
    at: said.at,
  }))
  await insertRows(db, 'notifications', rows)
}

export async function markRead(
  db: Db,
  workspaceId: string,
  read: { readonly memberId: string; readonly ids: readonly string[] | undefined; readonly now: Date },
): Promise<void> {
  const some = read.ids === undefined ? sql`` : sql`and id = any(${read.ids}::uuid[])`
  await sql`update notifications set read_at = ${read.now}
    where workspace_id = ${workspaceId} and member_id = ${read.memberId} and read_at is null ${some}`.execute(
    db,
  )
}

export interface Viewer {
  readonly caseId: string
  readonly memberId: string
  readonly name: string
  readonly isAnswering: boolean
  readonly until: Date
}

/** True where others should hear of it: somebody came, or began or stopped answering. */
export async function putViewer(db: Db, workspaceId: string, viewer: Viewer, now: Date): Promise<boolean> {
  const before = await sql<{
    is_answering: boolean
    until: Date
  }>`select is_answering, until from case_viewers
    where workspace_id = ${workspaceId} and case_id = ${viewer.caseId} and member_id = ${viewer.memberId}
    for update`.execute(db)
  await sql`insert into case_viewers (workspace_id, case_id, member_id, name, is_answering, until)
    values (${workspaceId}, ${viewer.caseId}, ${viewer.memberId}, ${viewer.name}, ${viewer.isAnswering}, ${viewer.until})
    on conflict (workspace_id, case_id, member_id)
      do update set is_answering = excluded.is_answering, until = excluded.until, name = excluded.name`.execute(
    db,
  )
  const known = before.rows[0]
  return known === undefined || known.until < now || known.is_answering !== viewer.isAnswering
}

export async function dropViewer(
  db: Db,
  workspaceId: string,
  viewer: Pick<Viewer, 'caseId' | 'memberId'>,
): Promise<boolean> {
  const gone = await sql`delete from case_viewers where workspace_id = ${workspaceId}
    and case_id = ${viewer.caseId} and member_id = ${viewer.memberId}`.execute(db)
  return Number(gone.numAffectedRows ?? 0) > 0
}
