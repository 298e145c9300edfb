import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '../../server/platform/postgres/embedded.ts'
import type { EmbeddedPostgres } from '../../server/platform/postgres/embedded.ts'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import { openPushing, storedNames, waitUntilTold, type Pushing } from './pushing.ts'

const awayMs = Number(process.env['FAULT_AWAY_MS'] ?? 5_000)
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

let folder: string
let postgres: EmbeddedPostgres
let server: ServerProcess
let pushing: Pushing

/** A PostgreSQL that only this test stops and starts, as an operator would. */
const startPostgres = () =>
  startEmbeddedPostgres({ dataDir: join(folder, 'database'), role: 'command', log: quiet })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'horseshoe-pushes-away-'))
  pushing = await openPushing()
  postgres = await startPostgres()
  server = await startServerProcess({
    DATABASE_URL: postgres.ownerUrl,
    HORSESHOE_DATA: join(folder, 'data'),
    LOG_LEVEL: 'silent',
    TRUSTED_HOSTS: pushing.trusted,
  })
  await pushing.connect(server)
}, 180_000)
afterAll(async () => {
  await pushing.close()
  await server.stop()
  await postgres.stop()
  await stopEmbeddedPostgres(join(folder, 'database'))
  await rm(folder, { recursive: true, force: true })
}, 60_000)

test(
  'while the database is away a push is answered with 503 and when to try again; the network does, and nothing is lost',
  async () => {
    const customers = pushing.keepSaying(20)
    await sleep(1_500)
    const stoppingAt = Date.now()
    await postgres.stop()
    await sleep(awayMs)
    postgres = await startPostgres()
    const backAt = Date.now()
    await sleep(3_000)
    await customers.stop()

    const { answers } = pushing
    expect(answers.some(({ at, status }) => at < stoppingAt && status === 200)).toBe(true)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]))
    const refused = answers.filter(({ status }) => status === 503)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.every(({ retryAfter }) => Number(retryAfter) >= 1)).toBe(true)
    const owner = new pg.Client({ connectionString: postgres.ownerUrl })
    await owner.connect()
    try {
      await waitUntilTold(owner, pushing.said)
      expect(await storedNames(owner)).toEqual(pushing.said.toSorted())
    } finally {
      await owner.end()
    }
    expect(answers.some(({ at, status }) => at > backAt && status === 200)).toBe(true)
  },
  awayMs + 150_000,
)
