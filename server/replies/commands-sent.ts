import { changeOwnText, nameOwn, tombstoneOwn } from '../engagements/index.ts'
import type { Db } from '../platform/db/scope.ts'
import type { Settled } from './after-act.ts'
import { renameFiles } from './commands-files.ts'
import { applyReceipts } from './commands-receipts.ts'
import type { Taken } from './store-outbox.ts'
import { outboxText } from './store.ts'

interface Sent {
  readonly taken: Taken
  readonly settled: Settled
  readonly at: Date
}

/** What is true here once an act took effect there: names for new words, the new text of edited ones, a tombstone. */
export async function followSent(db: Db, workspaceId: string, sent: Sent): Promise<void> {
  const { taken, settled, at } = sent
  const { engagementId } = taken
  switch (taken.purpose) {
    case 'notice':
      return
    case 'edit': {
      const text = await outboxText(db, workspaceId, taken.id)
      if (text !== null) await changeOwnText(db, workspaceId, { engagementId, text, at })
      return
    }
    case 'delete':
      return tombstoneOwn(db, workspaceId, [engagementId], at)
    default:
      return nameSent(db, workspaceId, taken, settled)
  }
}

async function nameSent(
  db: Db,
  workspaceId: string,
  { id: outboxId, engagementId }: Taken,
  { networkId, otherIds }: Settled,
): Promise<void> {
  if (networkId === null) return
  const source = await nameOwn(db, workspaceId, { engagementId, networkId, otherIds })
  if (source === null) return
  await renameFiles(db, workspaceId, { outboxId, source, externalId: networkId })
  await applyReceipts(db, workspaceId, source, [networkId, ...otherIds])
}
