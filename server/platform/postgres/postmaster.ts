import type { ChildProcess } from 'node:child_process'
import { execFile, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { cleanEnvironment, reachableCluster } from './cluster.ts'
import { isPidAlive } from './users.ts'

/** What PostgreSQL says of itself in its own lock file. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** starting, ready, stopping or standby. */
  readonly status: string
}

export interface PostmasterPlan {
  readonly cluster: string
  readonly binaries: Binaries
  readonly port: number
  readonly account: Account | undefined
}

export type StartResult =
  | { readonly kind: 'ready'; readonly pid: number }
  | {
      readonly kind: 'failed'
      readonly reason: 'port taken' | 'old processes' | 'other'
      readonly output: string
    }

const run = promisify(execFile)
const startLimitMs = 600_000
const fastStopLimitMs = 6_000

/** Reads `postmaster.pid`: pid, folder, start time, port, socket folder, address, shared memory, status. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3]) || 0, status: lines[7] ?? 'starting' }
}

/** Starts PostgreSQL in its own session, so that Ctrl-C reaches Horseshoe alone, and waits until it serves. */
export async function startPostmaster(plan: PostmasterPlan): Promise<StartResult> {
  const output = join(plan.cluster, 'start.log')
  const log = await open(output, 'w', 0o600)
  try {
    const child = await spawnPostmaster(plan, log.fd)
    const pid = await untilReady(plan.cluster, child)
    if (pid) return { kind: 'ready', pid }
  } finally {
    await log.close()
  }
  const said = (await readFile(output, 'utf8')) + (await lastLog(plan.cluster))
  return { kind: 'failed', reason: reasonOf(said), output: said.trim().split('\n').slice(-5).join(' ') }
}

async function spawnPostmaster(plan: PostmasterPlan, logFd: number): Promise<ChildProcess> {
  const options = ['-D', await reachableCluster(plan.cluster, plan.account), '-p', String(plan.port)]
  // What keeps strangers out stands on the command line, where no settings file overrules it.
  const safety = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
  }
  for (const [name, value] of Object.entries(safety)) options.push('-c', `${name}=${value}`)
  const common = { env: cleanEnvironment, windowsHide: true } as const
  // On Windows pg_ctl takes the administrator's rights away, with which PostgreSQL refuses to run.
  if (process.platform === 'win32') {
    const words = options.slice(2).map((word) => (word.endsWith('=') ? `${word}''` : word))
    const start = [
      'start',
      '-W',
      '-D',
      plan.cluster,
      '-o',
      words.join(' '),
      '-l',
      join(plan.cluster, 'start.log'),
    ]
    return spawn(plan.binaries.pgCtl, start, { ...common, stdio: 'ignore' })
  }
  const child = spawn(plan.binaries.postgres, options, {
    ...common,
    ...plan.account,
    cwd: plan.cluster,
    detached: true,
    stdio: ['ignore', logFd, logFd],
  })
  child.unref()
  return child
}

async function untilReady(cluster: string, child: ChildProcess): Promise<number | undefined> {
  let isOver = false
  const end = (): void => {
    isOver = true
  }
  child.once('error', end)
  if (process.platform !== 'win32') child.once('exit', end)
  for (const started = Date.now(); Date.now() - started < startLimitMs;) {
    const found = await readPostmaster(cluster)
    const isOurs = process.platform === 'win32' || found?.pid === child.pid
    if (isOurs && found?.status === 'ready' && isPidAlive(found.pid)) return found.pid
    if (isOver) return undefined
    await sleep(5)
  }
  child.kill('SIGKILL')
  return undefined
}

function reasonOf(output: string): 'port taken' | 'old processes' | 'other' {
  if (/could not bind|could not create any TCP/.test(output)) return 'port taken'
  if (/pre-existing shared memory block|lock file "postmaster.pid"/.test(output)) return 'old processes'
  return 'other'
}

/** Errors after the log collector took over stand in its file of the day, not in the start log. */
async function lastLog(cluster: string): Promise<string> {
  const day = new Date().toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' })
  const text = await readFile(join(cluster, 'log', `postgres-${day}.log`), 'utf8').catch(() => '')
  return `\n${text.slice(-2000)}`
}

/**
 * Fast shutdown: sessions are ended, everything is written, and we wait for the end. A disk too
 * slow for that gets an immediate one, after which the next start replays the log: nothing is lost.
 */
export async function stopPostmaster(cluster: string, binaries: Binaries | undefined): Promise<void> {
  const found = await readPostmaster(cluster)
  if (!found || !isPidAlive(found.pid)) return
  if (process.platform === 'win32' && binaries) {
    await run(binaries.pgCtl, ['stop', '-m', 'fast', '-w', '-D', cluster], { windowsHide: true })
    return
  }
  process.kill(found.pid, 'SIGINT')
  const deadline = Date.now() + fastStopLimitMs
  for (let isUrged = false; isPidAlive(found.pid); await sleep(5)) {
    if (isUrged || Date.now() < deadline) continue
    isUrged = true
    process.kill(found.pid, 'SIGQUIT')
  }
}

/**
 * Below the range from which systems take the ports of outgoing connections, so that it is
 * still ours after a restart. Whether it is free, PostgreSQL itself finds out.
 */
export function randomPort(): number {
  return randomInt(20_000, 32_000)
}
