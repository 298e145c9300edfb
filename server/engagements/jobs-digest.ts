import { analyzeGrown } from '../platform/db/analyze-grown.ts'
import { inScope, systemScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { isDatabaseAway } from '../platform/http/unavailable.ts'
import { askFor, type Job } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import type { BatchSettings, Stages } from './batch.ts'
import { applyChanges } from './commands-change.ts'
import { DigestPayload, digestJob } from './digest-job.ts'
import { makeBatch } from './commands-batch.ts'
import { fillNewThreads } from './commands-presences.ts'
import { queueOf } from './ingest.ts'
import { hasMetThreads } from './store-names.ts'
import { fillPresences } from './store-threads.ts'
import { countFailure, dropQueued, takeQueued, type QueuedArrival } from './store.ts'
import { countThrough } from './store-imports.ts'
import { storePassing } from './store-passing.ts'

export interface DigestOptions {
  readonly platform: Pick<Platform, 'database' | 'clock' | 'log'>
  readonly stages: Stages
  readonly settingsOf: (db: Db, workspaceId: string) => Promise<BatchSettings>
}

const together = 500
const maxTries = 5
/** What cannot be told from our own words on their way is looked at again after this long. */
const lookAgainMs = 1_000
/** Batches between two looks at tables that grew. */
const lookEvery = 8
/** A job gives way after this long, so that other workspaces get their turn. */
const turnMs = 20_000

/** The job that takes arrivals through the loop: recognise, read, decide, one transaction for each batch. */
export function createDigestJob(options: DigestOptions): Job<DigestPayload> {
  return { ...digestJob, payload: DigestPayload, run: ({ workspaceId }) => digest(options, workspaceId) }
}

async function digest(options: DigestOptions, workspaceId: string): Promise<void> {
  const { database, clock } = options.platform
  const scope = systemScope(workspaceId)
  const end = clock.now() + turnMs
  for (let turn = 0; ; turn += 1) {
    if (turn % lookEvery === 0) await analyzeGrown(database)
    const done = await digestSome(options, scope)
    if (done < together) return
    if (clock.now() < end) continue
    await inScope(database, scope, (db) => askFor(db, digestJob, { workspaceId }, queueOf(workspaceId)))
    return
  }
}

/** Takes one batch; where that fails, its arrivals one by one, so that a poisoned one stops no other. */
async function digestSome(options: DigestOptions, scope: Scope): Promise<number> {
  try {
    return await digestBatch(options, scope, together)
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    options.platform.log.warn({ error }, 'a batch failed, its arrivals are taken one by one')
    return digestSingly(options, scope)
  }
}

async function digestBatch(options: DigestOptions, scope: Scope, limit: number): Promise<number> {
  return inScope(options.platform.database, scope, async (db) => {
    const arrivals = await takeQueued(db, scope.workspaceId, limit)
    return digestTaken(options, db, scope.workspaceId, arrivals)
  })
}

async function digestSingly(options: DigestOptions, scope: Scope): Promise<number> {
  const { database, clock, log } = options.platform
  const { workspaceId } = scope
  const waiting = await inScope(database, scope, (db) => takeQueued(db, workspaceId, together))
  for (const arrival of waiting) {
    try {
      await inScope(database, scope, (db) => digestTaken(options, db, workspaceId, [arrival]))
    } catch (error) {
      if (isDatabaseAway(error)) throw error
      log.error({ error, arrival: arrival.id, tries: arrival.tries + 1 }, 'an arrival failed')
      const reason = error instanceof Error ? error.message.slice(0, 1000) : 'unknown'
      const failed = { arrival, reason, maxTries, now: new Date(clock.now()) }
      await inScope(database, scope, async (db) => {
        const isOut = await countFailure(db, workspaceId, failed)
        if (isOut) await countImported(db, workspaceId, [arrival], failed.now)
      })
    }
  }
  return together
}

/** Takes what is new through the loop; answers with how many are through. */
async function digestTaken(
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
  if (arrivals.length === 0 && !(await hasMetThreads(db, workspaceId))) return
  const { stages } = options
  const settings = await options.settingsOf(db, workspaceId)
  const batch = await makeBatch({ db, workspaceId, now, settings, arrivals })
  await stages.recognise(batch)
  await stages.read(batch)
  await stages.decide(batch)
  await stages.openCases(batch)
  fillNewThreads(batch)
  await storePassing(batch)
  const filled = await fillPresences(db, workspaceId, [...batch.storedThreadIds])
  for (const id of filled) batch.changed.engagementIds.add(id)
  await applyChanges(batch)
  await stages.follow(batch)
  await dropQueued(db, workspaceId, arrivals)
  await countImported(db, workspaceId, arrivals, now)
  await tellAll(batch.db, workspaceId, batch.changed, batch.passing.length)
}

async function countImported(
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
