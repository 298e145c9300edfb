import type { Db } from '../platform/db/scope.ts'
import { foldNoticeReceipts, foldReceipts } from './store-receipts.ts'
import { followUndelivered } from './commands-undelivered.ts'
import { tellOfDelivery } from './commands-tell.ts'

/**
 * Brings what members see of words of ours up to what the network said under these names. It may have been said in any
 * order, and before the names were known: naming calls this as well.
 */
export async function applyReceipts(
  db: Db,
  workspaceId: string,
  source: string,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return
  for (const changed of await foldReceipts(db, workspaceId, source, names)) {
    await tellOfDelivery(db, workspaceId, changed)
    const { engagementId, refusal } = changed
    if (refusal !== null) {
      await followUndelivered(db, workspaceId, { engagementId, reason: refusal, at: new Date() })
    }
  }
  for (const notice of await foldNoticeReceipts(db, workspaceId, names)) {
    await tellOfDelivery(db, workspaceId, notice)
  }
}
