import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import { forgetFilesJob } from './jobs-names.ts'

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

/** Their bytes go once this is committed. */
export async function dropAttachments(db: Db, workspaceId: string, ids: readonly string[]): Promise<void> {
  const gone = await sql<{ id: string }>`delete from attachments
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) returning id`.execute(db)
  const fileIds = gone.rows.map((row) => row.id)
  if (fileIds.length > 0) await askFor(db, forgetFilesJob, { fileIds })
}
