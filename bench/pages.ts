// Pages and reports of a full workspace through HTTP, and the memory of the server with it. The filled data folder is
// kept, so that only the first run fills it.
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { scopeOfWorkspace } from '../server/cli-session.ts'
import { stopEmbeddedPostgres } from '../server/platform/postgres/embedded.ts'
import { quantileOfSorted } from '../lib/statistics/quantile.ts'
import { call, openAccount, startServerProcess, type ServerProcess } from '../test/server-process.ts'
import { cacheFolder, ownerUrlOf } from './bench-folder.ts'
import { fillWorkspace } from './fill.ts'
import { rounded, runAlone, type Figure } from './figures.ts'
import { withCommand } from './open-command.ts'
import { residentMegabytes } from './process-cost.ts'
import { compareReports } from './reports-equal.ts'

export interface PagesOptions {
  /** Engagements. Default 1,000,000. */
  readonly rows?: number
}

const requests = 200
const warmUps = 20
const reportRepeats = 10
const seed = 4747

export async function benchPages({ rows = 1_000_000 }: PagesOptions = {}): Promise<readonly Figure[]> {
  const folder = await filledFolder(rows)
  const server = await startServerProcess({ HORSESHOE_DATA: folder })
  try {
    const { cookie, workspace } = await openAccount(server, 'Bench')
    const headers = { cookie, 'horseshoe-workspace': workspace }
    const samples = await drawSamples(folder)
    const floor = await timed(samples.cases.slice(0, requests), () => get(server, '/healthz', headers))
    const reference = { name: 'ms p95 of an empty answer', value: rounded(floor.p95, 1) }
    const figures: Figure[] = []
    for (const [name, want, paths] of pagesOf(samples)) {
      const { p50, p95 } = await timed(paths, (path) => get(server, `/api/v1${path}`, headers))
      figures.push({ name: `${name} p50`, value: rounded(p50, 1), unit: 'ms' })
      figures.push({ name: `${name} p95`, value: rounded(p95, 1), unit: 'ms', want, reference })
    }
    figures.push(...(await benchReports(server, headers, samples)))
    const worker = await server.workerPid()
    const pids = worker === undefined ? [server.pid] : [server.pid, worker]
    const { together, summed } = residentMegabytes(pids)
    figures.push({
      name: 'memory of web and worker together',
      value: together,
      unit: 'MB',
      want: '400',
      reference: { name: 'MB where what they share is counted for each', value: summed },
    })
    figures.push(
      ...(await withCommand(folder, async (horseshoe) => {
        const scope = await scopeOfWorkspace(horseshoe, workspace)
        return compareReports(horseshoe.platform, scope, reportFilters(samples))
      })),
    )
    return figures.map((figure) => ({ ...figure, name: `${rows.toLocaleString('en')}: ${figure.name}` }))
  } finally {
    await server.stop()
  }
}

/** A mark is written last, so that a fill that was cut off begins anew. */
async function filledFolder(rows: number): Promise<string> {
  const folder = join(cacheFolder, `bench-${rows}`)
  const mark = join(folder, 'filled')
  if (existsSync(mark)) return folder
  await stopEmbeddedPostgres(folder).catch(() => undefined)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const server = await startServerProcess({ HORSESHOE_DATA: folder, HORSESHOE_ROLE: 'web' })
  try {
    const { workspace } = await openAccount(server, 'Bench')
    await withCommand(folder, async (horseshoe) => {
      const scope = await scopeOfWorkspace(horseshoe, workspace)
      const onProgress = (done: number): void => {
        if (process.stderr.isTTY)
          process.stderr.write(`\rfilling ${done.toLocaleString('en')} of ${rows.toLocaleString('en')}`)
      }
      await fillWorkspace(horseshoe.platform, scope, { seed, rows, now: Date.now(), onProgress })
    })
  } finally {
    await server.stop()
  }
  await writeFile(mark, '')
  return folder
}

interface Samples {
  readonly cases: readonly string[]
  readonly persons: readonly string[]
  /** Words, names and numbers that somebody may look for. */
  readonly typed: readonly string[]
  readonly presence: string
  readonly channel: string
}

async function drawSamples(folder: string): Promise<Samples> {
  const client = new pg.Client({ connectionString: await ownerUrlOf(folder) })
  await client.connect()
  const column = async (text: string): Promise<string[]> =>
    (await client.query<{ value: string }>(text)).rows.map((row) => row.value)
  try {
    const some = `order by md5(id::text) limit ${requests + warmUps}`
    const words = await column(
      `select split_part(text, ' ', 2) as value from (select id, text from engagements limit 50000) e ${some}`,
    )
    const names = await column(`select name as value from persons ${some}`)
    const [busiest] = (
      await client.query<{ id: string; channel: string }>(
        'select presence_id as id, channel from engagements group by 1, 2 order by count(*) desc limit 1',
      )
    ).rows
    return {
      cases: await column(`select id::text as value from cases ${some}`),
      persons: await column(`select id::text as value from persons ${some}`),
      typed: words.map((word, index) => (index % 3 === 2 ? (names[index] ?? word) : word)),
      presence: busiest?.id ?? '',
      channel: busiest?.channel ?? '',
    }
  } finally {
    await client.end()
  }
}

function pagesOf({
  cases,
  persons,
  typed,
}: Samples): readonly (readonly [string, string, readonly string[]])[] {
  const views = ['view=open', 'view=unassigned', 'view=open&function=service', 'view=all&sort=newest']
  const desk = cases.map((_, index) => `/cases?limit=50&${views[index % views.length]}`)
  return [
    ['desk page', '50', desk],
    ['thread', '50', cases.map((id) => `/cases/${id}/thread?limit=50`)],
    ['person timeline', '50', persons.map((id) => `/people/${id}/timeline?limit=50`)],
    ['search', '200', typed.map((text) => `/search?q=${encodeURIComponent(text)}`)],
  ]
}

/** Each with one dimension, and without any. */
function reportFilters({ presence, channel }: Samples): readonly Readonly<Record<string, string>>[] {
  const monthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)
  return [
    {},
    { presence },
    { channel },
    { function: 'service' },
    { intent: 'question' },
    { hour: '10' },
    { from: monthAgo },
  ]
}

async function benchReports(
  server: ServerProcess,
  headers: Readonly<Record<string, string>>,
  samples: Samples,
): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const filter of reportFilters(samples)) {
    const path = `/api/v1/reports/response?${new URLSearchParams(filter)}`
    const paths = Array.from({ length: reportRepeats }, () => path)
    const { slowest } = await timed(paths, (each) => get(server, each, headers))
    const name = `response report, ${Object.keys(filter)[0] ?? 'everything'}, slowest of ${reportRepeats - 1}`
    figures.push({ name, value: rounded(slowest, 1), unit: 'ms', want: '300' })
  }
  return figures
}

async function get(
  server: ServerProcess,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  await call(server, 'GET', path, undefined, headers)
}

/** One after another, as one person works; the first of them warm up and do not count. */
async function timed(
  paths: readonly string[],
  work: (path: string) => Promise<void>,
): Promise<{ readonly p50: number; readonly p95: number; readonly slowest: number }> {
  const first = paths.length > requests ? warmUps : 1
  const waits: number[] = []
  for (const [index, path] of paths.entries()) {
    const start = performance.now()
    await work(path)
    if (index >= first) waits.push(performance.now() - start)
  }
  const sorted = Float64Array.from(waits).sort()
  const at = (p: number): number => quantileOfSorted(sorted, p) ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), slowest: at(1) }
}

await runAlone(import.meta.url, () => benchPages({ rows: Number(process.env['ROWS'] ?? 1_000_000) }))
