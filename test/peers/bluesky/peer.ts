// A Bluesky network in a process of its own: a server with accounts, and where asked for the whole network, which wants
// PostgreSQL and Redis.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface BlueskyPeer {
  /** The accounts' server, as in `http://127.0.0.1:2583`. */
  readonly url: string
  /** `127.0.0.1:port`, as the egress trusts it. */
  readonly host: string
  readonly isWhole: boolean
  stop(): Promise<void>
}

/** `databaseUrl`: of an empty database; without one the server stands alone. */
export async function startBluesky(databaseUrl?: string): Promise<BlueskyPeer> {
  const redis = databaseUrl === undefined ? null : await startRedis()
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('server.mjs', import.meta.url)), databaseUrl === undefined ? 'pds' : 'network'],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'test',
        ...(redis === null
          ? {}
          : { REDIS_HOST: redis.host, DB_POSTGRES_URL: databaseUrl, DB_POSTGRES_SCHEMA: schemaName() }),
      },
    },
  )
  try {
    const { pds } = await firstLine(child)
    const { port } = new URL(pds)
    const stop = async (): Promise<void> => {
      await ended(child, () => child.stdin?.end())
      await redis?.stop()
    }
    return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, isWhole: redis !== null, stop }
  } catch (error) {
    child.kill('SIGKILL')
    await redis?.stop()
    throw error
  }
}

/** Letters alone, as the network wants them. */
function schemaName(): string {
  return `peer_${[...randomBytes(8)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')}`
}

function firstLine(child: ChildProcess): Promise<{ readonly pds: string }> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the Bluesky peer ended with ${code}: ${said}`)))
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      if (line.startsWith('{"pds"')) resolve(JSON.parse(line))
    })
  })
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  end()
  const late = setTimeout(() => child.kill('SIGKILL'), 8_000)
  await gone
  clearTimeout(late)
}

async function startRedis(): Promise<{ readonly host: string; stop(): Promise<void> }> {
  const port = await freePort()
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`redis ended with ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve()
    })
  })
  return { host: `127.0.0.1:${port}`, stop: () => ended(child, () => child.kill()) }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
