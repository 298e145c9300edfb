// A file in the layout of "Customer Support on Twitter" through the command line, until all of it is decided.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { millionEngagements } from '../server/sample/million.ts'
import { twcsRows } from '../server/sample/twcs-rows.ts'
import { cliFile } from '../test/server-process.ts'
import { ownerUrlOf, withFreshFolder } from './bench-folder.ts'
import { rounded, runAlone, type Figure } from './figures.ts'
import { withCommand } from './open-command.ts'
import { rawInsert } from './raw-insert.ts'

export interface ImportOptions {
  /** Default 100,000. */
  readonly rows?: number
}

const limitMs = 1_800_000

export async function benchImport({ rows = 100_000 }: ImportOptions = {}): Promise<readonly Figure[]> {
  return withFreshFolder('import', async (folder) => {
    const file = join(folder, 'tweets.csv')
    await writeFile(file, rows)
    await cli(folder, ['workspace', 'create', 'Bench'])
    const start = performance.now()
    const said = await cli(folder, ['import', file, '--format', 'twcs', '--workspace', 'Bench', '--json'])
    const seconds = (performance.now() - start) / 1000
    const { accepted, refused } = JSON.parse(said) as { accepted: number; refused: number }
    const raw = await withCommand(folder, async () =>
      rawInsert(await ownerUrlOf(folder), millionEngagements({ seed: 7, count: rows, now: Date.now() })),
    )
    return [
      {
        name: `import of ${rows.toLocaleString('en')} twcs-like rows, to decided`,
        value: rounded(seconds, 1),
        unit: 's',
        want: String(rounded((60 * rows) / 100_000, 1)),
        reference: { name: 's raw INSERT, 100 a statement', value: rounded(rows / raw.perSecond, 1) },
      },
      { name: 'import: rows not accepted', value: rows - accepted + refused, unit: 'lost', want: '0' },
    ]
  })
}

async function writeFile(path: string, count: number): Promise<void> {
  const out = createWriteStream(path)
  for (const line of twcsRows({ seed: 7, count })) if (!out.write(line)) await once(out, 'drain')
  out.end()
  await once(out, 'close')
}

async function cli(folder: string, words: readonly string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], HORSESHOE_DATA: folder, LOG_LEVEL: 'error' }
  const { stdout } = await promisify(execFile)(process.execPath, [cliFile, ...words], {
    env,
    timeout: limitMs,
  })
  return stdout
}

await runAlone(import.meta.url, () => benchImport({ rows: Number(process.env['ROWS'] ?? 100_000) }))
