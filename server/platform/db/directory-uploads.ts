import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Files that members gave before an instant and sent with nothing, by workspace; as the owner role, at most 1,000. */
export async function idleUploads(
  database: Database,
  before: Date,
): Promise<readonly { readonly workspaceId: string; readonly ids: readonly string[] }[]> {
  const found = await sql<{ workspaceId: string; ids: readonly string[] }>`
    select f.workspace_id as "workspaceId", array_agg(f.id) as ids from (
      select workspace_id, id from outgoing_files where outbox_id is null and created_at < ${before}
      order by created_at limit 1000) f
    group by f.workspace_id`.execute(database.owner)
  return found.rows
}
