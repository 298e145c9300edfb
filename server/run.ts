import { fork, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { flushCompileCache } from 'node:module'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { readConfig, workerEnvironment, type Config } from './config.ts'
import { openLog, type Log } from './platform/log.ts'
import { isDatabaseAway } from './platform/http/unavailable.ts'
import { beWatched, watchChild } from './platform/watchdog.ts'
import { startHorseshoe, type Horseshoe, type StartOptions } from './start.ts'
import { firstStartLink } from './workspace/index.ts'

const webFolder = fileURLToPath(new URL('../dist/web', import.meta.url))
const mainFile = fileURLToPath(new URL('main.ts', import.meta.url))
/** Batches of the loop make many young objects. */
const workerFlags = ['--max-semi-space-size=8']
const drainMs = 9_000
const againMs = 500

/** Starts the program; role `all` runs the workers in a process of their own, so that reading never slows answers. */
async function main(): Promise<void> {
  const result = readConfig(process.env)
  if (!result.ok) {
    for (const mistake of result.mistakes) process.stderr.write(`${mistake}\n`)
    process.exit(2)
  }
  const { config } = result
  if (config.role === 'worker') endWithParent()
  if (config.role === 'worker') beWatched()
  const log = openLog(config.logLevel)
  const isWhole = config.role === 'all'
  const options = { config: isWhole ? { ...config, role: 'web' as const } : config, log, webFolder }
  const horseshoe = await (config.role === 'worker' ? startWhenReachable(options) : startHorseshoe(options))
  // The worker process finds what this one has compiled.
  if (isWhole) flushCompileCache()
  const worker = isWhole ? superviseWorker(horseshoe, config, log) : undefined
  stopOnSignal(horseshoe, worker, log)
  if (config.role !== 'worker') await welcome(horseshoe)
}

/** Also while it starts, or waits for a database that will not come back. One that was started alone has no parent. */
function endWithParent(): void {
  const end = (): boolean => process.kill(process.pid, 'SIGTERM')
  process.once('disconnect', end)
  if (process.connected === false) end()
}

/** A worker has nobody to tell that the database is away: it waits for it, as it does later on. */
async function startWhenReachable(options: StartOptions): Promise<Horseshoe> {
  for (;;) {
    try {
      return await startHorseshoe(options)
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      options.log.warn({ error }, 'the database is away; the worker waits for it')
      await sleep(againMs)
    }
  }
}

async function welcome(horseshoe: Horseshoe): Promise<void> {
  process.stdout.write(`\nHorseshoe is ready at ${horseshoe.url}\n`)
  const link = await firstStartLink(horseshoe.platform)
  if (link !== null) process.stdout.write(`Make the first owner here (works once): ${link}\n`)
  process.stdout.write('\n')
}

interface Worker {
  stop(): Promise<void>
}

/** Keeps one worker process alive; it ends with us, also when we are killed. */
function superviseWorker(horseshoe: Horseshoe, config: Config, log: Log): Worker {
  let isStopping = false
  let child = start()
  function start(): ChildProcess {
    const env = workerEnvironment(process.env, horseshoe.databaseUrls, horseshoe.url, config)
    const started = fork(mainFile, [], {
      env,
      stdio: 'inherit',
      execArgv: [...process.execArgv, ...workerFlags],
    })
    giveWay(started)
    watchChild(started, log)
    started.once('exit', (code, signal) => {
      if (isStopping) return
      log.error({ code, signal }, 'the worker ended and is started again')
      setTimeout(() => {
        if (!isStopping) child = start()
      }, 1_000)
    })
    return started
  }
  return {
    stop: () =>
      new Promise((done) => {
        isStopping = true
        if (child.exitCode !== null || child.signalCode !== null) return done()
        child.once('exit', () => done())
        child.kill('SIGTERM')
      }),
  }
}

/** Taking in and answering go first where the machine is busy. */
function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It ended already, or the system does not let us: then it works as all others do.
  }
}

function stopOnSignal(horseshoe: Horseshoe, worker: Worker | undefined, log: Log): void {
  let isStopping = false
  async function stop(): Promise<void> {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), drainMs).unref()
    await worker?.stop()
    await horseshoe.stop()
    log.info('stopped')
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}

try {
  await main()
} catch (error) {
  process.stderr.write(
    `Horseshoe could not start: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  if (error instanceof Error && error.cause instanceof Error)
    process.stderr.write(`  ${error.cause.message}\n`)
  process.exit(1)
}
