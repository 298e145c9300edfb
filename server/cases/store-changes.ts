import { sql } from 'kysely'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import type { Fields } from './plan-case-change.ts'
import { stateColumns, toState, type CaseState, type CaseStateRow } from './store.ts'

export interface WholeCase extends CaseState {
  readonly number: number
  readonly tags: readonly string[]
  readonly snoozedUntil: Date | null
  readonly wantsAssignee: boolean
  readonly assignReason: string | null
}

interface WholeCaseRow extends CaseStateRow {
  readonly number: number
  readonly tags: readonly string[]
  readonly snoozed_until: Date | null
  readonly wants_assignee: boolean
  readonly assign_reason: string | null
}

export async function lockWholeCase(db: Db, workspaceId: string, id: string): Promise<WholeCase | null> {
  const found = await sql<WholeCaseRow>`
    select ${stateColumns}, number, tags, snoozed_until, wants_assignee, assign_reason from cases
    where workspace_id = ${workspaceId} and id = ${id} for update`.execute(db)
  const row = found.rows[0]
  if (row === undefined) return null
  return {
    ...toState(row),
    number: row.number,
    tags: row.tags,
    snoozedUntil: row.snoozed_until,
    wantsAssignee: row.wants_assignee,
    assignReason: row.assign_reason,
  }
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
    .where('undone_at', 'is', null)
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

export interface NewNotification {
  readonly kind: string
  readonly caseId?: string
  readonly connectionId?: string
  readonly text: string
  readonly at: Date
}

export async function addNotifications(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
  said: NewNotification,
): Promise<void> {
  const rows = memberIds.map((memberId) => ({
    workspace_id: workspaceId,
    member_id: memberId,
    id: newId(),
    kind: said.kind,
    case_id: said.caseId ?? null,
    connection_id: said.connectionId ?? null,
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
