import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export interface UndeliveredFacts {
  readonly purpose: string
  readonly caseId: string | null
  readonly connectionId: string | null
  readonly assigneeId: string | null
  /** The member who sent it, where they are one still. */
  readonly writerId: string | null
  readonly personName: string
}

/** Whom it concerns that words of ours did not arrive; null where nothing of ours left under this id. */
export async function undeliveredFacts(
  db: Db,
  workspaceId: string,
  engagementId: string,
): Promise<UndeliveredFacts | null> {
  const found = await sql<UndeliveredFacts>`
    select o.purpose, o.case_id as "caseId", o.connection_id as "connectionId", c.assignee_id as "assigneeId",
      m.id as "writerId", coalesce(p.name, 'somebody') as "personName"
    from outbox o join engagements e on e.workspace_id = o.workspace_id and e.id = o.engagement_id
    left join members m on m.workspace_id = o.workspace_id and m.id = e.member_id
    left join cases c on c.workspace_id = o.workspace_id and c.id = o.case_id
    left join persons p on p.workspace_id = o.workspace_id and p.id = c.person_id
    where o.workspace_id = ${workspaceId} and o.engagement_id = ${engagementId} and o.purpose in ('answer', 'post')
    limit 1`.execute(db)
  return found.rows[0] ?? null
}
