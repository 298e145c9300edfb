// What one load cost and what became of it: the generator in a process of its own, the CPU of the program and its
// PostgreSQL, and whether all that was acknowledged stands in the store afterwards.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import type { ServerProcess } from '../test/server-process.ts'
import { ownerUrlOf, postmasterOf } from './bench-folder.ts'
import { rounded, type Figure } from './figures.ts'
import type { LoadOptions, LoadResult } from './open-loop.ts'
import { cpuSeconds } from './process-cost.ts'

export interface Loaded extends LoadResult {
  /** CPU seconds of the program and PostgreSQL, without the generator. */
  readonly cpuPerThousand: number
  /** Acknowledged, and not there. */
  readonly lost: number
}

export interface Measured {
  readonly server: ServerProcess
  readonly folder: string
}

const loop = fileURLToPath(new URL('open-loop.ts', import.meta.url))

export async function measureLoad(
  { server, folder }: Measured,
  how: Omit<LoadOptions, 'url' | 'idFile'>,
): Promise<Loaded> {
  const idFile = join(folder, `ids-${how.seed}`)
  const options: LoadOptions = { ...how, url: server.url, idFile }
  const roots = [server.pid, await postmasterOf(folder)]
  const before = cpuSeconds(roots)
  const { stdout } = await promisify(execFile)(process.execPath, [loop, JSON.stringify(options)], {
    timeout: (how.seconds + 120) * 1000,
  })
  const spent = cpuSeconds(roots) - before
  const result = JSON.parse(stdout) as LoadResult
  const names = readFileSync(idFile, 'utf8').split('\n').filter(Boolean)
  const isPush = how.sender.by === 'whatsapp' || how.sender.by === 'telegram'
  const lost = names.length - (await countStored(folder, names, isPush))
  return { ...result, lost, cpuPerThousand: (spent * 1000) / result.acknowledged }
}

/** A program that has just started compiles while it answers; what is measured is one that runs. */
export async function warmUp(measured: Measured, sender: LoadOptions['sender']): Promise<void> {
  await measureLoad(measured, { sender, rate: 500, batch: 1, seconds: 4, seed: warmUps() })
}

let warmedUp = 900
function warmUps(): number {
  warmedUp += 1
  return warmedUp
}

/** A push is known by its key, an engagement by the id that it was given. */
async function countStored(folder: string, names: readonly string[], isPush: boolean): Promise<number> {
  const client = new pg.Client({ connectionString: await ownerUrlOf(folder) })
  await client.connect()
  try {
    const asked = isPush
      ? 'select count(*) as n from raw_events where key = any($1::text[])'
      : 'select count(*) as n from arrivals where id = any($1::uuid[])'
    const found = await client.query<{ n: string }>(asked, [names])
    return Number(found.rows[0]?.n)
  } finally {
    await client.end()
  }
}

export interface Wants {
  readonly perSecond: number
  readonly p99Ms?: number
  readonly cpuPerThousand?: number
  readonly reference?: Figure['reference']
}

/** A little more is offered than is wanted, since the rate counts until the last answer. */
export function loadFigures(name: string, loaded: Loaded, wants: Wants): readonly Figure[] {
  const { perSecond, p50Ms, p99Ms, cpuPerThousand, lost, statuses, ownCpuPerThousand } = loaded
  const failed = Object.entries(statuses).filter(([status]) => status !== '200')
  const refused = failed.reduce((sum, [, count]) => sum + count, 0)
  const generator = { name: 's per 1,000 of the generator', value: rounded(ownCpuPerThousand, 3) }
  return [
    {
      name,
      value: perSecond,
      unit: 'engagements/s',
      want: String(wants.perSecond),
      ...(wants.reference === undefined ? {} : { reference: wants.reference }),
    },
    { name: `${name}: p50`, value: rounded(p50Ms, 1), unit: 'ms' },
    { name: `${name}: p99`, value: rounded(p99Ms, 1), unit: 'ms', ...wanted(wants.p99Ms) },
    {
      name: `${name}: CPU`,
      value: rounded(cpuPerThousand, 3),
      unit: 's per 1,000',
      ...wanted(wants.cpuPerThousand),
      reference: generator,
    },
    { name: `${name}: lost`, value: lost, unit: 'lost', want: '0' },
    { name: `${name}: not accepted`, value: refused, unit: 'requests', want: '0' },
  ]
}

function wanted(most: number | undefined): { readonly want?: string } {
  return most === undefined ? {} : { want: String(most) }
}
