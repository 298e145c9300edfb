import { sql } from 'kysely'
import type { TodayView } from '../../contract/reports.ts'
import type { Db } from '../platform/db/scope.ts'

const shown = 10

/** Cases in which somebody waits for us now; snoozed ones come back by themselves. */
export async function waitingCases(db: Db, workspaceId: string, now: Date): Promise<TodayView['waiting']> {
  const isWaiting = sql`c.workspace_id = ${workspaceId} and c.status <> 'resolved' and c.is_waiting
    and c.waiting_since is not null and (c.snoozed_until is null or c.snoozed_until <= ${now})`
  const counted = await sql<{ total: number; late: number }>`
    select count(*)::int as total, (count(*) filter (where c.due_at < ${now}))::int as late
    from cases c where ${isWaiting}`.execute(db)
  const longest = await sql<{
    id: string
    number: number
    person: string
    preview: string
    waiting_since: Date
    function_key: string
    due_at: Date | null
  }>`
    select c.id, c.number, coalesce(p.name, '') as person, c.preview, c.waiting_since, c.function_key, c.due_at
    from (select * from cases c where ${isWaiting} order by c.waiting_since, c.id limit ${shown}) c
      left join persons p on p.workspace_id = c.workspace_id and p.id = c.person_id
    order by c.waiting_since, c.id`.execute(db)
  return {
    total: counted.rows[0]?.total ?? 0,
    late: counted.rows[0]?.late ?? 0,
    longest: longest.rows.map((row) => ({
      caseId: row.id,
      number: row.number,
      person: row.person,
      preview: row.preview,
      waitingSince: row.waiting_since.toISOString(),
      function: row.function_key,
      dueAt: row.due_at?.toISOString() ?? null,
    })),
  }
}

const hourMs = 3_600_000

/** What wants somebody now, counted as the desk filters it. */
export async function burning(db: Db, workspaceId: string, now: Date): Promise<TodayView['burning']> {
  const soon = new Date(now.getTime() + hourMs)
  const found = await sql<TodayView['burning']>`
    select (count(*) filter (where c.due_at < ${now}))::int as late,
      (count(*) filter (where c.due_at >= ${now} and c.due_at < ${soon}))::int as soon,
      (count(*) filter (where c.is_waiting and c.assignee_id is null))::int as unassigned,
      (count(*) filter (where c.id in (select o.case_id from outbox o
        where o.workspace_id = ${workspaceId} and o.state = 'failed')))::int as unsent
    from cases c where c.workspace_id = ${workspaceId} and c.status <> 'resolved'
      and (c.snoozed_until is null or c.snoozed_until <= ${now})`.execute(db)
  return found.rows[0] ?? { late: 0, soon: 0, unassigned: 0, unsent: 0 }
}

/** Turns that became due in (from, to], and how many of them had their answer by then. */
export async function gapWithin(
  db: Db,
  workspaceId: string,
  span: { readonly from: Date; readonly to: Date },
): Promise<{ readonly due: number; readonly withinTarget: number }> {
  const found = await sql<{ due: number; withinTarget: number }>`
    select count(*)::int as due, (count(*) filter (where answered_at <= due_at))::int as "withinTarget"
    from turns where workspace_id = ${workspaceId} and due_at > ${span.from} and due_at <= ${span.to}`.execute(
    db,
  )
  return found.rows[0] ?? { due: 0, withinTarget: 0 }
}

/** Open and late cases of every function in use. */
export async function functionLoads(db: Db, workspaceId: string, now: Date) {
  const found = await sql<{ key: string; title: string; open: number; late: number }>`
    select f.key, f.title, count(c.id)::int as open, (count(c.id) filter (where c.due_at < ${now}))::int as late
    from functions f left join cases c on c.workspace_id = f.workspace_id and c.function_key = f.key
      and c.status <> 'resolved' and (c.snoozed_until is null or c.snoozed_until <= ${now})
    where f.workspace_id = ${workspaceId} and not f.is_archived
    group by f.key, f.title, f.position order by f.position, f.key`.execute(db)
  return found.rows
}
