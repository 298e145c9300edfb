import { sql } from 'kysely'
import type { LiveEvent } from '../../../contract/live.ts'
import type { Db } from '../db/scope.ts'
import { newId } from '../ids.ts'

export const liveChannel = 'horseshoe_live'

/** Tells open pages what changed, as part of the change: no commit, no event. */
export async function tell(db: Db, workspaceId: string, event: LiveEvent): Promise<void> {
  await db
    .insertInto('live_events')
    .values({ workspace_id: workspaceId, id: newId(), at: new Date(), event: JSON.stringify(event) })
    .execute()
  await sql`select pg_notify(${liveChannel}, ${workspaceId})`.execute(db)
}
