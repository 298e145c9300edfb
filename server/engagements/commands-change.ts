import type { Batch, Edited } from './batch.ts'
import { goneName } from './gone-author.ts'
import { eraseAuthors, eraseContent, eraseRawForms, namesOf, type Name } from './store-erase.ts'
import { tombstoneOwn } from './commands-own.ts'
import { ownAmong } from './store-own.ts'
import { addVersion, currentTexts, setText, type CurrentText } from './store-changes.ts'

/**
 * Applies edits and deletes to what is stored. Edits take force by the network's time, whatever order they come in;
 * a deleted engagement takes no edit any more.
 */
export async function applyChanges(batch: Batch): Promise<void> {
  const { db, workspaceId } = batch
  const late = await applyEdits(batch)
  const deleted = batch.deleted.map((stored) => stored.id)
  const own = await ownAmong(db, workspaceId, deleted)
  await tombstoneOwn(db, workspaceId, [...own], batch.now)
  const theirs = deleted.filter((id) => !own.has(id))
  await eraseContent(db, workspaceId, theirs, batch.now)
  await eraseAuthors(
    db,
    workspaceId,
    theirs.filter((id) => batch.nameless.has(id)),
    goneName,
  )
  // Also what waits for something that never came, and what comes after its own deletion.
  const names = await namesOf(db, workspaceId, [...theirs, ...late])
  const ours = new Set((await namesOf(db, workspaceId, [...own])).map(keyOf))
  await eraseRawForms(db, workspaceId, [...names, ...batch.unsaid.filter((name) => !ours.has(keyOf(name)))])
  for (const stored of [...batch.deleted, ...batch.edited.map((edit) => edit.stored)]) {
    if (stored.caseId !== null) batch.changed.caseIds.add(stored.caseId)
    if (stored.personId !== null) batch.changed.personIds.add(stored.personId)
  }
}

/** Answers with what was deleted before it was edited. */
async function applyEdits(batch: Batch): Promise<readonly string[]> {
  if (batch.edited.length === 0) return []
  const ids = [...new Set(batch.edited.map((edit) => edit.stored.id))]
  const current = new Map((await currentTexts(batch.db, batch.workspaceId, ids)).map((row) => [row.id, row]))
  for (const edit of batch.edited.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const now = current.get(edit.stored.id)
    if (now?.isDeleted === true) edit.reading = null
    if (now === undefined || now.isDeleted || now.text === edit.text) continue
    current.set(now.id, await applyEdit(batch, now, edit))
  }
  return [...current.values()].filter((row) => row.isDeleted && !row.isOurs).map((row) => row.id)
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

function keyOf({ source, externalId }: Name): string {
  return `${source} ${externalId}`
}
