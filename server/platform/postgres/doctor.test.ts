import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { createTestDatabase } from '../../../test/database.ts'
import { knownMigrations } from '../db/migrate.ts'
import { examine, judgeClock, judgeDisk, judgeJobs, judgeMigrations, nodeCheck } from './doctor.ts'

let database: TestDatabase
let dataDir = ''

async function run(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  await client.query(sql)
  await client.end()
}

async function sentenceOf(name: string, patient: Parameters<typeof examine>[0]): Promise<string> {
  const check = (await examine(patient)).find((candidate) => candidate.name === name)
  return `${check?.ok ? 'ok' : 'bad'}: ${check?.sentence}`
}

beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'horseshoe-doctor-'))
})

afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

test('a sound installation passes every check', async () => {
  const checks = await examine({ ...database, dataDir })
  const names = [
    'node',
    'data folder',
    'disk',
    'postgres',
    'migrations',
    'durability',
    'role',
    'clock',
    'jobs',
  ]
  expect(checks.map((check) => check.name)).toEqual(names)
  const judged = checks.filter((check) => !['disk', 'node'].includes(check.name))
  expect(judged.filter((check) => !check.ok)).toEqual([])
})

test('an application that signs in as the owner is found', async () => {
  const patient = { dataDir, ownerUrl: database.ownerUrl, appUrl: database.ownerUrl }
  expect(await sentenceOf('role', patient)).toMatch(/^bad: .*row-level security does not bind/)
})

test('a job that was given up is counted', async () => {
  await run(`select graphile_worker.add_job('lost', max_attempts := 1);
    update graphile_worker._private_jobs set attempts = 1`)
  expect(await sentenceOf('jobs', { ...database, dataDir })).toBe('bad: 0 jobs wait, 1 were given up.')
})

test('a database that does not answer is said once, in words', async () => {
  const ownerUrl = 'postgresql://nobody:x@127.0.0.1:1/none'
  const checks = await examine({ dataDir, ownerUrl })
  expect(checks.filter((check) => check.name === 'postgres')).toHaveLength(1)
  expect(await sentenceOf('postgres', { dataDir, ownerUrl })).toMatch(
    /^bad: PostgreSQL cannot be reached: .*ECONNREFUSED/,
  )
})

test.skipIf(process.platform === 'win32')('an open data folder is found, with the cure', async () => {
  await chmod(dataDir, 0o755)
  expect(await sentenceOf('data folder', { ...database, dataDir })).toContain(`chmod 700 ${dataDir}`)
  await chmod(dataDir, 0o711)
  expect(await sentenceOf('data folder', { ...database, dataDir })).toMatch(/^ok/)
})

test('missing and newer migrations are told apart', async () => {
  const known = await knownMigrations()
  expect(judgeMigrations(known, known).ok).toBe(true)
  expect(judgeMigrations(known, known.slice(1)).sentence).toContain('the next start applies them')
  expect(judgeMigrations(known, [...known, '9999_later.sql']).sentence).toContain('A newer Horseshoe')
})

test.each([
  [nodeCheck('22.1.0'), false],
  [nodeCheck('24.0.0'), true],
  [judgeDisk(9, 100), false],
  [judgeDisk(10, 100), true],
  [judgeClock(-1500), false],
  [judgeClock(900), true],
  [judgeJobs({ waiting: 3, failed: 0, overdue: 11 }), false],
  [judgeJobs({ waiting: 3, failed: 0, overdue: 1 }), true],
])('%o is judged %s', (check, ok) => {
  expect(check.ok).toBe(ok)
})
