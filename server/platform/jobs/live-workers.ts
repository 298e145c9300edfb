import type { Pool, PoolClient } from 'pg'
import type { Log } from '../log.ts'

/** Names the advisory locks of workers among all others. */
const lockClass = 4_747
const lookMs = 15_000

export interface LiveWorkers {
  /** Says that this worker lives, for as long as this process and its connection do. */
  add(workerId: string): Promise<void>
  /** Says that those of this process so far are gone: their jobs are set free. */
  begin(): Promise<void>
  close(): Promise<void>
}

/**
 * A killed worker leaves its jobs locked, for hours by the job library's rule. Each living one holds an advisory lock
 * on its id; where a job is locked by an id that nobody holds, its worker is gone and the job is set free.
 */
export async function openLiveWorkers(pool: Pool, log: Log): Promise<LiveWorkers> {
  const own = new Set<string>()
  let client: PoolClient | undefined
  let isClosed = false
  // A connection answers one question after the other.
  const inTurn = createTurns()

  async function connection(): Promise<PoolClient> {
    if (client !== undefined) return client
    const fresh = await pool.connect()
    fresh.on('error', () => (client = undefined))
    for (const id of own)
      await fresh.query('select pg_advisory_lock_shared($1, hashtext($2))', [lockClass, id])
    client = fresh
    return fresh
  }

  async function look(): Promise<void> {
    const held = await connection()
    const found = await held.query<{ id: string }>(
      'select distinct locked_by as id from graphile_worker.jobs where locked_by is not null',
    )
    const dead: string[] = []
    for (const { id } of found.rows) if (!own.has(id) && (await isNobodys(held, id))) dead.push(id)
    if (dead.length === 0) return
    await held.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
    log.warn({ workers: dead.length }, 'jobs of workers that are gone were set free')
  }

  async function lookSafely(): Promise<void> {
    try {
      if (!isClosed) await inTurn(look)
    } catch (error) {
      client?.release(true)
      client = undefined
      log.warn({ error }, 'could not look for workers that are gone')
    }
  }

  await inTurn(look)
  const timer = setInterval(() => void lookSafely(), lookMs)
  return {
    async add(workerId) {
      await inTurn(async () => {
        const held = await connection()
        own.add(workerId)
        await held.query('select pg_advisory_lock_shared($1, hashtext($2))', [lockClass, workerId])
      })
    },
    begin() {
      return inTurn(async () => {
        own.clear()
        client?.release(true)
        client = undefined
        await look()
      })
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      client?.release(true)
    },
  }
}

/** How many worker processes live now, wherever they run. */
export async function countLiveWorkers(pool: Pool): Promise<number> {
  const found = await pool.query<{ live: number }>(
    `select count(distinct pid)::int as live from pg_locks where locktype = 'advisory' and classid = $1 and granted
      and database = (select oid from pg_database where datname = current_database())`,
    [lockClass],
  )
  return found.rows[0]?.live ?? 0
}

/** Runs what it is given one after another, in the order of the asking. */
function createTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let line: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = line.then(work)
    line = done.catch(() => undefined)
    return done
  }
}

async function isNobodys(client: PoolClient, id: string): Promise<boolean> {
  const got = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as got', [
    lockClass,
    id,
  ])
  if (got.rows[0]?.got !== true) return false
  await client.query('select pg_advisory_unlock($1, hashtext($2))', [lockClass, id])
  return true
}
