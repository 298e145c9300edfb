// `npm run bench [-- NAME...] [--rows N] [--seconds N] [--json]`: every piece, or those that are named, one after another.
import { execFile } from 'node:child_process'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { findBinaries } from '../server/platform/postgres/binaries.ts'
import { cacheFolder } from './bench-folder.ts'
import { benchBundle } from './bundle.ts'
import { benchChannels } from './channels.ts'
import { benchDigest } from './digest.ts'
import { tableOf, verdictOf, type Figure } from './figures.ts'
import { benchImport } from './import.ts'
import { benchIngest } from './ingest.ts'
import { benchPages } from './pages.ts'
import { benchWebhooks } from './webhooks.ts'

interface Scale {
  readonly rows?: number
  readonly seconds?: number
}

const pieces: Readonly<Record<string, (scale: Scale) => Promise<readonly Figure[]>>> = {
  bundle: async () => bundleFigures(),
  reading: readingAlone,
  ingest: benchIngest,
  digest: benchDigest,
  import: benchImport,
  pages: benchPages,
  channels: async () => [...(await benchWebhooks()), ...(await benchChannels())],
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, rows: { type: 'string' }, seconds: { type: 'string' } },
})

function bundleFigures(): readonly Figure[] {
  const { gzipBytes, files } = benchBundle()
  const value = Math.round(gzipBytes / 1000)
  return [{ name: `first load of the desk, gzip, ${files.length} files`, value, unit: 'kB', want: '250' }]
}

/** In a process of its own, so that the memory is the reader's and nobody else's. */
async function readingAlone(): Promise<readonly Figure[]> {
  const file = fileURLToPath(new URL('reading.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [file, '--json'])
  return JSON.parse(stdout)
}

async function machine() {
  const { version } = await findBinaries(cacheFolder).catch(() => ({ version: 'unknown' }))
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 1e9),
    load: loadavg().map((each) => Math.round(each * 100) / 100),
    node: process.version,
    postgres: version,
    at: new Date().toISOString(),
  }
}

async function main(): Promise<void> {
  const names = positionals.length === 0 ? Object.keys(pieces) : positionals
  const unknown = names.filter((name) => pieces[name] === undefined)
  if (unknown.length > 0) {
    process.stderr.write(`There is no ${unknown.join(', ')}; pieces: ${Object.keys(pieces).join(', ')}.\n`)
    process.exit(2)
  }
  const scale: Scale = {
    ...(values.rows === undefined ? {} : { rows: Number(values.rows) }),
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
  }
  const before = await machine()
  const results: Parameters<typeof withVerdicts>[0][] = []
  for (const piece of names) results.push(await runPiece(piece, scale))
  if (values.json === true)
    print(JSON.stringify({ machine: before, loadAfter: loadavg(), results: results.map(withVerdicts) }))
  else {
    const { processor, cores, memoryGB, load, node, postgres, at } = before
    print(
      `${at}  ${cores} x ${processor}, ${memoryGB} GB, load ${load.join(' ')}; node ${node}, PostgreSQL ${postgres}\n`,
    )
    print(tableOf(results.flatMap(({ figures }) => figures)))
    for (const { piece, error } of results) if (error !== undefined) print(`${piece} failed: ${error}`)
  }
  const isShort = results.some(
    ({ figures, error }) => error !== undefined || figures.some((figure) => verdictOf(figure) === 'MISSED'),
  )
  process.exitCode = isShort ? 1 : 0
}

/** One piece that fails does not take away what the others measured. */
async function runPiece(piece: string, scale: Scale) {
  try {
    return { piece, figures: (await pieces[piece]?.(scale)) ?? [] }
  } catch (error) {
    return {
      piece,
      figures: [],
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

function withVerdicts({ piece, figures, error }: Awaited<ReturnType<typeof runPiece>>) {
  return { piece, error, figures: figures.map((figure) => ({ ...figure, verdict: verdictOf(figure) })) }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

await main()
