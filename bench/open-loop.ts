// Sends at fixed moments, whether or not earlier requests were answered, and counts each wait from the moment at
// which its request was due: a generator that waits for answers hides how long others would have waited. Runs in a
// process of its own: node bench/open-loop.ts '{"url": ...}'
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { quantileOfSorted } from '../lib/statistics/quantile.ts'
import { makeRequests, type LoadRequest, type Sender } from './load-requests.ts'

export interface LoadOptions {
  readonly url: string
  readonly sender: Sender
  /** Requests a second, and engagements in each. */
  readonly rate: number
  readonly batch: number
  readonly seconds: number
  /** Two loads of one seed send the same. */
  readonly seed: number
  /** Where the acknowledged ids or keys are written, one a line. */
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
  /** CPU seconds of the generator itself for 1,000 engagements. */
  readonly ownCpuPerThousand: number
}

/** More than are ever busy while the server keeps up: it is the rate that is offered, not the connections. */
const connections = 256
const answerLimitMs = 20_000

interface Load {
  readonly pool: Pool
  readonly waits: number[]
  readonly names: string[]
  readonly statuses: Record<string, number>
}

async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const pool = new Pool(options.url, {
    connections,
    bodyTimeout: answerLimitMs,
    headersTimeout: answerLimitMs,
  })
  const load: Load = { pool, waits: [], names: [], statuses: {} }
  // Made before the clock runs, so that making them takes nothing from the server's cores.
  const count = Math.round(options.rate * options.seconds) + connections
  const requests = makeRequests({ ...options, count })
  await warmUp(load, requests.splice(0, connections))
  const warm = load.names.length
  const cpu = process.cpuUsage()
  const start = performance.now()
  const running: Promise<void>[] = []
  while (running.length < requests.length) {
    const due = Math.min(requests.length, Math.floor(((performance.now() - start) * options.rate) / 1000) + 1)
    while (running.length < due) {
      const index = running.length
      const request = requests[index]
      if (request !== undefined) running.push(send(load, request, start + (index * 1000) / options.rate))
    }
    await sleep(1)
  }
  await Promise.all(running)
  const tookMs = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  await pool.close()
  writeFileSync(options.idFile, load.names.map((name) => `${name}\n`).join(''))
  const sorted = Float64Array.from(load.waits).sort()
  const timed = load.names.length - warm
  return {
    requests: requests.length,
    acknowledged: load.names.length,
    statuses: load.statuses,
    p50Ms: quantileOfSorted(sorted, 0.5) ?? Number.NaN,
    p99Ms: quantileOfSorted(sorted, 0.99) ?? Number.NaN,
    perSecond: Math.round((timed * 1000) / tookMs),
    ownCpuPerThousand: (user + system) / 1000 / timed,
  }
}

/** Connections are opened and code is compiled before the clock runs; what this sends counts as acknowledged. */
async function warmUp(load: Load, requests: readonly LoadRequest[]): Promise<void> {
  await Promise.all(requests.map((request) => send(load, request, performance.now())))
  load.waits.length = 0
}

/** By the client's bare way of sending: what is measured is the server, on cores that it shares with this. */
function send({ pool, waits, names, statuses }: Load, request: LoadRequest, due: number): Promise<void> {
  return new Promise((done) => {
    const chunks: Buffer[] = []
    let status = 0
    function end(code: number): void {
      waits.push(performance.now() - due)
      statuses[code] = (statuses[code] ?? 0) + 1
      if (code === 200) names.push(...(request.keys ?? acceptedIn(Buffer.concat(chunks))))
      done()
    }
    const { path, headers, body } = request
    pool.dispatch(
      { method: 'POST', path, headers, body },
      {
        // It is by this one that the client tells its newer handlers from the older.
        onRequestStart: () => {},
        onResponseStart: (_controller, statusCode) => void (status = statusCode),
        onResponseData: (_controller, chunk) => void chunks.push(chunk),
        onResponseEnd: () => end(status),
        onResponseError: () => end(0),
      },
    )
  })
}

function acceptedIn(answer: Buffer): readonly string[] {
  const said = JSON.parse(answer.toString()) as { readonly results?: readonly Result[] }
  return (said.results ?? []).flatMap(({ result, id }) => (result === 'accepted' ? id : []))
}

interface Result {
  readonly result: string
  readonly id: string
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = await runLoad(JSON.parse(process.argv[2] ?? '{}') as LoadOptions)
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
