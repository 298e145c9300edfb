import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export async function emptyOwn(
  db: Db,
  workspaceId: string,
  tombstone: { readonly id: string; readonly version: number; readonly at: Date },
): Promise<void> {
  await sql`update engagements set text = '', media = '[]', version = ${tombstone.version},
      deleted_at = coalesce(deleted_at, ${tombstone.at})
    where workspace_id = ${workspaceId} and id = ${tombstone.id}`.execute(db)
}

/** Those of these engagements that are ours. */
export async function ownAmong(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const found = await sql<{ id: string }>`select id from engagements
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) and direction = 'out'`.execute(db)
  return new Set(found.rows.map(({ id }) => id))
}
