// How words of ours come to bear the network's names. One name is the engagement's own external id from then on, because
// everything that asks for words by name, or hands names to a network, reads it there; the names of further parts stand
// beside it in `external_names`, and are looked up together with it.
import type { Db } from '../platform/db/scope.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import { storableText } from '../platform/db/storable-json.ts'
import { digestJob } from './digest-job.ts'
import { queueOf } from './ingest.ts'
import {
  absorbEngagement,
  addExternalNames,
  addMetThreads,
  lockOwnWords,
  renameEngagement,
  type OwnWords,
} from './store-names.ts'
import { adopt, findByExternal, findOrphans } from './store-threads.ts'

export interface OwnNames {
  readonly engagementId: string
  /** The first part's. */
  readonly networkId: string
  readonly otherIds: readonly string[]
}

/**
 * Gives words of ours the network's names. What was captured under one of them meanwhile turns out to be ours and is
 * taken in; what answered one of them finds its parent. Giving the same names again changes nothing. Answers with the
 * name space of the names; null where there are no such words.
 */
export async function nameOwn(db: Db, workspaceId: string, names: OwnNames): Promise<string | null> {
  const words = await lockOwnWords(db, workspaceId, names.engagementId)
  if (words === null) return null
  const first = nameOf(names.networkId) || words.externalId
  const others = [...new Set(names.otherIds.map(nameOf))].filter((name) => name !== '' && name !== first)
  const met = await takeIn(db, workspaceId, words, [first, ...others])
  if (first !== words.externalId) await renameEngagement(db, workspaceId, words, first)
  await addExternalNames(db, workspaceId, words, others)
  met.push(...(await adoptOrphans(db, workspaceId, words, [first, ...others])))
  await meet(db, workspaceId, words.threadId, met)
  return words.source
}

/** The next batch of the loop makes one of these threads, and of the cases in them. */
async function meet(db: Db, workspaceId: string, kept: string, met: readonly string[]): Promise<void> {
  if (met.length === 0) return
  await addMetThreads(
    db,
    workspaceId,
    [...new Set(met)].map((gone) => ({ gone, kept })),
  )
  await askFor(db, digestJob, { workspaceId }, queueOf(workspaceId))
}

/** As the tables take it. */
function nameOf(name: string): string {
  return storableText(name).slice(0, 512)
}

/** Threads of what was taken in. */
async function takeIn(
  db: Db,
  workspaceId: string,
  words: OwnWords,
  names: readonly string[],
): Promise<string[]> {
  const keys = names.map((externalId) => ({ source: words.source, externalId }))
  const captured = new Map(
    [...(await findByExternal(db, workspaceId, keys)).values()]
      .filter((known) => known.id !== words.id)
      .map((known) => [known.id, known]),
  )
  for (const { id } of captured.values())
    await absorbEngagement(db, workspaceId, { gone: id, kept: words.id })
  return [...captured.values()].map(({ threadId }) => threadId)
}

async function adoptOrphans(
  db: Db,
  workspaceId: string,
  words: OwnWords,
  names: readonly string[],
): Promise<string[]> {
  const keys = names.map((externalId) => ({ source: words.source, externalId }))
  const orphans = await findOrphans(db, workspaceId, keys)
  await adopt(
    db,
    workspaceId,
    orphans.map(({ id }) => ({ id, parentId: words.id })),
  )
  return orphans.map(({ threadId }) => threadId)
}
