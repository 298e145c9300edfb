import type { Db } from '../platform/db/scope.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { GoneAuthor, Passing, Stored } from './batch.ts'
import { digestJob } from './digest-job.ts'
import { withoutWords } from './gone-author.ts'
import { queueOf } from './ingest.ts'
import {
  addBack,
  addGone,
  emptyUntaken,
  goneAmong,
  nextGone,
  setErased,
  standingOf,
  type Absence,
} from './store-gone.ts'

/** Words taken away in one batch. */
const together = 500

/**
 * Accounts that left their network, or came back to it. What those who left said up to then is taken away by the digests,
 * in their order: what arrived before is stored by then.
 */
export async function noteAbsences(
  db: Db,
  workspaceId: string,
  heard: {
    readonly source: string
    readonly gone: readonly Absence[]
    readonly back: readonly Absence[]
    readonly now: Date
  },
): Promise<void> {
  await addGone(db, workspaceId, heard.source, heard)
  await addBack(db, workspaceId, heard.source, heard)
  if (heard.gone.length > 0) await askFor(db, digestJob, { workspaceId }, queueOf(workspaceId))
}

/** Somebody who left, with the next of their words; null where nobody's are left. */
export async function takeGone(
  db: Db,
  workspaceId: string,
): Promise<{ readonly author: GoneAuthor; readonly words: readonly Stored[] } | null> {
  const gone = await nextGone(db, workspaceId)
  if (gone === null) return null
  const words = await standingOf(db, workspaceId, gone, together)
  const isLast = words.length < together
  if (isLast) {
    await emptyUntaken(db, workspaceId, gone)
    await setErased(db, workspaceId, gone)
  } else {
    await askFor(db, digestJob, { workspaceId }, queueOf(workspaceId))
  }
  return { author: { source: gone.source, externalId: gone.externalId, at: gone.at, isLast }, words }
}

/** Late words of those who left become tombstones on their way in; answers with them. */
export async function emptyLate(
  db: Db,
  workspaceId: string,
  passing: readonly Passing[],
): Promise<readonly Passing[]> {
  const theirs = passing.filter(({ input }) => input.direction === 'in')
  const authors = theirs.map(({ input }) => ({
    source: input.source,
    externalId: input.author.externalId,
  }))
  const gone = await goneAmong(db, workspaceId, authors)
  if (gone.size === 0) return []
  const late = theirs.filter(({ input, at, receivedAt }) => {
    const before = gone.get(`${input.source} ${input.author.externalId}`)
    return before !== undefined && (at <= before.at || receivedAt < before.notedAt)
  })
  for (const item of late) item.input = withoutWords(item.input)
  return late
}
