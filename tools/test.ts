// `npm test`: a browser, a fresh web app, every test, and one closing line that counts them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env, execPath } from 'node:process'
import { ensureChromium, howToGetChromium } from './ensure-chromium.ts'
import { closingLine, summarise, type TestReport } from './test-summary.ts'

const chromium = ensureChromium()
if (chromium === undefined) stop(howToGetChromium)
if (node(['tools/ensure-web.ts']) !== 0)
  stop('The tests did not run, because the web app could not be built.')

if (node(['test/peers/install.ts']) !== 0)
  stop('The tests did not run, because a peer of theirs could not be installed.')

const folder = mkdtempSync(join(tmpdir(), 'horseshoe-test-'))
const reportFile = join(folder, 'report.json')
const exitCode = node([
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
  ...argv.slice(2),
])
const summary = summarise(readReport(), exitCode)
rmSync(folder, { recursive: true })
console.log(closingLine(summary))
process.exit(summary.failed > 0 ? 1 : 0)

function node(args: readonly string[]): number {
  const result = spawnSync(execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, CHROMIUM_PATH: chromium },
  })
  return result.status ?? 1
}

function readReport(): TestReport {
  if (!existsSync(reportFile)) return { success: false, testResults: [] }
  return JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport
}

function stop(reason: string): never {
  console.error(reason)
  console.log('0 passed, 1 failed')
  process.exit(1)
}
