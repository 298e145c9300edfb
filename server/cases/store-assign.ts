import { sql } from 'kysely'
import { Role, roleAllows } from '../../contract/policy.ts'
import type { Db } from '../platform/db/scope.ts'
import { noteGiven } from '../workspace/index.ts'
import type { Colleague } from './pick-assignee.ts'

export interface Assigning {
  readonly key: string
  readonly title: string
  readonly mostOpen: number
}

/** Functions whose cases find their assignee; held, so that two workers never count the same load. */
export async function lockAssigning(db: Db, workspaceId: string): Promise<readonly Assigning[]> {
  const rows = await db
    .selectFrom('functions')
    .select(['key', 'title', 'most_open as mostOpen'])
    .where('workspace_id', '=', workspaceId)
    .where('auto_assign', '=', true)
    .where('is_archived', '=', false)
    .orderBy('key')
    .limit(100)
    .forUpdate()
    .execute()
  return rows
}

export interface WantingCase {
  readonly id: string
  readonly number: number
  readonly personId: string
  readonly functionKey: string
  readonly openedAt: Date
  readonly lastAnsweredBy: string | null
}

/** Cases that wait for somebody, the soonest due first; those that somebody changes now come the next time. */
export async function lockWanting(
  db: Db,
  workspaceId: string,
  asked: { readonly functionKey: string; readonly now: Date; readonly limit: number },
): Promise<readonly WantingCase[]> {
  const found = await sql<WantingCase>`
    select c.id, c.number, c.person_id as "personId", c.function_key as "functionKey", c.opened_at as "openedAt",
      (select e.member_id from engagements e where e.workspace_id = c.workspace_id and e.person_id = c.person_id
        and e.direction = 'out' and e.member_id is not null order by e.published_at desc, e.id desc limit 1)
        as "lastAnsweredBy"
    from cases c where c.workspace_id = ${workspaceId} and c.function_key = ${asked.functionKey}
      and c.wants_assignee and c.status <> 'resolved' and c.assignee_id is null
      and (c.snoozed_until is null or c.snoozed_until <= ${asked.now})
    order by c.priority, coalesce(c.due_at, 'infinity'), c.id limit ${asked.limit}
    for update of c skip locked`.execute(db)
  return found.rows
}

/** Says of all cases of a function that wait why nobody was found; answers with those that did not say it yet. */
export async function sayWhyNobody(
  db: Db,
  workspaceId: string,
  { functionKey, reason }: { readonly functionKey: string; readonly reason: string },
): Promise<readonly { readonly id: string; readonly personId: string }[]> {
  const found = await sql<{ id: string; personId: string }>`update cases set assign_reason = ${reason}
    where workspace_id = ${workspaceId} and function_key = ${functionKey} and wants_assignee
      and status <> 'resolved' and assignee_id is null and assign_reason is distinct from ${reason}
      and id in (select id from cases where workspace_id = ${workspaceId} and function_key = ${functionKey}
        and wants_assignee and status <> 'resolved' and assignee_id is null
        and assign_reason is distinct from ${reason} for update skip locked)
    returning id, person_id as "personId"`.execute(db)
  return found.rows
}

const onlineMs = 10 * 60_000

/** Everybody who may be given a case, and how much they have to do. */
export async function colleaguesOf(db: Db, workspaceId: string, now: Date): Promise<readonly Colleague[]> {
  const found = await sql<Omit<Colleague, 'lastAssignedAt'> & { role: string; lastGivenAt: Date | null }>`
    select m.id, m.name, m.functions, m.role, m.is_active as "isActive",
      m.is_available or coalesce(m.away_until <= ${now}, false) as "isAvailable",
      coalesce(m.last_seen_at > ${new Date(now.getTime() - onlineMs)}, false) as "isOnline",
      (select count(*)::int from cases c where c.workspace_id = m.workspace_id and c.assignee_id = m.id
        and c.status in ('new', 'open')) as "openCases", m.last_given_at as "lastGivenAt"
    from members m where m.workspace_id = ${workspaceId} and m.is_active order by m.id limit 2000`.execute(db)
  return found.rows
    .filter(({ role }) => roleAllows(Role.parse(role), 'cases.work'))
    .map(({ lastGivenAt, role: _role, ...one }) => ({
      ...one,
      lastAssignedAt: lastGivenAt?.getTime() ?? null,
    }))
}

export interface Given {
  readonly caseId: string
  readonly memberId: string
  readonly reason: string
}

export async function giveCases(
  db: Db,
  workspaceId: string,
  given: readonly Given[],
  now: Date,
): Promise<void> {
  const rows = JSON.stringify(given)
  await sql`update cases c set assignee_id = g."memberId", assign_reason = g.reason, wants_assignee = false
    from json_to_recordset(${rows}::json) as g("caseId" uuid, "memberId" uuid, reason text)
    where c.workspace_id = ${workspaceId} and c.id = g."caseId"`.execute(db)
  const memberIds = [...new Set(given.map((one) => one.memberId))].toSorted()
  await noteGiven(db, workspaceId, memberIds, now)
}
