import { setTimeout as sleep } from 'node:timers/promises'
import { analyzeGrown } from '../platform/db/analyze-grown.ts'
import { inScope, systemScope, type Scope } from '../platform/db/scope.ts'
import { isDatabaseAway } from '../platform/http/unavailable.ts'
import { askFor, type Job } from '../platform/jobs/jobs.ts'
import { countImported, digestTaken, type DigestOptions } from './commands-digest.ts'
import { DigestPayload, digestJob } from './digest-job.ts'
import { queueOf } from './ingest.ts'
import { countFailure, holdQueued, nextQueued, type QueueKey, type QueuedArrival } from './store-queue.ts'

const together = 1_000
const maxTries = 5
/** Batches between two looks at tables that grew. */
const lookEvery = 4
/** A job gives way after this long, so that other workspaces get their turn. */
const turnMs = 20_000
/** What trickles in is gathered this long: a batch of one costs as many statements as one of hundreds. */
const gatherMs = 250
const trickle = 200

type Line = readonly QueuedArrival[]

/** The job that takes arrivals through the loop: recognise, read, decide, one transaction for each batch. */
export function createDigestJob(options: DigestOptions): Job<DigestPayload> {
  return {
    ...digestJob,
    payload: DigestPayload,
    run: ({ workspaceId }, stopping) => digest(options, systemScope(workspaceId), stopping),
  }
}

async function digest(options: DigestOptions, scope: Scope, stopping?: AbortSignal): Promise<void> {
  const { database, clock } = options.platform
  const { workspaceId } = scope
  const end = clock.now() + turnMs
  let line = await lookAhead(options, scope, null)
  for (let turn = 0; turn === 0 || line.length > 0; turn += 1) {
    const [{ through, behind }] = await Promise.all([
      digestAndLook(options, scope, line),
      turn % lookEvery === 0 ? analyzeGrown(database) : null,
    ])
    if (through === 0) return
    const isTrickle = line.length < trickle && behind.length > 0 && behind.length < trickle
    if (isTrickle) await sleep(gatherMs)
    line = isTrickle ? await lookAhead(options, scope, null) : behind
    if (line.length === 0 || (stopping?.aborted !== true && clock.now() < end)) continue
    await inScope(database, scope, (db) => askFor(db, digestJob, { workspaceId }, queueOf(workspaceId)))
    return
  }
}

/** What waits behind `last`, or from the beginning, with its words read. */
async function lookAhead(options: DigestOptions, scope: Scope, last: QueueKey | null): Promise<Line> {
  const next = await inScope(options.platform.database, scope, (db) =>
    nextQueued(db, scope.workspaceId, { behind: last, limit: together }),
  )
  await options.stages.readAhead(next.map((arrival) => arrival.input))
  return next
}

/** While a batch is stored, the words behind it are read: PostgreSQL and this process work at the same time. */
async function digestAndLook(
  options: DigestOptions,
  scope: Scope,
  line: Line,
): Promise<{ readonly through: number; readonly behind: Line }> {
  const last = line.length < together ? null : (line.at(-1) ?? null)
  const [{ through, isWhole }, ahead] = await Promise.all([
    digestSome(options, scope, line),
    last === null ? null : lookAhead(options, scope, last),
  ])
  // Those that failed stand at the beginning again.
  const behind = isWhole && ahead !== null ? ahead : await lookAhead(options, scope, null)
  return { through, behind }
}

interface Done {
  readonly through: number
  readonly isWhole: boolean
}

/** Takes one batch; where that fails, its arrivals one by one, so that a poisoned one stops no other. */
async function digestSome(options: DigestOptions, scope: Scope, line: Line): Promise<Done> {
  try {
    return { through: await digestBatch(options, scope, line), isWhole: true }
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    options.platform.log.warn({ error }, 'a batch failed, its arrivals are taken one by one')
    await digestSingly(options, scope, line)
    return { through: line.length, isWhole: false }
  }
}

/** Only what still waits is taken: another worker may have been quicker. */
async function digestBatch(options: DigestOptions, scope: Scope, line: Line): Promise<number> {
  return inScope(options.platform.database, scope, async (db) => {
    const held = await holdQueued(db, scope.workspaceId, line)
    const taken = line.filter((arrival) => held.has(arrival.id))
    return digestTaken(options, db, scope.workspaceId, taken)
  })
}

async function digestSingly(options: DigestOptions, scope: Scope, line: Line): Promise<void> {
  const { database, clock, log } = options.platform
  const { workspaceId } = scope
  for (const arrival of line) {
    try {
      await digestBatch(options, scope, [arrival])
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
}
