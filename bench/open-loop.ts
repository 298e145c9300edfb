// Sends at fixed moments, whether or not earlier requests were answered, and counts each wait from the moment at
// which its request was due: a generator that waits for answers hides how long others would have waited. Runs in a
// process of its own: node bench/open-loop.ts '{"url": ...}'
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { quantileOfSorted } from '../lib/statistics/quantile.ts'
import { millionEngagements } from '../server/sample/million.ts'

export interface LoadOptions {
  readonly url: string
  readonly key: string
  /** Requests a second, and engagements in each. */
  readonly rate: number
  readonly batch: number
  readonly seconds: number
  /** Seed of the texts, also part of the ids, so that two loads never send the same engagement. */
  readonly seed: number
  /** Where the acknowledged ids are written, one a line. */
  readonly idFile: string
}

export interface LoadResult {
  readonly requests: number
  readonly acknowledged: number
  /** Requests by status; 0 for those that got no answer. */
  readonly statuses: Readonly<Record<string, number>>
  readonly p50Ms: number
  readonly p99Ms: number
  /** Engagements a second from the first due moment to the last answer. */
  readonly perSecond: number
}

const connections = 64
const answerLimitMs = 20_000

interface Load {
  readonly options: LoadOptions
  readonly pool: Pool
  readonly waits: number[]
  readonly ids: string[]
  readonly statuses: Record<string, number>
}

async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const pool = new Pool(options.url, {
    connections,
    bodyTimeout: answerLimitMs,
    headersTimeout: answerLimitMs,
  })
  const load: Load = { options, pool, waits: [], ids: [], statuses: {} }
  const bodies = makeBodies(options)
  await warmUp(load, bodies.splice(0, connections))
  const start = performance.now()
  const running: Promise<void>[] = []
  while (running.length < bodies.length) {
    const due = Math.min(bodies.length, Math.floor(((performance.now() - start) * options.rate) / 1000) + 1)
    while (running.length < due) {
      const index = running.length
      running.push(send(load, bodies[index] ?? '', start + (index * 1000) / options.rate))
    }
    await sleep(1)
  }
  await Promise.all(running)
  const tookMs = performance.now() - start
  await pool.close()
  writeFileSync(options.idFile, load.ids.map((id) => `${id}\n`).join(''))
  const sorted = Float64Array.from(load.waits).sort()
  return {
    requests: bodies.length,
    acknowledged: load.ids.length,
    statuses: load.statuses,
    p50Ms: quantileOfSorted(sorted, 0.5) ?? Number.NaN,
    p99Ms: quantileOfSorted(sorted, 0.99) ?? Number.NaN,
    perSecond: Math.round(((load.ids.length - connections * options.batch) * 1000) / tookMs),
  }
}

/** Made before the clock runs, so that making them takes nothing from the server's cores. */
function makeBodies({ rate, batch, seconds, seed }: LoadOptions): string[] {
  const count = Math.round(rate * seconds) + connections
  const engagements = millionEngagements({ seed, count: count * batch, now: Date.now() })
  return Array.from({ length: count }, () => {
    const items = Array.from({ length: batch }, () => {
      const { value } = engagements.next()
      if (!value) throw new Error('the generator ended early')
      const { parentExternalId: parent } = value
      const named = parent === undefined ? {} : { parentExternalId: `${seed}-${parent}` }
      return { ...value, ...named, externalId: `${seed}-${value.externalId}` }
    })
    return JSON.stringify({ engagements: items })
  })
}

/** Connections are opened and code is compiled before the clock runs; what this sends counts as acknowledged. */
async function warmUp(load: Load, bodies: readonly string[]): Promise<void> {
  await Promise.all(bodies.map((body) => send(load, body, performance.now())))
  load.waits.length = 0
}

async function send({ options, pool, waits, ids, statuses }: Load, body: string, due: number): Promise<void> {
  let status = 0
  try {
    const answer = await pool.request({
      method: 'POST',
      path: '/api/v1/engagements',
      headers: { authorization: `Bearer ${options.key}`, 'content-type': 'application/json' },
      body,
    })
    status = answer.statusCode
    const said = (await answer.body.json()) as { results?: { result: string; id: string }[] }
    if (status === 200)
      for (const item of said.results ?? []) if (item.result === 'accepted') ids.push(item.id)
  } catch {
    status = 0
  }
  waits.push(performance.now() - due)
  statuses[status] = (statuses[status] ?? 0) + 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = await runLoad(JSON.parse(process.argv[2] ?? '{}') as LoadOptions)
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
