import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openAccount, startServerProcess, type Account, type ServerProcess } from '../server-process.ts'
import { faultRounds, killProcess, waitUntilDecided } from './rounds.ts'
import { startSenders, type Sent } from './senders.ts'

let database: TestDatabase
let folder: string
let server: ServerProcess
let account: Account
let owner: pg.Client

const start = () =>
  startServerProcess({
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    HORSESHOE_DATA: folder,
  })

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'horseshoe-killed-'))
  server = await start()
  account = await openAccount(server, 'Faults')
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await server.stop()
  await owner.end()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Web process, worker, both in turn. */
async function killSome(round: number): Promise<void> {
  const worker = await server.workerPid()
  if (round % 3 !== 0 && worker !== undefined) killProcess(worker)
  if (round % 3 !== 1) await server.kill()
}

test(
  'every engagement that was acknowledged before a kill -9 is there exactly once',
  async () => {
    const sent: Sent = { acknowledged: new Map(), unanswered: [] }
    for (let round = 0; round < faultRounds; round++) {
      const senders = startSenders(server, account, sent, `round-${round}`)
      await sleep(400 + ((round * 137) % 500))
      await killSome(round)
      if (server.isRunning) await sleep(300)
      await senders.stop()
      if (!server.isRunning) server = await start()
    }
    expect(sent.acknowledged.size).toBeGreaterThan(faultRounds * 20)
    // What got no answer is sent again, as every sender does: it may be there already, but never twice.
    const again = startSenders(server, account, sent, null)
    await again.done
    expect(sent.unanswered).toEqual([])
    await waitUntilDecided(owner)

    const arrivals = await owner.query<{ id: string; key: string }>(
      `select id, body ->> 'externalId' as key from arrivals`,
    )
    const stored = new Map(arrivals.rows.map((row) => [row.key, row.id]))
    const lost = [...sent.acknowledged].filter(([externalId, id]) => stored.get(externalId) !== id)
    expect(lost).toEqual([])
    expect(arrivals.rowCount).toBe(sent.acknowledged.size)
    const engagements = await owner.query<{ external_id: string }>('select external_id from engagements')
    expect(engagements.rows.map((row) => row.external_id).toSorted()).toEqual(
      [...sent.acknowledged.keys()].toSorted(),
    )
    const twice = await owner.query(`
      select 1 from turns group by id having count(*) > 1
      union all select 1 from cases group by thread_id, person_id having count(*) > 1
      union all select 1 from quarantine`)
    expect(twice.rowCount).toBe(0)
  },
  60_000 + faultRounds * 30_000,
)
