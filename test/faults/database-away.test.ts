import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '../../server/platform/postgres/embedded.ts'
import type { EmbeddedPostgres } from '../../server/platform/postgres/embedded.ts'
import { openAccount, startServerProcess, type Account, type ServerProcess } from '../server-process.ts'
import { waitUntilDecided } from './rounds.ts'

const awayMs = Number(process.env['FAULT_AWAY_MS'] ?? 10_000)
const everyMs = 20
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

let folder: string
let postgres: EmbeddedPostgres
let server: ServerProcess
let account: Account

/** A PostgreSQL that only this test stops and starts, as an operator would. */
const startPostgres = () =>
  startEmbeddedPostgres({ dataDir: join(folder, 'database'), role: 'command', log: quiet })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'horseshoe-away-'))
  postgres = await startPostgres()
  server = await startServerProcess({
    DATABASE_URL: postgres.ownerUrl,
    HORSESHOE_DATA: join(folder, 'data'),
    LOG_LEVEL: 'silent',
  })
  account = await openAccount(server, 'Faults')
}, 180_000)
afterAll(async () => {
  await server.stop()
  await postgres.stop()
  await stopEmbeddedPostgres(join(folder, 'database'))
  await rm(folder, { recursive: true, force: true })
}, 60_000)

interface Answer {
  readonly sentAt: number
  readonly answeredAt: number
  readonly status: number
  readonly retryAfter: string | null
  readonly id: string | undefined
}

async function send(index: number): Promise<Answer> {
  const sentAt = Date.now()
  const item = {
    source: 'twitter',
    externalId: `word-${index}`,
    direction: 'in',
    author: { externalId: `person-${index % 50}` },
    presence: 'acme',
    text: 'Where is my parcel?',
    publishedAt: new Date(sentAt).toISOString(),
  }
  const response = await fetch(`${server.url}/api/v1/engagements`, {
    method: 'POST',
    headers: { authorization: `Bearer ${account.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ engagements: [item] }),
    signal: AbortSignal.timeout(30_000),
  })
  const body = (await response.json()) as { results?: readonly { readonly id: string }[] }
  return {
    sentAt,
    answeredAt: Date.now(),
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    id: response.status === 200 ? body.results?.[0]?.id : undefined,
  }
}

/** Sends at a steady pace, answered or not, until stopped. */
function startLoad(): { stop(): Promise<readonly Answer[]> } {
  const running: Promise<Answer>[] = []
  const timer = setInterval(() => running.push(send(running.length)), everyMs)
  return {
    stop() {
      clearInterval(timer)
      return Promise.all(running)
    },
  }
}

/** The worker is up and in the middle of its work. */
async function untilFirstDecided(): Promise<void> {
  const owner = new pg.Client({ connectionString: postgres.ownerUrl })
  await owner.connect()
  try {
    while ((await owner.query('select 1 from engagements limit 1')).rowCount === 0) await sleep(100)
  } finally {
    await owner.end()
  }
}

test(
  'a database that stops under load means 503 and try again, and the server recovers by itself',
  async () => {
    const load = startLoad()
    await untilFirstDecided()
    const worker = await server.workerPid()
    await sleep(1_000)
    const whole = await (await fetch(`${server.url}/readyz`)).json()
    expect(whole).toMatchObject({ ready: true, workers: 'running' })
    const stoppingAt = Date.now()
    await postgres.stop()
    await sleep(awayMs)
    const ready = await fetch(`${server.url}/readyz`)
    expect(ready.status).toBe(503)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    postgres = await startPostgres()
    const backAt = Date.now()
    await sleep(6_000)
    const answers = await load.stop()

    const before = answers.filter((answer) => answer.answeredAt < stoppingAt)
    expect(before.length).toBeGreaterThan(0)
    expect(new Set(before.map((answer) => answer.status))).toEqual(new Set([200]))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 503]))
    const refused = answers.filter((answer) => answer.status === 503)
    expect(refused.length).toBeGreaterThan(awayMs / everyMs / 4)
    expect(refused.every((answer) => Number(answer.retryAfter) >= 1)).toBe(true)
    const returned = answers.filter((answer) => answer.status === 200 && answer.answeredAt > backAt)
    expect(Math.min(...returned.map((answer) => answer.answeredAt)) - backAt).toBeLessThan(5_000)
    expect(server.isRunning).toBe(true)
    expect(await server.workerPid()).toBe(worker)

    const owner = new pg.Client({ connectionString: postgres.ownerUrl })
    await owner.connect()
    try {
      await waitUntilDecided(owner)
      const acknowledged = answers.flatMap((answer) => answer.id ?? [])
      const found = await owner.query<{ n: number }>(
        `select count(*)::int as n from arrivals a join engagements e on e.arrival_id = a.id
          where a.id = any($1::uuid[])`,
        [acknowledged],
      )
      expect(found.rows[0]?.n).toBe(acknowledged.length)
    } finally {
      await owner.end()
    }
  },
  awayMs + 120_000,
)
