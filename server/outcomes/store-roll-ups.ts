import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'
import { engagementFactsSql, rollUpRowsSql, type FactQuery } from './store-facts.ts'

/** How many arrivals wait for the loop; counts up to `most`. */
export async function countBacklog(db: Db, workspaceId: string, most: number): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n
    from (select 1 from arrival_queue where workspace_id = ${workspaceId} limit ${most}) counted`.execute(db)
  return found.rows[0]?.n ?? 0
}

/**
 * Lets one roll-up of a workspace work at a time, and makes sure that its days begin in the workspace's time zone: in
 * another one all of them are rolled up anew. Answers with the time zone; null where the workspace is gone.
 */
export async function lockRollUps(db: Db, workspaceId: string, mark: string): Promise<string | null> {
  await sql`insert into roll_ups (workspace_id, time_zone) select id, time_zone from workspaces
    where id = ${workspaceId} on conflict do nothing`.execute(db)
  const found = await sql<{ rolled: string; wanted: string }>`
    select r.time_zone as rolled, w.time_zone as wanted from roll_ups r join workspaces w on w.id = r.workspace_id
    where r.workspace_id = ${workspaceId} for update of r`.execute(db)
  const zones = found.rows[0]
  if (zones === undefined) return null
  if (zones.rolled !== zones.wanted) await beginAnew(db, workspaceId, zones.wanted, mark)
  return zones.wanted
}

async function beginAnew(db: Db, workspaceId: string, timeZone: string, mark: string): Promise<void> {
  await sql`delete from response_days where workspace_id = ${workspaceId}`.execute(db)
  await sql`insert into stale_days (workspace_id, day, mark)
    select distinct ${workspaceId}::uuid, (at at time zone ${timeZone})::date, ${mark}::uuid from (
      select published_at as at from engagements where workspace_id = ${workspaceId}
      union all select started_at from turns where workspace_id = ${workspaceId}) moments`.execute(db)
  await sql`update roll_ups set time_zone = ${timeZone} where workspace_id = ${workspaceId}`.execute(db)
}

export interface StaleDay {
  readonly day: string
  readonly marks: readonly string[]
}

/** The newest first, as those are looked at most. */
export async function staleDays(db: Db, workspaceId: string, limit: number): Promise<readonly StaleDay[]> {
  const found = await sql<StaleDay>`select day::text as day, array_agg(mark::text) as marks from stale_days
    where workspace_id = ${workspaceId} group by stale_days.day order by stale_days.day desc limit ${limit}`.execute(
    db,
  )
  return found.rows
}

/** Gives numbers to persons and presences of these days that have none; under the lock of `lockRollUps`. */
export async function numberNewcomers(db: Db, query: Omit<FactQuery, 'by' | 'filter'>): Promise<void> {
  const { workspaceId } = query
  const known = await sql<{ highest: number }>`select highest_number as highest from roll_ups
    where workspace_id = ${workspaceId}`.execute(db)
  const highest = known.rows[0]?.highest ?? 0
  const facts = engagementFactsSql({ ...query, filter: {}, by: 'all' }, false)
  const added = await sql`
    insert into report_numbers (workspace_id, id, number)
    select ${workspaceId}::uuid, fresh.id, ${highest}::int + row_number() over ()
    from (select unnest(f.new_persons || f.new_presences)::uuid as id from (${facts}) f) fresh`.execute(db)
  const count = Number(added.numAffectedRows ?? 0)
  await sql`update roll_ups set highest_number = ${highest + count} where workspace_id = ${workspaceId}`.execute(
    db,
  )
}

export async function dropDays(db: Db, workspaceId: string, days: readonly string[]): Promise<void> {
  await sql`delete from response_days where workspace_id = ${workspaceId} and day = any(${days}::date[])`.execute(
    db,
  )
}

/** Rolls up all dimensions of these days. */
export async function addDays(db: Db, query: Omit<FactQuery, 'by' | 'filter'>): Promise<void> {
  const { ready, rows } = rollUpRowsSql(query)
  await sql`
    with ${ready}
    insert into response_days (workspace_id, dimension, key, day, turns, answered, waiting, inbound, outbound, negative,
      neutral, positive, persons, presences)
    select ${query.workspaceId}::uuid, rows.* from (${rows}) rows`.execute(db)
}

/** Takes away the marks that were seen; what changed meanwhile has left others. */
export async function dropMarks(db: Db, workspaceId: string, stale: readonly StaleDay[]): Promise<void> {
  const marks = stale.flatMap(({ day, marks: seen }) => seen.map((mark) => ({ day, mark })))
  await sql`delete from stale_days s
    using unnest(${marks.map((seen) => seen.day)}::date[], ${marks.map((seen) => seen.mark)}::uuid[]) as seen(day, mark)
    where s.workspace_id = ${workspaceId} and s.day = seen.day and s.mark = seen.mark`.execute(db)
}
