import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

/** From now on they belong to the engagement of this name. */
export async function nameAttachments(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  { source, externalId }: { readonly source: string; readonly externalId: string },
): Promise<void> {
  await sql`update attachments set source = ${source}, external_id = ${externalId}
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(db)
}

/** Answers with those that were there. */
export async function deleteAttachments(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const gone = await sql<{ id: string }>`delete from attachments
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) returning id`.execute(db)
  return gone.rows.map((row) => row.id)
}
