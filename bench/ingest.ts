// Accepted over HTTP with the commit before the acknowledgement: the whole program with its workers, the generator in
// another process on the same cores.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { millionEngagements } from '../server/sample/million.ts'
import { openAccount, startServerProcess, type ServerProcess } from '../test/server-process.ts'
import { ownerUrlOf, postmasterOf, withFreshFolder } from './bench-folder.ts'
import { cpuSeconds } from './process-cost.ts'
import { rawInsert } from './raw-insert.ts'
import type { LoadOptions, LoadResult } from './open-loop.ts'
import { rounded, runAlone, type Figure } from './figures.ts'

export interface IngestOptions {
  /** Of each load. Default 10. */
  readonly seconds?: number
}

const loop = fileURLToPath(new URL('open-loop.ts', import.meta.url))
const referenceRows = 20_000

export async function benchIngest({ seconds = 10 }: IngestOptions = {}): Promise<readonly Figure[]> {
  return withFreshFolder('ingest', async (folder) => {
    const server = await startServerProcess({ HORSESHOE_DATA: folder })
    try {
      const { key } = await openAccount(server, 'Bench')
      const ownerUrl = await ownerUrlOf(folder)
      const rows = millionEngagements({ seed: 9, count: referenceRows, now: Date.now() })
      const raw = await rawInsert(ownerUrl, rows)
      const reference = { name: 'raw INSERT, 100 a statement, rows/s', value: raw.perSecond }
      const measured = { server, folder, key, seconds }
      const single = await measure(measured, { rate: 1020, batch: 1, seed: 1 })
      const many = await measure(measured, { rate: 51, batch: 100, seed: 2 })
      return [
        ...figuresOf('one a request', single, 1_000, reference),
        { name: 'ingest p50, one a request', value: rounded(single.p50Ms, 1), unit: 'ms' },
        { name: 'ingest p99, one a request', value: rounded(single.p99Ms, 1), unit: 'ms', want: '50' },
        ...figuresOf('100 a request', many, 5_000, reference),
        { name: 'ingest p99, 100 a request', value: rounded(many.p99Ms, 1), unit: 'ms' },
      ]
    } finally {
      await server.stop()
    }
  })
}

interface Measured {
  readonly server: ServerProcess
  readonly folder: string
  readonly key: string
  readonly seconds: number
}

interface Outcome extends LoadResult {
  readonly cpuPerThousand: number
  readonly lost: number
}

async function measure(
  { server, folder, key, seconds }: Measured,
  how: Pick<LoadOptions, 'rate' | 'batch' | 'seed'>,
): Promise<Outcome> {
  const idFile = join(folder, `ids-${how.seed}`)
  const options: LoadOptions = { ...how, seconds, url: server.url, sender: { by: 'key', key }, idFile }
  const roots = [server.pid, await postmasterOf(folder)]
  const before = cpuSeconds(roots)
  const { stdout } = await promisify(execFile)(process.execPath, [loop, JSON.stringify(options)], {
    timeout: (seconds + 120) * 1000,
  })
  const spent = cpuSeconds(roots) - before
  const result = JSON.parse(stdout) as LoadResult
  const lost = await countLost(folder, readFileSync(idFile, 'utf8').split('\n').filter(Boolean))
  return { ...result, lost, cpuPerThousand: (spent * 1000) / result.acknowledged }
}

async function countLost(folder: string, ids: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: await ownerUrlOf(folder) })
  await client.connect()
  try {
    const found = await client.query<{ n: string }>(
      'select count(*) as n from arrivals where id = any($1::uuid[])',
      [ids],
    )
    return ids.length - Number(found.rows[0]?.n)
  } finally {
    await client.end()
  }
}

/** A little more is offered than is wanted, since the rate counts until the last answer. */
function figuresOf(
  how: string,
  { perSecond, cpuPerThousand, lost, statuses }: Outcome,
  want: number,
  reference: { readonly name: string; readonly value: number },
): readonly Figure[] {
  const failed = Object.entries(statuses).filter(([status]) => status !== '200')
  const refused = failed.reduce((sum, [, count]) => sum + count, 0)
  return [
    { name: `ingest, ${how}`, value: perSecond, unit: 'engagements/s', want: String(want), reference },
    {
      name: `ingest CPU with the loop behind it, ${how}`,
      value: rounded(cpuPerThousand, 3),
      unit: 's per 1,000',
      want: '0.5',
    },
    { name: `ingest lost, ${how}`, value: lost, unit: 'lost', want: '0' },
    { name: `ingest not accepted, ${how}`, value: refused, unit: 'requests', want: '0' },
  ]
}

await runAlone(import.meta.url, () => benchIngest({ seconds: Number(process.env['SECONDS'] ?? 10) }))
