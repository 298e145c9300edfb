import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { join, resolve } from 'node:path'
import { connectionPartsOf, smtpHosts } from './channels.ts'
import type { Config } from './config.ts'
import { startListening } from './connections/index.ts'
import { openAuth } from './platform/auth/open-auth.ts'
import type { AuthDoor } from './platform/auth/authenticator.ts'
import { systemClock, type Clock } from './platform/clock.ts'
import { openDatabase, type Database } from './platform/db/database.ts'
import { knownMigrations, migrate } from './platform/db/migrate.ts'
import { openEgress } from './platform/egress/egress.ts'
import { LiveHub } from './platform/events/live-hub.ts'
import { openFiles } from './platform/files/files.ts'
import { startJobs, type JobRunner } from './platform/jobs/jobs.ts'
import { countLiveWorkers } from './platform/jobs/live-workers.ts'
import type { Log } from './platform/log.ts'
import type { Platform } from './platform/platform.ts'
import { startEmbeddedPostgres } from './platform/postgres/embedded.ts'
import { askForWaiting } from './waiting-work.ts'
import { databaseSentence, portSentence } from './why-not-started.ts'
import { loadMasterKey, openSecrets } from './platform/secrets/sealed.ts'

export interface StartOptions {
  readonly config: Config
  readonly log: Log
  readonly clock?: Clock
  /** Folder of the built web app. */
  readonly webFolder: string
  /** A command shares the database of a program that runs, and listens to nobody; `works` runs jobs meanwhile. */
  readonly asCommand?: { readonly works: boolean }
}

export interface Horseshoe {
  readonly url: string
  readonly platform: Platform
  readonly auth: AuthDoor
  /** What a worker process of this installation needs to know. */
  readonly databaseUrls: { readonly owner: string; readonly app: string }
  stop(): Promise<void>
}

interface Storage {
  readonly ownerUrl: string
  readonly appUrl: string
  stop(): Promise<void>
}

/** The whole program in one process, by role: web, worker or both. */
export async function startHorseshoe(options: StartOptions): Promise<Horseshoe> {
  const { config, log } = options
  const storage = await openStorage(config, log, options.asCommand === undefined ? 'server' : 'command')
  const onError = (error: Error): void => log.warn({ error }, 'a database connection was lost')
  const database = openDatabase({ ownerUrl: storage.ownerUrl, appUrl: storage.appUrl, onError })
  const closing: (() => Promise<void>)[] = [() => storage.stop(), () => database.close()]
  try {
    const isWeb = options.asCommand === undefined && config.role !== 'worker'
    const works = options.asCommand?.works ?? config.role !== 'web'
    const server = isWeb ? await listen(config) : undefined
    if (server !== undefined) closing.push(() => closeServer(server))
    const url = config.publicUrl ?? addressOf(server, config)
    const { platform, auth } = makePlatform(options, database, storage, url)
    if (isWeb) await platform.live.open()
    closing.push(() => platform.live.close())
    const jobs = works ? await startLoop(platform) : undefined
    if (jobs !== undefined) closing.push(() => jobs.stop())
    if (jobs !== undefined) await askForWaiting(platform)
    const listens = works && options.asCommand === undefined
    const listener = listens ? startListening(connectionPartsOf(platform)) : undefined
    if (listener !== undefined) closing.push(() => listener.stop())
    if (server !== undefined) await serve(server, options, { platform, auth, database })
    const databaseUrls = { owner: storage.ownerUrl, app: storage.appUrl }
    return { url, platform, auth, databaseUrls, stop: () => closeAll(closing, log) }
  } catch (error) {
    await closeAll(closing, log)
    throw error
  }
}

async function openStorage(config: Config, log: Log, role: 'server' | 'command'): Promise<Storage> {
  if (config.databaseUrl !== undefined) {
    const { databaseUrl: ownerUrl } = config
    const { appUrl } = await migrate(ownerUrl, config.databaseAppUrl).catch((cause: unknown) => {
      throw new Error(databaseSentence(cause, ownerUrl), { cause })
    })
    return { ownerUrl, appUrl, stop: async () => {} }
  }
  const postgres = await startEmbeddedPostgres({
    dataDir: resolve(config.dataFolder),
    log,
    role,
    ...(config.postgresPort === undefined ? {} : { port: config.postgresPort }),
    ...(config.postgresUser === undefined ? {} : { user: config.postgresUser }),
  })
  const { appUrl } = await migrate(postgres.ownerUrl)
  return { ownerUrl: postgres.ownerUrl, appUrl, stop: () => postgres.stop() }
}

function makePlatform(
  { config, log, clock = systemClock }: StartOptions,
  database: Database,
  storage: Storage,
  publicUrl: string,
): { readonly platform: Platform; readonly auth: AuthDoor } {
  const dataFolder = resolve(config.dataFolder)
  const secrets = openSecrets(loadMasterKey(config.keyFile ?? join(dataFolder, 'secret.key')))
  const auth = openAuth({ database, secrets, config, publicUrl, clock, log })
  const live = new LiveHub(database, storage.ownerUrl, log)
  const files = openFiles(join(dataFolder, 'files'))
  const { smtp, maxUploadBytes } = config
  const egress = openEgress({ trusted: [...config.trustedHosts, ...smtpHosts(smtp)] })
  return {
    auth,
    platform: { clock, log, database, live, secrets, files, auth, egress, publicUrl, smtp, maxUploadBytes },
  }
}

/** Until the app stands, whoever asks hears that it is being started, and does not wait for ever. */
function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  const isAlive = request.url === '/healthz'
  const body = isAlive ? { alive: true } : { ready: false, starting: true }
  response.writeHead(isAlive ? 200 : 503, { 'Content-Type': 'application/json', 'Retry-After': '2' })
  response.end(JSON.stringify(body))
}

/** Slow senders are cut off: all three limits are needed for that. */
const timeouts = {
  requestTimeout: 120_000,
  headersTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 20_000,
}

async function listen(config: Config): Promise<Server> {
  const server = createServer(timeouts, answerStarting)
  await new Promise<void>((done, fail) => {
    server.once('error', (cause) => fail(new Error(portSentence(cause, config.host, config.port), { cause })))
    server.listen(config.port, config.host, done)
  })
  return server
}

function addressOf(server: Server | undefined, config: Config): string {
  const address = server?.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const host =
    config.host === '127.0.0.1' || config.host === '0.0.0.0' || config.host === '::'
      ? 'localhost'
      : config.host
  return `http://${host}:${port}`
}

interface Running {
  readonly platform: Platform
  readonly auth: AuthDoor
  readonly database: Database
}

/** Only a process that works loads the loop, with the words and weights of the reader. */
async function startLoop(platform: Platform): Promise<JobRunner> {
  const { loopJobs } = await import('./loop.ts')
  return startJobs(platform.database.ownerPool, loopJobs(platform), platform.log)
}

async function serve(server: Server, options: StartOptions, running: Running): Promise<void> {
  const { platform, auth, database } = running
  const { createApp } = await import('./app.ts')
  const app = createApp({
    platform,
    auth,
    webFolder: options.webFolder,
    trustedProxies: options.config.trustedProxies,
    readiness: () => readiness(database),
  })
  const adaptor = createAdaptorServer({ fetch: app.fetch })
  server.off('request', answerStarting)
  server.on('request', (request, response) => void adaptor.emit('request', request, response))
}

/** Without a worker what comes in is still kept, so it is said and does not make the server unready. */
async function readiness(database: Database) {
  try {
    const done = await database.ownerPool.query<{ name: string }>('select name from migrations')
    const known = await knownMigrations()
    const isCurrent = known.every((name) => done.rows.some((row) => row.name === name))
    const detail = {
      database: 'reachable',
      migrations: isCurrent ? 'current' : 'behind',
      workers: (await countLiveWorkers(database.ownerPool)) > 0 ? 'running' : 'none',
    }
    return { isReady: isCurrent, detail }
  } catch {
    return { isReady: false, detail: { database: 'away', migrations: 'unknown', workers: 'unknown' } }
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  const force = setTimeout(() => server.closeAllConnections(), 3_000)
  await closed
  clearTimeout(force)
}

/** Closes in the opposite order of opening; one that fails does not keep the others open. */
async function closeAll(closing: (() => Promise<void>)[], log: Log): Promise<void> {
  for (const close of closing.splice(0).toReversed()) {
    try {
      await close()
    } catch (error) {
      log.warn({ error }, 'something did not close cleanly')
    }
  }
}
