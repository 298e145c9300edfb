import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

/** Whether case `c` holds something that a member has not read; false for whoever is no member. */
export function isUnread(memberId: string | null): RawBuilder<boolean> {
  if (memberId === null) return sql`false`
  return sql`coalesce(
    (select r.is_marked_unread or coalesce(c.heard_at > r.read_until, false) from case_reads r
      where r.workspace_id = c.workspace_id and r.member_id = ${memberId} and r.case_id = c.id),
    c.heard_at > ${beginning(memberId)}, false)`
}

/** What came before a member did is not new to them. */
function beginning(memberId: string): RawBuilder<Date> {
  return sql`(select coalesce(b.reads_from, b.created_at) from members b
    where b.workspace_id = current_setting('app.workspace', true)::uuid and b.id = ${memberId})`
}

const countAtMost = 10_000

/** The unread cases that are not resolved, counted for each view in one walk. */
export async function unreadCounts(
  db: Db,
  workspaceId: string,
  looker: { readonly memberId: string | null; readonly now: Date; readonly functions: readonly string[] },
): Promise<{ views: Record<string, number>; forMe: number }> {
  const { memberId, now } = looker
  if (memberId === null) return { views: {}, forMe: 0 }
  const found = await sql<{ open: number; mine: number; unassigned: number; snoozed: number; forMe: number }>`
    select (count(*) filter (where not asleep))::int as open,
      (count(*) filter (where not asleep and assignee_id = ${memberId}))::int as mine,
      (count(*) filter (where not asleep and assignee_id is null))::int as unassigned,
      (count(*) filter (where asleep))::int as snoozed,
      (count(*) filter (where not asleep and (assignee_id = ${memberId}
        or (assignee_id is null and function_key = any(${looker.functions})))))::int as "forMe"
    from (
      select c.assignee_id, c.function_key, coalesce(c.snoozed_until > ${now}, false) as asleep
      from cases c left join case_reads r
        on r.workspace_id = c.workspace_id and r.member_id = ${memberId} and r.case_id = c.id
      where c.workspace_id = ${workspaceId} and c.status <> 'resolved'
        and coalesce(r.is_marked_unread or coalesce(c.heard_at > r.read_until, false),
          c.heard_at > ${beginning(memberId)}, false)
      limit ${countAtMost}
    ) unread`.execute(db)
  const { forMe, ...views } = found.rows[0] ?? { open: 0, mine: 0, unassigned: 0, snoozed: 0, forMe: 0 }
  return { views, forMe }
}
