import { goneName, type Batch } from '../engagements/index.ts'
import { forgetIdentity, forgetInMerges, renamePersons } from './store-gone.ts'

/** Stage: whoever left their network is known by no name of theirs any more. */
export async function forgetGone(batch: Batch): Promise<void> {
  const { db, workspaceId } = batch
  for (const gone of batch.gone) {
    const forgotten = await forgetIdentity(db, workspaceId, gone, goneName)
    if (forgotten === null) continue
    const { personId } = forgotten
    const were = await renamePersons(db, workspaceId, personId, goneName)
    const names = [...new Set([...forgotten.names, ...were])]
    await forgetInMerges(db, workspaceId, { personId, names }, goneName)
    batch.changed.personIds.add(personId)
  }
}
