import type { Db } from '../platform/db/scope.ts'
import { addVersion, currentTexts, setText } from './store-changes.ts'
import { emptyOwn } from './store-own.ts'

/** The new words of ours that the network shows now; those before are kept as a version. */
export async function changeOwnText(
  db: Db,
  workspaceId: string,
  change: { readonly engagementId: string; readonly text: string; readonly at: Date },
): Promise<void> {
  const { engagementId, text, at } = change
  const [now] = await currentTexts(db, workspaceId, [engagementId])
  if (now === undefined || now.isDeleted || now.text === text) return
  await addVersion(db, workspaceId, { engagementId, version: now.version, text: now.text, at: now.at })
  await setText(db, workspaceId, { id: engagementId, text, at, version: now.version + 1 })
}

/**
 * Words of ours that stand nowhere any more: a tombstone in the thread. What the company said stays among the versions,
 * unlike the words of others, because it must be able to account for it.
 */
export async function tombstoneOwn(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  for (const now of await currentTexts(db, workspaceId, ids)) {
    if (now.isDeleted) continue
    const { id: engagementId, version, text } = now
    await addVersion(db, workspaceId, { engagementId, version, text, at: now.at })
    await emptyOwn(db, workspaceId, { id: engagementId, version: version + 1, at })
  }
}
