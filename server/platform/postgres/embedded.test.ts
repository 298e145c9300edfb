import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EmbeddedPostgres } from './embedded.ts'
import { startEmbeddedPostgres, stopEmbeddedPostgres } from './embedded.ts'
import { isPidAlive } from './users.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
let parent = ''
let dataDir = ''
let first: EmbeddedPostgres

function start(role: 'server' | 'command' = 'server'): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, log, role, settings: { shared_buffers: '32MB' } })
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await isDone()); await sleep(25)) {
    if (Date.now() > deadline) throw new Error('waited in vain')
  }
}

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'horseshoe-embedded-'))
  // As below /root: as root, the account of PostgreSQL cannot walk through this folder.
  await chmod(parent, 0o700)
  dataDir = join(parent, 'checkout', 'data')
  await mkdir(join(dataDir, 'postgres.new', 'left by a kill'), { recursive: true })
  first = await start()
})

afterAll(async () => {
  await first?.stop()
  await stopEmbeddedPostgres(dataDir)
  await rm(parent, { recursive: true, force: true })
})

test('a new data folder gets a real PostgreSQL with checksums, UTF-8 and writes that reach the disk', async () => {
  expect(await ask(first.ownerUrl, 'show server_version')).toMatch(/^18\./)
  expect(await ask(first.ownerUrl, 'show data_checksums')).toBe('on')
  expect(await ask(first.ownerUrl, 'show fsync')).toBe('on')
  const locale = `select datlocprovider::text || datlocale from pg_database where datname = current_database()`
  expect(await ask(first.ownerUrl, locale)).toBe('bC.UTF-8')
  expect(await ask(first.ownerUrl, `select lower('ÄÖÜ')`)).toBe('äöü')
})

test('it listens on the loopback alone, takes only the password, and keeps it from others', async () => {
  expect(await ask(first.ownerUrl, 'show listen_addresses')).toBe('127.0.0.1')
  const wrong = new URL(first.ownerUrl)
  wrong.password = 'guess'
  await expect(ask(wrong.toString(), 'select 1')).rejects.toThrow('password authentication failed')
  if (process.platform === 'win32') return
  expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700)
})

test('what customers wrote does not reach the log of PostgreSQL', async () => {
  await ask(first.ownerUrl, `create table letters (body text primary key)`)
  await ask(first.ownerUrl, `insert into letters values ('a very private line')`)
  await expect(ask(first.ownerUrl, `insert into letters values ('a very private line')`)).rejects.toThrow(
    'duplicate key',
  )
  await expect(ask(first.ownerUrl, `select 'a very private line'::int`)).rejects.toThrow(
    'invalid input syntax',
  )
  const folder = join(dataDir, 'postgres', 'log')
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
  expect(texts.join('')).toContain('ready to accept connections')
  expect(texts.join('')).not.toContain('private')
})

test('a second server on the same data folder is refused by name of the first', async () => {
  await expect(start()).rejects.toThrow(`in use by another Horseshoe (process ${process.pid})`)
})

test('a command beside the server shares its PostgreSQL, and leaves it running', async () => {
  const command = await start('command')
  expect(command.pid).toBe(first.pid)
  await command.stop()
  expect(await ask(first.ownerUrl, 'select 1')).toBe(1)
})

test('a PostgreSQL that was killed is back by itself, at the same address, with every row', async () => {
  await ask(first.ownerUrl, 'create table kept as select 7 as value')
  const before = first.pid
  process.kill(before, 'SIGKILL')
  await until(() => first.pid !== before)
  expect(await ask(first.ownerUrl, 'select value from kept')).toBe(7)
})

test('a stopped PostgreSQL is gone, and starts again at the same address with every row', async () => {
  const { pid, ownerUrl } = first
  await first.stop()
  expect(isPidAlive(pid)).toBe(false)
  const started = performance.now()
  first = await start()
  const spent = performance.now() - started
  expect(first.ownerUrl).toBe(ownerUrl)
  expect(await ask(first.ownerUrl, 'select value from kept')).toBe(7)
  expect(spent).toBeLessThan(5000)
})

test('a PostgreSQL that outlived a killed Horseshoe is adopted, and stopped in the end', async () => {
  await first.stop()
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('embedded.ts', import.meta.url).href)}
    const log = { info() {}, warn() {}, error() {} }
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log })
    process.stdout.write(String(server.pid))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [pid] = (await once(child.stdout, 'data')).map(String)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isPidAlive(Number(pid))).toBe(true)
  first = await start()
  expect(first.pid).toBe(Number(pid))
  await first.stop()
  expect(isPidAlive(Number(pid))).toBe(false)
})

test('several commands at once on a stopped folder agree on one PostgreSQL; the last to leave stops it', async () => {
  const commands = await Promise.all([start('command'), start('command'), start('command')])
  expect(new Set(commands.map((command) => command.pid)).size).toBe(1)
  await commands[0]?.stop()
  await commands[1]?.stop()
  expect(await ask(commands[2]?.ownerUrl ?? '', 'select 1')).toBe(1)
  await commands[2]?.stop()
  expect(isPidAlive(commands[2]?.pid ?? 0)).toBe(false)
})

test('a taken port is not waited for: another one is chosen', async () => {
  const port = Number(new URL(first.ownerUrl).port)
  const stranger = createServer().listen(port, '127.0.0.1')
  await once(stranger, 'listening')
  first = await start()
  expect(new URL(first.ownerUrl).port).not.toBe(String(port))
  expect(await ask(first.ownerUrl, 'select value from kept')).toBe(7)
  stranger.close()
})

test('data of another major version is refused with the way out', async () => {
  const old = join(parent, 'old')
  await mkdir(join(old, 'postgres'), { recursive: true })
  await writeFile(join(old, 'postgres', 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres({ dataDir: old, log })).rejects.toThrow(
    /holds data of PostgreSQL 17, and this Horseshoe brings PostgreSQL 18.*horseshoe backup FILE/,
  )
})
