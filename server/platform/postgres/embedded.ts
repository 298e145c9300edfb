import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Account } from './account.ts'
import { accountFor } from './account.ts'
import type { Binaries } from './binaries.ts'
import { findBinaries } from './binaries.ts'
import type { Settings } from './cluster.ts'
import { ensureCluster, makeDataFolder, readOrMakePassword, superuser, writeSettings } from './cluster.ts'
import type { Log } from './log.ts'
import type { Postmaster } from './postmaster.ts'
import { randomPort, readPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts'
import { EmbeddedPostgresRefused, errorCode } from './refusal.ts'
import type { Role } from './users.ts'
import { isPidAlive, liveUsers, registerUser, withStartLock } from './users.ts'

export interface EmbeddedPostgresOptions {
  /** Horseshoe's data folder; PostgreSQL lives in `postgres/` below it. */
  readonly dataDir: string
  readonly log: Log
  /** Default: the port of last time. Where it is taken, a free one is chosen. */
  readonly port?: number
  /** A second server on the folder is refused; commands share the PostgreSQL that runs. Default: server. */
  readonly role?: Role
  /** The account for PostgreSQL when we are root; default nobody. */
  readonly user?: string
  /** PostgreSQL settings over our own. */
  readonly settings?: Settings
}

export interface EmbeddedPostgres {
  /** The superuser's connection string to the database `horseshoe`; it stays the same while we run. */
  readonly ownerUrl: string
  /** The process that serves now; another one after a crash. */
  readonly pid: number
  /** Stops PostgreSQL, unless another Horseshoe process still uses it. */
  stop(): Promise<void>
}

interface Place {
  readonly dataDir: string
  readonly cluster: string
  readonly binaries: Binaries
  readonly password: string
  readonly account: Account | undefined
  readonly settings: Settings
  readonly log: Log
}

interface Running {
  readonly pid: number
  readonly port: number
}

/** Once a connection string has been handed out, a restart keeps to its port. */
type PortChoice = 'any port' | 'this port'

const database = 'horseshoe'
const adoptLimitMs = 15_000
const checkEveryMs = 250
const oldProcessesLimitMs = 15_000

/**
 * Starts the PostgreSQL of a data folder, or adopts the one that outlived us, and keeps it
 * running until `stop`. Throws EmbeddedPostgresRefused with a sentence for people.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = await preparePlace(options)
  const { userFile, first } = await withStartLock(place.dataDir, async () => {
    const file = await registerUser(place.dataDir, options.role ?? 'server')
    try {
      const running = await ensureRunning(place, await choosePort(place, options.port), 'any port')
      await ensureDatabase(place, running.port)
      return { userFile: file, first: running }
    } catch (error) {
      await rm(file, { force: true })
      throw error
    }
  })
  return supervise(place, first, userFile)
}

async function preparePlace(options: EmbeddedPostgresOptions): Promise<Place> {
  const dataDir = resolve(options.dataDir)
  const cluster = join(dataDir, 'postgres')
  const account = await accountFor(cluster, options.user)
  await makeDataFolder(dataDir, account)
  const binaries = await findBinaries(dataDir, account)
  const password = await withStartLock(dataDir, () => readOrMakePassword(dataDir))
  return { dataDir, cluster, binaries, password, account, settings: options.settings ?? {}, log: options.log }
}

async function choosePort(place: Place, wanted?: number): Promise<number> {
  const recorded = Number(await readFile(join(place.dataDir, 'postgres-port'), 'utf8').catch(() => ''))
  return wanted ?? (recorded > 0 ? recorded : randomPort())
}

/** Call under the start lock. */
async function ensureRunning(place: Place, port: number, choice: PortChoice): Promise<Running> {
  const adopted = await adopt(place)
  if (adopted) return adopted
  const made = await ensureCluster(place.cluster, place.binaries, place.password, place.account)
  await writeSettings(place.cluster, place.settings, place.account)
  const running = await start(place, port, choice)
  await writeFile(join(place.dataDir, 'postgres-port'), String(running.port), { mode: 0o600 })
  place.log.info(
    { ...running, version: place.binaries.version, cluster: made },
    'embedded PostgreSQL started',
  )
  return running
}

/** A postmaster survives the kill of its Horseshoe; it is ours when it takes our password. */
async function adopt(place: Place): Promise<Running | undefined> {
  const deadline = Date.now() + adoptLimitMs
  for (;;) {
    const found = await readPostmaster(place.cluster)
    if (!found || !isPidAlive(found.pid)) return undefined
    const answer = found.port > 0 ? await ask(place, found.port) : 'silent'
    if (answer === 'ours') {
      place.log.info({ pid: found.pid, port: found.port }, 'embedded PostgreSQL adopted')
      return found
    }
    if (answer === 'silent' && !(await mayBePostgres(found))) return undefined
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresRefused(
        `A PostgreSQL (process ${found.pid}) holds ${place.cluster} but does not answer. Stop it and start again.`,
      )
    }
    await sleep(25)
  }
}

/** After a crash of the machine the recorded number may belong to any other process. */
async function mayBePostgres(found: Postmaster): Promise<boolean> {
  if (process.platform !== 'linux') return true
  return (await readFile(`/proc/${found.pid}/comm`, 'utf8').catch(() => '')).startsWith('postgres')
}

async function ask(place: Place, port: number): Promise<'ours' | 'silent'> {
  try {
    await query(urlOf(place, port, 'postgres'), 'select 1')
    return 'ours'
  } catch {
    return 'silent'
  }
}

async function start(place: Place, firstPort: number, choice: PortChoice): Promise<Running> {
  let port = firstPort
  for (const deadline = Date.now() + oldProcessesLimitMs; ;) {
    const result = await startPostmaster({ ...place, port })
    if (result.kind === 'ready') return { pid: result.pid, port }
    if (result.reason === 'other' || Date.now() > deadline) {
      throw new EmbeddedPostgresRefused(`PostgreSQL did not start in ${place.cluster}: ${result.output}`)
    }
    if (result.reason === 'port taken' && choice === 'any port') port = randomPort()
    else await sleep(200)
  }
}

async function ensureDatabase(place: Place, port: number): Promise<void> {
  try {
    await query(urlOf(place, port, database), 'select 1')
  } catch (error) {
    if (errorCode(error) !== '3D000') throw error
    await query(urlOf(place, port, 'postgres'), `create database ${database}`)
  }
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(sql)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function urlOf(place: Place, port: number, name: string): string {
  return `postgresql://${superuser}:${place.password}@127.0.0.1:${port}/${name}`
}

/** Starts PostgreSQL again, on the same port, whenever it is gone without having been stopped. */
function supervise(place: Place, first: Running, userFile: string): EmbeddedPostgres {
  let running = first
  let isStopping = false
  let recovery: Promise<void> | undefined
  const recover = async (): Promise<void> => {
    place.log.warn({ pid: running.pid }, 'embedded PostgreSQL is gone; starting it again')
    for (let wait = 100; !isStopping; wait = Math.min(wait * 2, 5000)) {
      try {
        running = await withStartLock(place.dataDir, () => ensureRunning(place, first.port, 'this port'))
        return
      } catch (error) {
        place.log.error({ error: String(error) }, 'embedded PostgreSQL could not be started again')
        await sleep(wait)
      }
    }
  }
  const timer = setInterval(() => {
    if (isStopping || recovery || isPidAlive(running.pid)) return
    recovery = recover().finally(() => {
      recovery = undefined
    })
  }, checkEveryMs)
  timer.unref()
  const stop = async (): Promise<void> => {
    if (isStopping) return
    isStopping = true
    clearInterval(timer)
    await recovery
    await withStartLock(place.dataDir, () => leave(place, userFile))
  }
  return {
    ownerUrl: urlOf(place, first.port, database),
    get pid() {
      return running.pid
    },
    stop,
  }
}

/** The last to leave stops PostgreSQL. */
async function leave(place: Place, userFile: string): Promise<void> {
  await rm(userFile, { force: true })
  if ((await liveUsers(place.dataDir)).length > 0) return
  await stopPostmaster(place.cluster, place.binaries)
  place.log.info({}, 'embedded PostgreSQL stopped')
}

/** Stops the PostgreSQL of a data folder, whoever uses it. Nothing happens when none runs. */
export async function stopEmbeddedPostgres(dataDir: string): Promise<void> {
  const cluster = join(resolve(dataDir), 'postgres')
  await stopPostmaster(cluster, await findBinaries(dataDir, await accountFor(cluster)))
}
