import type { Db } from '../platform/db/scope.ts'
import { together } from '../platform/db/together.ts'
import { tell } from '../platform/events/tell.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import type { BatchSettings, Stages } from './batch.ts'
import { makeBatch } from './commands-batch.ts'
import { applyChanges } from './commands-change.ts'
import { fillNewThreads } from './commands-presences.ts'
import { digestJob } from './digest-job.ts'
import { queueOf } from './ingest.ts'
import { countThrough } from './store-imports.ts'
import { hasGone } from './store-gone.ts'
import { hasMetThreads } from './store-names.ts'
import { storePassing } from './store-passing.ts'
import { dropQueued, type QueuedArrival } from './store-queue.ts'
import { fillPresences } from './store-threads.ts'

export interface DigestOptions {
  readonly platform: Pick<Platform, 'database' | 'clock' | 'log'>
  readonly stages: Stages
  readonly settingsOf: (db: Db, workspaceId: string) => Promise<BatchSettings>
}

/** What cannot be told from our own words on their way is looked at again after this long. */
const lookAgainMs = 1_000

/** Takes what is new through the loop, within the caller's transaction; answers with how many are through. */
export async function digestTaken(
  options: DigestOptions,
  db: Db,
  workspaceId: string,
  taken: readonly QueuedArrival[],
): Promise<number> {
  const now = new Date(options.platform.clock.now())
  const { ours, held } = await options.stages.sortEchoes(db, workspaceId, taken, now)
  const echoes = taken.filter(({ id }) => ours.has(id))
  const arrivals = taken.filter(({ id }) => !ours.has(id) && !held.has(id))
  await digestArrivals(options, db, workspaceId, { arrivals, now })
  await dropQueued(db, workspaceId, echoes)
  await countImported(db, workspaceId, echoes, now)
  if (held.size > 0) {
    const { queue } = queueOf(workspaceId)
    const runAt = new Date(now.getTime() + lookAgainMs)
    await askFor(db, digestJob, { workspaceId }, { queue, key: `digest-held:${workspaceId}`, runAt })
  }
  return taken.length - held.size
}

async function digestArrivals(
  options: DigestOptions,
  db: Db,
  workspaceId: string,
  { arrivals, now }: { readonly arrivals: readonly QueuedArrival[]; readonly now: Date },
): Promise<void> {
  if (arrivals.length === 0 && !(await hasMetThreads(db, workspaceId)) && !(await hasGone(db, workspaceId)))
    return
  const { stages } = options
  const settings = await options.settingsOf(db, workspaceId)
  const batch = await makeBatch({ db, workspaceId, now, settings, arrivals })
  await stages.recognise(batch)
  await stages.read(batch)
  await together([stages.decide(batch), stages.keepReadings(batch)])
  const keepCases = await stages.openCases(batch)
  fillNewThreads(batch)
  await together([keepCases(), storePassing(batch)])
  const filled = await fillPresences(db, workspaceId, [...batch.storedThreadIds])
  for (const id of filled) batch.changed.engagementIds.add(id)
  await applyChanges(batch)
  await stages.follow(batch)
  await dropQueued(db, workspaceId, arrivals)
  await countImported(db, workspaceId, arrivals, now)
  await tellAll(batch.db, workspaceId, batch.changed, batch.passing.length)
}

export async function countImported(
  db: Db,
  workspaceId: string,
  arrivals: readonly Pick<QueuedArrival, 'importId'>[],
  now: Date,
): Promise<void> {
  const counts = new Map<string, number>()
  for (const { importId } of arrivals)
    if (importId !== null) counts.set(importId, (counts.get(importId) ?? 0) + 1)
  await countThrough(db, workspaceId, counts, now)
  for (const importId of counts.keys()) await tell(db, workspaceId, { topic: 'import.progressed', importId })
}

async function tellAll(
  db: Db,
  workspaceId: string,
  changed: { readonly caseIds: ReadonlySet<string>; readonly personIds: ReadonlySet<string> },
  count: number,
): Promise<void> {
  const caseIds = [...changed.caseIds]
  const personIds = [...changed.personIds]
  if (count === 0 && caseIds.length === 0) return
  await tell(db, workspaceId, { topic: 'engagement.arrived', caseIds, personIds, count })
}
