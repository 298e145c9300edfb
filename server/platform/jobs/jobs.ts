import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LogFunctionFactory, Runner, TaskList, WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import type { z } from 'zod'
import type { Db } from '../db/scope.ts'
import { isDatabaseAway } from '../http/unavailable.ts'
import type { Log } from '../log.ts'
import { openLiveWorkers, type LiveWorkers } from './live-workers.ts'

/** One kind of background work. Handlers are idempotent: a job may run again after a crash. */
export interface Job<Payload> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /** How often it is tried in all; the library waits exp(tries) seconds in between. */
  readonly tries: number
  /** `stopping` says that the program ends soon: what takes long asks for itself again and gives way. */
  readonly run: (payload: Payload, stopping?: AbortSignal) => Promise<void>
  /** Cron pattern (UTC) for work that comes by itself; the payload is then `{}`. */
  readonly cron?: string
}

/** A job as the runner takes it: the payload is checked before it runs. */
export type RunnableJob = Job<unknown>

export function runnable<Payload>(job: Job<Payload>): RunnableJob {
  return {
    ...job,
    payload: job.payload,
    run: (payload, stopping) => job.run(job.payload.parse(payload), stopping),
  }
}

export type JobName<Payload> = Pick<Job<Payload>, 'name' | 'tries'>

export interface AskOptions {
  /** Jobs of one queue run one after another. */
  readonly queue?: string
  /** While a job with this key waits, asking again adds none. */
  readonly key?: string
  readonly runAt?: Date
}

/** Asks for work within the caller's transaction: it exists if and only if the change does. */
export async function askFor<Payload extends object>(
  db: Db,
  job: JobName<Payload>,
  payload: Payload,
  options: AskOptions = {},
): Promise<void> {
  await sql`select ask_for_job(${job.name}, ${JSON.stringify(payload)}::json, ${options.queue ?? null},
    ${options.key ?? null}, ${options.runAt ?? null}::timestamptz, ${job.tries})`.execute(db)
}

/** A job as functions of the database ask for it, in the statement that gives it something to do. */
export interface Ask {
  readonly task: string
  readonly payload: object
  readonly queue: string
  readonly key: string
  readonly tries: number
}

export function askOf<Payload extends object>(
  job: JobName<Payload>,
  payload: Payload,
  { queue, key }: { readonly queue: string; readonly key: string },
): Ask {
  return { task: job.name, payload, queue, key, tries: job.tries }
}

export interface JobRunner {
  stop(): Promise<void>
}

/** Between two tries to work again, after the database went away; a little longer each time. */
const firstWaitMs = 250
const longestWaitMs = 5_000

/**
 * Starts workers for these jobs. The library's workers end where the database goes away in the middle of a job; then
 * others are started as soon as it is back. `stop` lets running jobs end.
 */
export async function startJobs(
  pool: Pool,
  jobs: readonly RunnableJob[],
  log: Log,
  concurrency = 4,
): Promise<JobRunner> {
  const alive = await openLiveWorkers(pool, log)
  const stopping = new AbortController()
  const begin = (): Promise<Runner> =>
    beginRunner(pool, jobs, { log, alive, concurrency, stopping: stopping.signal })
  let runner = await begin()
  process.on('unhandledRejection', passOver)

  /**
   * Where the database is away as a job ends, the library cannot say so and rejects a promise that nobody holds; the
   * job stays locked. Its workers are ended, and those that follow find the job free.
   */
  function passOver(error: unknown): void {
    if (!isDatabaseAway(error)) throw error
    log.warn({ error }, 'the database went away under a job')
    runner.stop().catch(() => undefined)
  }

  async function beginAgain(): Promise<Runner> {
    await alive.begin()
    return begin()
  }

  async function keepWorking(): Promise<void> {
    while (!stopping.signal.aborted) {
      await runner.promise.catch((error: unknown) => log.warn({ error }, 'the workers failed'))
      for (let wait = firstWaitMs; !stopping.signal.aborted; wait = Math.min(wait * 2, longestWaitMs)) {
        await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined)
        const next = stopping.signal.aborted ? null : await beginAgain().catch(() => null)
        if (next === null) continue
        runner = next
        log.warn('the workers work again')
        break
      }
    }
  }

  const kept = keepWorking()
  return {
    async stop() {
      stopping.abort()
      await runner.stop().catch((error: unknown) => log.warn({ error }, 'the workers were over already'))
      await kept
      await alive.close()
      process.off('unhandledRejection', passOver)
    },
  }
}

interface Surroundings {
  readonly log: Log
  readonly alive: LiveWorkers
  readonly concurrency: number
  readonly stopping: AbortSignal
}

async function beginRunner(
  pool: Pool,
  jobs: readonly RunnableJob[],
  { log, alive, concurrency, stopping }: Surroundings,
): Promise<Runner> {
  // All slices ask for jobs; only those who work load the library.
  const { Logger, parseCrontab, run } = await import('graphile-worker')
  const events: WorkerEvents = new EventEmitter()
  // The library locks a job by the id of the pool that its worker belongs to.
  events.on('pool:create', ({ workerPool }) => {
    alive
      .add(workerPool.id)
      .catch((error: unknown) => log.warn({ error }, 'a worker could not say that it lives'))
  })
  return run({
    pgPool: pool,
    concurrency,
    events,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: new Logger(quietly(log)),
    taskList: taskList(jobs, log, stopping),
    parsedCronItems: parseCrontab(
      jobs.flatMap((job) => (job.cron === undefined ? [] : [`${job.cron} ${job.name}`])).join('\n'),
    ),
  })
}

/** The library's own words are told only where something is wrong. */
function quietly(log: Log): LogFunctionFactory {
  return () => (level, message) => {
    if (`${level}` === 'error' || `${level}` === 'warning') log.warn({ message }, 'the job library says')
  }
}

function taskList(jobs: readonly RunnableJob[], log: Log, stopping: AbortSignal): TaskList {
  const tasks: TaskList = {}
  for (const job of jobs) {
    tasks[job.name] = async (payload, helpers) => {
      try {
        await job.run(payload, stopping)
      } catch (error) {
        log.error({ job: job.name, attempt: helpers.job.attempts, error }, 'job failed')
        throw error
      }
    }
  }
  return tasks
}
