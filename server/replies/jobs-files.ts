import { z } from 'zod'
import { dropAttachments } from '../connections/index.ts'
import { idleUploads } from '../platform/db/directory-uploads.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import type { Job } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'

/** As long as a draft that somebody comes back to. */
const keepMs = 7 * 86_400_000

/** Each hour: files that were given and sent with nothing. */
export function createForgetUploadsJob(platform: Pick<Platform, 'database' | 'clock'>): Job<object> {
  return {
    name: 'forget-uploads',
    cron: '17 * * * *',
    tries: 1,
    payload: z.object({}),
    async run() {
      const before = new Date(platform.clock.now() - keepMs)
      for (const { workspaceId, ids } of await idleUploads(platform.database, before)) {
        await inScope(platform.database, systemScope(workspaceId), (db) =>
          dropAttachments(db, workspaceId, ids),
        )
      }
    },
  }
}
