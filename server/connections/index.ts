import { inScope, systemScope } from '../platform/db/scope.ts'
import { channelOf, refreshSecrets } from './commands-open.ts'
import type { Connected, ConnectionParts } from './connection.ts'
import { findConnection } from './store.ts'
import { readRun } from './store-runs.ts'

export type { Connected, ConnectionHooks, ConnectionParts } from './connection.ts'
export { createKeeper } from './commands-keep.ts'
export { channelOf } from './commands-open.ts'
export { createReceiveJob } from './commands-receive.ts'
export { forgetDeleted } from './commands-forget.ts'
export { createForgetFilesJob, createNormaliseJob, createWatchJob } from './jobs.ts'
export { startListening } from './jobs-listen.ts'
export { askToNormalise } from './jobs-names.ts'
export { attachmentRoute } from './routes-attachments.ts'
export { originalRoute } from './routes-originals.ts'
export { hookRoute } from './routes-hooks.ts'
export { siteRoutes } from './routes-sites.ts'
export { sampleLags } from './store-meanings.ts'

/** What connections offer to whoever acts through them. */
export interface Connections {
  /** The channel of a presence; null where it has no connection of its own. */
  open(workspaceId: string, presenceId: string): Promise<Connected | null>
  /** New credentials where the old ones ran out; false where that is not possible. */
  refresh(workspaceId: string, connectionId: string): Promise<boolean>
}

export function openConnections(parts: ConnectionParts): Connections {
  return {
    open: (workspaceId, presenceId) => channelOf(parts, workspaceId, { presenceId }),
    async refresh(workspaceId, connectionId) {
      const found = await inScope(parts.platform.database, systemScope(workspaceId), (db) =>
        findConnection(db, workspaceId, connectionId),
      )
      return found !== null && (await refreshSecrets(parts, found)) !== null
    },
  }
}

export { addAttachments } from './store-meanings.ts'
export { dropAttachments } from './commands-attachments.ts'
export { nameAttachments } from './store-attachments.ts'
export { safeName, safeType } from './understand.ts'

/** Where listening stands, by the way of listening. */
export async function cursorsOf(
  { database }: Pick<ConnectionParts['platform'], 'database'>,
  workspaceId: string,
  connectionId: string,
): Promise<Readonly<Record<string, string>>> {
  const run = await inScope(database, systemScope(workspaceId), (db) =>
    readRun(db, workspaceId, connectionId),
  )
  return run?.cursors ?? {}
}
