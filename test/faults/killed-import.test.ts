import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { twcsRows } from '../../server/sample/twcs-rows.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { call, cliFile, openAccount, startServerProcess } from '../server-process.ts'
import type { Account, ServerProcess } from '../server-process.ts'
import { faultRounds, killProcess, waitUntilDecided } from './rounds.ts'

const rows = 2_500
const content = [...twcsRows({ seed: 11, count: rows })].join('')

let database: TestDatabase
let folder: string
let file: string
let server: ServerProcess
let account: Account
let owner: pg.Client
let truth: unknown

const settings = () => ({
  DATABASE_URL: database.ownerUrl,
  DATABASE_APP_URL: database.appUrl,
  HORSESHOE_DATA: folder,
})

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'horseshoe-killed-'))
  file = join(folder, 'tweets.csv')
  await writeFile(file, content)
  server = await startServerProcess(settings())
  account = await openAccount(server, 'Unkilled')
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await upload(account.workspace)
  await waitUntilDecided(owner, 180_000)
  truth = await figuresOf(account.workspace)
}, 300_000)
afterAll(async () => {
  await server.stop()
  await owner.end()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const headersOf = (workspace: string) => ({ cookie: account.cookie, 'horseshoe-workspace': workspace })

async function upload(workspace: string): Promise<void> {
  const response = await fetch(`${server.url}/api/v1/imports?format=twcs&name=tweets.csv`, {
    method: 'POST',
    headers: { ...headersOf(workspace), origin: server.url },
    body: content,
  })
  expect(response.status).toBe(201)
}

/** What a reader of the reports sees, and what the tables hold; without what depends on the moment. */
async function figuresOf(workspace: string) {
  const report = await call(server, 'GET', '/api/v1/reports/response', undefined, headersOf(workspace))
  const counts = await owner.query(
    `select (select count(*)::int from engagements e where e.workspace_id = w.id) as engagements,
      (select count(*)::int from arrivals a where a.workspace_id = w.id) as arrivals,
      (select count(*)::int from persons p where p.workspace_id = w.id) as persons,
      (select count(distinct thread_id)::int from engagements e where e.workspace_id = w.id) as threads,
      (select count(*)::int from cases c where c.workspace_id = w.id) as cases,
      (select count(*)::int from turns t where t.workspace_id = w.id) as turns,
      (select count(*)::int from readings r where r.workspace_id = w.id) as readings,
      (select count(*)::int from decisions d where d.workspace_id = w.id) as decisions,
      (select count(*)::int from quarantine q where q.workspace_id = w.id) as quarantined,
      (select md5(string_agg(e.source || e.external_id || e.text || e.published_at, '|' order by e.external_id))
        from engagements e where e.workspace_id = w.id) as words
    from workspaces w where w.slug = $1`,
    [workspace],
  )
  const { kaplanMeierMedianSeconds: _, ...steady } = report
  return { steady, counts: counts.rows[0] }
}

async function importsOf(
  workspace: string,
): Promise<readonly { readonly state: string; accepted: number }[]> {
  const found = await owner.query<{ state: string; accepted: number }>(
    `select i.state, i.accepted from imports i join workspaces w on w.id = i.workspace_id
      where w.slug = $1 order by i.created_at, i.id`,
    [workspace],
  )
  return found.rows
}

/** The worker in one round, web and worker together in the next: where, differs from round to round. */
async function killUpload(workspace: string, round: number): Promise<void> {
  await upload(workspace)
  await sleep(100 + ((round * 311) % 900))
  const worker = await server.workerPid()
  if (worker !== undefined) killProcess(worker)
  if (round % 2 === 0) return
  await server.kill()
  server = await startServerProcess(settings())
}

/** The command does its work itself; without its worker nobody else would, so the server's takes over after the kill. */
async function killCommand(workspace: string, round: number): Promise<void> {
  await server.stop()
  const command = spawn(
    process.execPath,
    [cliFile, 'import', file, '--format', 'twcs', '--workspace', workspace],
    { env: { PATH: process.env['PATH'], ...settings() }, stdio: 'ignore' },
  )
  const ended = once(command, 'exit')
  while ((await importsOf(workspace)).length === 0 && command.exitCode === null) await sleep(10)
  await sleep(50 + ((round * 173) % 700))
  command.kill('SIGKILL')
  await ended
  server = await startServerProcess(settings())
}

test(
  'an import whose process is killed goes on and ends with exactly the rows of the file',
  async () => {
    for (let round = 0; round < faultRounds; round++) {
      const workspace = await makeWorkspace(`Killed ${round}`)
      await (round % 3 === 2 ? killCommand : killUpload)(workspace, round)
      await waitUntilDecided(owner, 180_000)
      expect(await importsOf(workspace)).toEqual([{ state: 'done', accepted: rows }])
      expect(await figuresOf(workspace)).toEqual(truth)
    }
  },
  180_000 + faultRounds * 120_000,
)

test('the same file a second time changes nothing', async () => {
  await upload(account.workspace)
  await waitUntilDecided(owner, 60_000)
  expect((await importsOf(account.workspace)).at(-1)).toEqual({ state: 'done', accepted: 0 })
  expect(await figuresOf(account.workspace)).toEqual(truth)
}, 90_000)

async function makeWorkspace(name: string): Promise<string> {
  const made = await call(
    server,
    'POST',
    '/api/v1/workspaces',
    { name, timeZone: 'Europe/Berlin', withSample: false },
    { cookie: account.cookie },
  )
  return made.slug
}
