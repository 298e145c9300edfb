import { EventEmitter } from 'node:events'
import { Logger, parseCrontab, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import type { z } from 'zod'
import type { Db } from '../db/scope.ts'
import type { Log } from '../log.ts'
import { openLiveWorkers } from './live-workers.ts'

/** One kind of background work. Handlers are idempotent: a job may run again after a crash. */
export interface Job<Payload> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /** How often it is tried in all; the library waits exp(tries) seconds in between. */
  readonly tries: number
  readonly run: (payload: Payload) => Promise<void>
  /** Cron pattern (UTC) for work that comes by itself; the payload is then `{}`. */
  readonly cron?: string
}

/** A job as the runner takes it: the payload is checked before it runs. */
export type RunnableJob = Job<unknown>

export function runnable<Payload>(job: Job<Payload>): RunnableJob {
  return { ...job, payload: job.payload, run: (payload) => job.run(job.payload.parse(payload)) }
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

export interface JobRunner {
  stop(): Promise<void>
}

/** Starts workers for these jobs. `stop` lets running ones end. */
export async function startJobs(
  pool: Pool,
  jobs: readonly RunnableJob[],
  log: Log,
  concurrency = 4,
): Promise<JobRunner> {
  const alive = await openLiveWorkers(pool, log)
  const events: WorkerEvents = new EventEmitter()
  // The library locks a job by the id of the pool that its worker belongs to.
  events.on('pool:create', ({ workerPool }) => {
    alive
      .add(workerPool.id)
      .catch((error: unknown) => log.warn({ error }, 'a worker could not say that it lives'))
  })
  const runner: Runner = await run({
    pgPool: pool,
    concurrency,
    events,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: quietLogger(log),
    taskList: taskList(jobs, log),
    parsedCronItems: parseCrontab(
      jobs.flatMap((job) => (job.cron === undefined ? [] : [`${job.cron} ${job.name}`])).join('\n'),
    ),
  })
  return {
    async stop() {
      await runner.stop()
      await alive.close()
    },
  }
}

/** The library's own words are told only where something is wrong. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (`${level}` === 'error' || `${level}` === 'warning') log.warn({ message }, 'the job library says')
  })
}

function taskList(jobs: readonly RunnableJob[], log: Log): TaskList {
  const tasks: TaskList = {}
  for (const job of jobs) {
    tasks[job.name] = async (payload, helpers) => {
      try {
        await job.run(payload)
      } catch (error) {
        log.error({ job: job.name, attempt: helpers.job.attempts, error }, 'job failed')
        throw error
      }
    }
  }
  return tasks
}
