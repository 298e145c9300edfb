import type { Batch, Edited } from './batch.ts'
import { eraseContent } from './store-erase.ts'
import { tombstoneOwn } from './commands-own.ts'
import { ownAmong } from './store-own.ts'
import { addVersion, currentTexts, setText, type CurrentText } from './store-changes.ts'

/**
 * Applies edits and deletes to what is stored. Edits take force by the network's time, whatever order they come in;
 * a deleted engagement takes no edit any more.
 */
export async function applyChanges(batch: Batch): Promise<void> {
  const { db, workspaceId } = batch
  await applyEdits(batch)
  const deleted = batch.deleted.map((stored) => stored.id)
  const own = await ownAmong(db, workspaceId, deleted)
  await tombstoneOwn(db, workspaceId, [...own], batch.now)
  await eraseContent(
    db,
    workspaceId,
    deleted.filter((id) => !own.has(id)),
    batch.now,
  )
  for (const stored of [...batch.deleted, ...batch.edited.map((edit) => edit.stored)]) {
    if (stored.caseId !== null) batch.changed.caseIds.add(stored.caseId)
    if (stored.personId !== null) batch.changed.personIds.add(stored.personId)
  }
}

async function applyEdits(batch: Batch): Promise<void> {
  if (batch.edited.length === 0) return
  const ids = [...new Set(batch.edited.map((edit) => edit.stored.id))]
  const current = new Map((await currentTexts(batch.db, batch.workspaceId, ids)).map((row) => [row.id, row]))
  for (const edit of batch.edited.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const now = current.get(edit.stored.id)
    if (now === undefined || now.isDeleted || now.text === edit.text) continue
    current.set(now.id, await applyEdit(batch, now, edit))
  }
}

async function applyEdit(batch: Batch, now: CurrentText, edit: Edited): Promise<CurrentText> {
  const { db, workspaceId } = batch
  const isNewer = edit.at.getTime() >= now.at.getTime()
  const older = isNewer ? { text: now.text, at: now.at } : { text: edit.text, at: edit.at }
  await addVersion(db, workspaceId, { engagementId: now.id, version: now.version, ...older })
  const version = now.version + 1
  await setText(db, workspaceId, { id: now.id, text: edit.text, at: isNewer ? edit.at : null, version })
  return isNewer ? { ...now, text: edit.text, at: edit.at, version } : { ...now, version }
}
