import type { Db } from '../platform/db/scope.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import { forgetFilesJob } from './jobs-names.ts'
import { deleteAttachments } from './store-attachments.ts'

/** Their bytes go once this is committed. */
export async function dropAttachments(db: Db, workspaceId: string, ids: readonly string[]): Promise<void> {
  const fileIds = await deleteAttachments(db, workspaceId, ids)
  if (fileIds.length > 0) await askFor(db, forgetFilesJob, { fileIds: [...fileIds] })
}
