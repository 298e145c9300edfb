// The program as people run it, in processes of its own that can be killed.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { defaultFunctions, defaultHours } from '../server/workspace/default-settings.ts'

export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** Token of the one-time link, where no owner was there yet. */
  readonly setupToken: string | undefined
  readonly isRunning: boolean
  /** What it wrote on standard error so far. */
  errors(): string
  /** The worker process beside the web process; undefined while it is being started again. */
  workerPid(): Promise<number | undefined>
  kill(): Promise<void>
  /** By SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
}

export interface Account {
  /** Owner's session as a Cookie header. */
  readonly cookie: string
  readonly workspace: string
  /** API key with every scope. */
  readonly key: string
}

const mainFile = fileURLToPath(new URL('../server/main.ts', import.meta.url))
export const cliFile = fileURLToPath(new URL('../server/cli.ts', import.meta.url))
/** As `npm start` says. */
const startFlags = ['--max-semi-space-size=8']
const startLimitMs = 60_000
const email = 'owner@acme.example'
const password = 'vogelbeere unter glas'

/** Resolves when the address is printed; throws where the program ends before. */
export async function startServerProcess(settings: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...startFlags, mainFile], {
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let complaints = ''
  child.stdout.on('data', (bytes) => (said += String(bytes)))
  child.stderr.on('data', (bytes) => (complaints += String(bytes)))
  const deadline = Date.now() + startLimitMs
  // The empty line comes last.
  while (!/ready at .*\n(.*\n)?\n/.test(said)) {
    if (hasEnded(child) || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`The server did not start: ${said}${complaints}`)
    }
    await sleep(20)
  }
  const pid = child.pid ?? 0
  return {
    url: /ready at (\S+)/.exec(said)?.[1] ?? '',
    pid,
    setupToken: /#([\w-]+)/.exec(said)?.[1],
    get isRunning() {
      return !hasEnded(child)
    },
    errors: () => complaints,
    workerPid: () => workerOf(pid),
    kill: async () => {
      await end(child, 'SIGKILL')
    },
    stop: () => end(child, 'SIGTERM'),
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (!hasEnded(child)) {
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  return child.exitCode
}

async function workerOf(pid: number): Promise<number | undefined> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  for (const child of children.split(' ').filter((text) => text !== '')) {
    const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')
    if (command.includes('main.ts')) return Number(child)
  }
  return undefined
}

/** Makes owner and workspace where there are none, signs in, and makes an API key. */
export async function openAccount(server: ServerProcess, workspaceName: string): Promise<Account> {
  if (server.setupToken !== undefined) {
    await call(server, 'POST', '/api/v1/setup', {
      token: server.setupToken,
      name: 'Olga',
      email,
      password,
      workspaceName,
      timeZone: 'Europe/Berlin',
      functions: defaultFunctions,
      hours: defaultHours,
      withSample: false,
    })
  }
  const signedIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email, password }),
  })
  if (!signedIn.ok) throw new Error(`sign-in: ${signedIn.status} ${await signedIn.text()}`)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const me = await call(server, 'GET', '/api/v1/me', undefined, { cookie })
  const workspace = me.workspaces[0].slug as string
  return { cookie, workspace, key: await makeKey(server, cookie, workspace) }
}

export async function makeKey(server: ServerProcess, cookie: string, workspace: string): Promise<string> {
  const headers = { cookie, 'horseshoe-workspace': workspace }
  const scopes = ['engagements.ingest', 'engagements.import', 'people.read', 'cases.read', 'reports.read']
  const made = await call(server, 'POST', '/api/v1/keys', { name: 'load', scopes }, headers)
  return made.key
}

/** A call that must succeed. */
export async function call(
  server: Pick<ServerProcess, 'url'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
  // Callers look into answers of all shapes.
  // eslint-disable-next-line typescript/no-explicit-any
): Promise<any> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      origin: server.url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
