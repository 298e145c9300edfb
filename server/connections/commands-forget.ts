import { namesOf, noteAbsences, type Batch } from '../engagements/index.ts'
import type { Db } from '../platform/db/scope.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import { forgetFilesJob } from './jobs-names.ts'
import { deletedOf, forgetAuthor, forgetSetAside, forgetWords } from './store-forget.ts'
import type { Meaning } from './understand.ts'

interface Told {
  readonly connectionId: string
  readonly source: string
  readonly meanings: readonly Meaning[]
  readonly now: Date
}

/** What customers deleted leaves the raw form as well, whichever of the two came first; and who left is noted. */
export async function forgetTold(
  db: Db,
  workspaceId: string,
  { connectionId, source, meanings, now }: Told,
): Promise<void> {
  const activities = meanings.flatMap((meaning) => meaning.activities)
  await forget(db, workspaceId, await deletedOf(db, workspaceId, activities))
  const deletions = activities.filter(({ type }) => type === 'Delete')
  await forgetSetAside(
    db,
    workspaceId,
    connectionId,
    deletions.map(({ externalId }) => externalId),
  )
  const gone = meanings.flatMap((meaning) => meaning.goneAuthors ?? []).map(toAbsence)
  const back = meanings.flatMap((meaning) => meaning.returnedAuthors ?? []).map(toAbsence)
  if (gone.length + back.length > 0) await noteAbsences(db, workspaceId, { source, gone, back, now })
}

function toAbsence({ externalId, at }: { readonly externalId: string; readonly at: number }) {
  return { externalId, at: new Date(at) }
}

/** Stage: what a batch deletes is gone from raw forms and files as well, under every name that its network gave it. */
export async function forgetDeleted({ db, workspaceId, deleted, gone }: Batch): Promise<void> {
  if (deleted.length > 0) {
    const ids = deleted.map(({ id }) => id)
    await forget(db, workspaceId, await namesOf(db, workspaceId, ids))
  }
  for (const { source, externalId, isLast } of gone) {
    if (isLast) await forgetAuthor(db, workspaceId, { source, externalId })
  }
}

async function forget(
  db: Db,
  workspaceId: string,
  names: readonly { readonly source: string; readonly externalId: string }[],
): Promise<void> {
  const fileIds = await forgetWords(db, workspaceId, names)
  if (fileIds.length > 0) await askFor(db, forgetFilesJob, { fileIds: [...fileIds] })
}
