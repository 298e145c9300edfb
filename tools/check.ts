// `npm run check`: everything about the house that can be told without running the product.
// One line a step, with its time; a step that fails prints what it said. `npm run check -- walls` runs one.
import { execFile, spawnSync } from 'node:child_process'
import { argv, execPath } from 'node:process'
import { root } from './source-files.ts'

interface Step {
  readonly name: string
  readonly args: readonly string[]
}

/** Types are checked again only where something changed since the last run. */
const remembered = ['--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo']

const steps: readonly Step[] = [
  {
    name: 'types',
    args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json', ...remembered],
  },
  {
    name: 'lint',
    args: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--format=unix', '.'],
  },
  { name: 'walls', args: ['tools/check-walls.ts'] },
  { name: 'purity', args: ['tools/check-purity.ts'] },
  { name: 'house', args: ['tools/check-house.ts'] },
  { name: 'dead code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'duplicates', args: ['tools/check-duplicates.ts'] },
  { name: 'picture', args: ['tools/draw-architecture.ts', '--check'] },
  { name: 'packages', args: ['tools/check-packages.ts'] },
  { name: 'format', args: ['node_modules/oxfmt/bin/oxfmt', '--check', '.'] },
]

interface Outcome {
  readonly step: Step
  readonly isGreen: boolean
  readonly seconds: number
  readonly output: string
}

function run(step: Step): Promise<Outcome> {
  const begun = performance.now()
  return new Promise((resolve) => {
    execFile(
      execPath,
      step.args,
      { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const seconds = (performance.now() - begun) / 1000
        resolve({ step, isGreen: error === null, seconds, output: `${stdout}${stderr}`.trim() })
      },
    )
  })
}

function report({ step, isGreen, seconds, output }: Outcome): void {
  const count = isGreen
    ? (output.split('\n').findLast((line) => /\d/.test(line) && line.length < 90) ?? '')
    : ''
  const line = `${isGreen ? 'ok  ' : 'FAIL'} ${step.name.padEnd(10)} ${seconds.toFixed(1).padStart(5)} s  ${count.trim()}`
  console.log(line.trimEnd())
  if (!isGreen) console.log(`${output}\n`)
}

/** Two at a time: most steps keep one core busy. */
async function runAll(waiting: Step[]): Promise<readonly Outcome[]> {
  const done: Outcome[] = []
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const outcome = await run(step)
      report(outcome)
      done.push(outcome)
    }
  }
  await Promise.all([worker(), worker()])
  return done
}

const wanted = argv.slice(2)
const chosen = steps.filter((step) => wanted.length === 0 || wanted.includes(step.name))
if (chosen.length === 0) {
  console.error(`there is no such step; the steps are ${steps.map((step) => step.name).join(', ')}`)
  process.exit(2)
}
// Types and dead code are told with the packages of the tests' peers.
spawnSync(execPath, ['test/peers/install.ts', '--packages-only'], { cwd: root, stdio: 'inherit' })
const begun = performance.now()
const outcomes = await runAll([...chosen])
const failed = outcomes.filter((outcome) => !outcome.isGreen)
const seconds = ((performance.now() - begun) / 1000).toFixed(1)
console.log(
  failed.length === 0
    ? `all ${outcomes.length} checks hold, ${seconds} s`
    : `${failed.length} of ${outcomes.length} checks fail (${failed.map((each) => each.step.name).join(', ')}), ${seconds} s`,
)
process.exit(failed.length > 0 ? 1 : 0)
