import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export interface NewChange {
  readonly id: string
  readonly caseId: string
  readonly memberId: string
  readonly at: Date
  readonly before: object
  readonly after: object
  readonly eventIds: readonly string[]
  readonly hopId: string | null
}

const keptMs = 3_600_000

/** Keeps what a change did, and forgets what is too old to be taken back. */
export async function keepChange(db: Db, workspaceId: string, change: NewChange): Promise<void> {
  const old = new Date(change.at.getTime() - keptMs)
  await sql`delete from case_changes where workspace_id = ${workspaceId} and (id, case_id) in
    (select id, case_id from case_changes where workspace_id = ${workspaceId} and at < ${old}
      limit 200 for update skip locked)`.execute(db)
  await sql`insert into case_changes (workspace_id, id, case_id, member_id, at, before, after, event_ids, hop_id)
    values (${workspaceId}, ${change.id}, ${change.caseId}, ${change.memberId}, ${change.at},
      ${JSON.stringify(change.before)}, ${JSON.stringify(change.after)}, ${change.eventIds}::uuid[],
      ${change.hopId})`.execute(db)
}

export interface KeptCaseChange {
  readonly caseId: string
  readonly at: Date
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
  readonly eventIds: readonly string[]
  readonly hopId: string | null
  readonly isUndone: boolean
}

/** A member's own change, case by case; none where it is somebody else's or too old. */
export async function keptChange(
  db: Db,
  workspaceId: string,
  asked: { readonly id: string; readonly memberId: string; readonly now: Date },
): Promise<readonly KeptCaseChange[]> {
  const since = new Date(asked.now.getTime() - keptMs)
  const found =
    await sql<KeptCaseChange>`select case_id as "caseId", at, before, after, event_ids as "eventIds",
      hop_id as "hopId", undone_at is not null as "isUndone"
    from case_changes where workspace_id = ${workspaceId} and id = ${asked.id}
      and member_id = ${asked.memberId} and at >= ${since} order by case_id limit 200`.execute(db)
  return found.rows
}

/** Locks one case of a change; so that it is taken back once. */
export async function lockChange(
  db: Db,
  workspaceId: string,
  { id, caseId }: { readonly id: string; readonly caseId: string },
): Promise<KeptCaseChange | null> {
  const found =
    await sql<KeptCaseChange>`select case_id as "caseId", at, before, after, event_ids as "eventIds",
      hop_id as "hopId", undone_at is not null as "isUndone"
    from case_changes where workspace_id = ${workspaceId} and id = ${id} and case_id = ${caseId}
    for update`.execute(db)
  return found.rows[0] ?? null
}

/** What happened to a case behind the events of a change; ids follow the order in which they were made. */
export async function laterEvents(
  db: Db,
  workspaceId: string,
  change: KeptCaseChange,
): Promise<readonly { readonly type: string; readonly byName: string | null }[]> {
  const last = change.eventIds.toSorted().at(-1)
  if (last === undefined) return []
  const found = await sql<{ type: string; byName: string | null }>`select type, by_name as "byName"
    from case_events where workspace_id = ${workspaceId} and case_id = ${change.caseId} and id > ${last}
      and undone_at is null order by id limit 100`.execute(db)
  return found.rows
}

/** Writes the fields back and marks what the change wrote, so that it counts for nothing. */
export async function takeBack(
  db: Db,
  workspaceId: string,
  work: {
    readonly id: string
    readonly change: KeptCaseChange
    readonly fields: Readonly<Record<string, unknown>>
    readonly now: Date
  },
): Promise<void> {
  const { change, now } = work
  await db
    .updateTable('cases')
    .set({ ...work.fields })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.caseId)
    .execute()
  await sql`update case_events set undone_at = ${now} where workspace_id = ${workspaceId}
    and case_id = ${change.caseId} and id = any(${change.eventIds}::uuid[])`.execute(db)
  await sql`update hops set undone_at = ${now} where workspace_id = ${workspaceId}
    and case_id = ${change.caseId} and id = ${change.hopId}`.execute(db)
  await sql`update case_changes set undone_at = ${now} where workspace_id = ${workspaceId}
    and id = ${work.id} and case_id = ${change.caseId}`.execute(db)
}

/** What the change told others and they have not taken up yet: a notice not read. */
export async function dropFollowers(db: Db, workspaceId: string, change: KeptCaseChange): Promise<void> {
  await sql`delete from notifications where workspace_id = ${workspaceId} and case_id = ${change.caseId}
    and kind in ('assigned', 'handed-over') and at = ${change.at} and read_at is null`.execute(db)
}
