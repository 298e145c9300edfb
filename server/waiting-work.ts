import { askToNormalise } from './connections/index.ts'
import { digestJob, importJob, queueOf } from './engagements/index.ts'
import { unreadConnections } from './platform/db/directory-connections.ts'
import { unfinishedWork } from './platform/db/directory-work.ts'
import { inScope, systemScope } from './platform/db/scope.ts'
import { askFor } from './platform/jobs/jobs.ts'
import type { Platform } from './platform/platform.ts'

/**
 * Asks again for work that waits in the tables: jobs are not in a backup, and may be lost with the job library's
 * tables. Asking for what is asked for already changes nothing.
 */
export async function askForWaiting(platform: Platform): Promise<void> {
  const waiting = await unfinishedWork(platform.database)
  for (const workspaceId of waiting.digests) {
    await inScope(platform.database, systemScope(workspaceId), (db) =>
      askFor(db, digestJob, { workspaceId }, queueOf(workspaceId)),
    )
  }
  for (const { workspaceId, connectionId } of await unreadConnections(platform.database)) {
    await inScope(platform.database, systemScope(workspaceId), (db) =>
      askToNormalise(db, workspaceId, connectionId),
    )
  }
  for (const { workspaceId, importId } of waiting.imports) {
    await inScope(platform.database, systemScope(workspaceId), (db) =>
      askFor(db, importJob, { workspaceId, importId }, { key: `import:${importId}` }),
    )
  }
}
