import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import { openPushing, storedNames, waitUntilTold, type Pushing } from './pushing.ts'
import { faultRounds, killProcess } from './rounds.ts'

let database: TestDatabase
let folder: string
let server: ServerProcess
let pushing: Pushing
let owner: pg.Client

const start = () =>
  startServerProcess({
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    HORSESHOE_DATA: folder,
    TRUSTED_HOSTS: pushing.trusted,
  })

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'horseshoe-pushes-'))
  pushing = await openPushing()
  server = await start()
  await pushing.connect(server)
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
}, 120_000)
afterAll(async () => {
  await pushing.close()
  await server.stop()
  await owner.end()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

async function count(sql: string): Promise<number> {
  return Number((await owner.query<{ n: string }>(sql)).rows[0]?.n)
}

/** So many more pushes were kept. */
async function untilKept(target: number): Promise<void> {
  while ((await count('select count(*) as n from raw_events')) < target) await sleep(10)
}

test(
  'a push that was acknowledged is read after a kill -9 between keeping and reading, once',
  async () => {
    let lastSeenWaiting = 0
    for (let round = 0; round < faultRounds; round += 1) {
      // Nobody reads for a second: what comes now is kept and not understood when the whole program dies.
      const worker = await server.workerPid()
      if (worker !== undefined) killProcess(worker)
      const before = await count('select count(*) as n from raw_events')
      await pushing.say(30)
      await untilKept(before + 20)
      lastSeenWaiting += await count('select count(*) as n from raw_queue')
      await server.kill()
      server = await start()
      pushing.to(server)
    }
    expect(lastSeenWaiting).toBeGreaterThanOrEqual(faultRounds)
    await waitUntilTold(owner, pushing.said)
    expect(await storedNames(owner)).toEqual(pushing.said.toSorted())
  },
  60_000 + faultRounds * 30_000,
)

test(
  'pushes that come while the program is killed again and again are there once in the end',
  async () => {
    const customers = pushing.keepSaying(5)
    for (let round = 0; round < faultRounds; round += 1) {
      await sleep(300 + ((round * 137) % 500))
      const worker = await server.workerPid()
      if (round % 3 !== 0 && worker !== undefined) killProcess(worker)
      if (round % 3 === 1) continue
      await server.kill()
      server = await start()
      pushing.to(server)
    }
    await customers.stop()
    await waitUntilTold(owner, pushing.said)
    expect(await storedNames(owner)).toEqual(pushing.said.toSorted())
    const twice = await owner.query(`
      select 1 from cases group by thread_id, person_id having count(*) > 1
      union all select 1 from raw_quarantine union all select 1 from quarantine`)
    expect(twice.rowCount).toBe(0)
  },
  60_000 + faultRounds * 30_000,
)
