import type { Db } from '../platform/db/scope.ts'
import { askToSend } from './jobs-names.ts'
import { releaseHold } from './store-outbox.ts'

/** A connection may act again: what waited for it leaves at once, in the order of each thread. */
export async function releaseConnection(db: Db, workspaceId: string, connectionId: string): Promise<void> {
  for (const threadId of await releaseHold(db, workspaceId, connectionId)) {
    await askToSend(db, workspaceId, threadId, { isAtOnce: true })
  }
}
