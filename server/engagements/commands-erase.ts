import { z } from 'zod'
import type { Db } from '../platform/db/scope.ts'
import { askFor, type Job } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { eraseContent } from './store-erase.ts'

const EraseFiles = z.object({ workspaceId: z.uuid(), keys: z.array(z.string()) })
type EraseFiles = z.infer<typeof EraseFiles>
const eraseFilesJob = { name: 'erase-files', tries: 25, payload: EraseFiles } as const

/** Files that belong to words that their author deleted; asked for in the transaction that erases the words. */
export function createEraseFilesJob({ files }: Pick<Platform, 'files'>): Job<EraseFiles> {
  return {
    ...eraseFilesJob,
    payload: EraseFiles,
    async run({ keys }) {
      for (const key of keys) await files.remove(key)
    },
  }
}

/** What customers delete is gone here too: words and raw forms with this transaction, files right after it. */
export async function eraseWords(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return
  const keys = await eraseContent(db, workspaceId, ids, at)
  if (keys.length > 0) await askFor(db, eraseFilesJob, { workspaceId, keys })
}
