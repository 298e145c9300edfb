import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'
import type { OnTheWay } from './plan-echo.ts'

/** Words of ours that a network may have by now and whose name we do not know: at most 1,000. */
export async function wordsOnTheWay(db: Db, workspaceId: string): Promise<readonly OnTheWay[]> {
  const found = await sql<Omit<OnTheWay, 'since'> & { readonly since: Date }>`
    select o.id as "outboxId", o.engagement_id as "engagementId", e.source, e.text,
      e.parent_external_id as "parentExternalId", o.state = 'unknown' as "isUnknown", o.changed_at as since
    from outbox o join engagements e on e.workspace_id = o.workspace_id and e.id = o.engagement_id
    where o.workspace_id = ${workspaceId} and o.state in ('sending', 'unknown')
      and o.purpose in ('answer', 'post', 'like', 'share')
    order by o.changed_at desc limit 1000`.execute(db)
  return found.rows.map((row) => ({ ...row, since: row.since.getTime() }))
}

/** The words stand on the network: what was unknown is sent. False where its fate is known by now. */
export async function settleByProof(
  db: Db,
  workspaceId: string,
  proof: { readonly outboxId: string; readonly networkId: string; readonly at: Date },
): Promise<boolean> {
  const changed = await db
    .updateTable('outbox')
    .set({ state: 'sent', detail: '', network_id: proof.networkId, changed_at: proof.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', proof.outboxId)
    .where('state', '=', 'unknown')
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}
