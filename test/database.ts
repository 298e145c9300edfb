import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { migrate } from '../server/platform/db/migrate.ts'
import { startEmbeddedPostgres } from '../server/platform/postgres/embedded.ts'
import type { TestRun } from './global-setup.ts'

export interface TestDatabase {
  readonly ownerUrl: string
  /** Login of the unprivileged role, which row-level security binds. */
  readonly appUrl: string
  drop(): Promise<void>
}

const templateLock = 4_747_001
const quiet = { info: () => undefined, warn: console.warn, error: console.error }

/** A fresh, migrated, empty database on the one real PostgreSQL of this test run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const run = inject('testRun')
  const serverUrl = await findServer(run)
  const name = `${namePrefix(run)}_${randomBytes(6).toString('hex')}`
  const appUrl = await withClient(serverUrl, async (client) => {
    const templateAppUrl = await ensureTemplate(client, serverUrl, run)
    await client.query(`create database ${name} template ${templateName(run)} strategy wal_log`)
    return templateAppUrl
  })
  return {
    ownerUrl: urlOf(serverUrl, name),
    appUrl: urlOf(appUrl, name),
    drop: () => withClient(serverUrl, (client) => dropDatabase(client, name)),
  }
}

/** A fresh database without any table, for tests of migrations and backups. */
export async function createBareDatabase(): Promise<Omit<TestDatabase, 'appUrl'>> {
  const run = inject('testRun')
  const serverUrl = await findServer(run)
  const name = `${namePrefix(run)}_${randomBytes(6).toString('hex')}`
  await withClient(serverUrl, (client) => client.query(`create database ${name}`))
  return {
    ownerUrl: urlOf(serverUrl, name),
    drop: () => withClient(serverUrl, (client) => dropDatabase(client, name)),
  }
}

/** Removes what a run left on a server that was not made for it. */
export async function dropTestDatabases(run: TestRun): Promise<void> {
  await withClient(run.givenUrl, async (client) => {
    const found = await client.query<{ name: string }>(
      `select datname as name from pg_database where starts_with(datname, $1)`,
      [`${namePrefix(run)}_`],
    )
    for (const { name } of found.rows) await dropDatabase(client, name)
  })
}

/** The first file that asks starts the server; it outlives the worker and is stopped after the last file. */
async function findServer(run: TestRun): Promise<string> {
  if (run.givenUrl) return run.givenUrl
  const file = join(run.folder, 'server-url')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known) return known
  const server = await startEmbeddedPostgres({ dataDir: run.folder, role: 'command', log: quiet })
  await writeFile(file, server.ownerUrl, { mode: 0o600 })
  return server.ownerUrl
}

/** Migrates once a run; the application's connection string is kept as the comment of the template. */
async function ensureTemplate(client: pg.Client, serverUrl: string, run: TestRun): Promise<string> {
  const known = await readTemplate(client, run)
  if (known) return known
  await client.query('select pg_advisory_lock($1)', [templateLock])
  try {
    return (await readTemplate(client, run)) ?? (await makeTemplate(client, serverUrl, run))
  } finally {
    await client.query('select pg_advisory_unlock($1)', [templateLock])
  }
}

async function readTemplate(client: pg.Client, run: TestRun): Promise<string | undefined> {
  const found = await client.query<{ comment: string | null }>(
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
    [templateName(run)],
  )
  return found.rows[0]?.comment ?? undefined
}

async function makeTemplate(client: pg.Client, serverUrl: string, run: TestRun): Promise<string> {
  const name = templateName(run)
  await dropDatabase(client, name)
  await client.query(`create database ${name}`)
  const { appUrl } = await migrate(urlOf(serverUrl, name))
  await client.query(`comment on database ${name} is ${client.escapeLiteral(appUrl)}`)
  return appUrl
}

async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${name} with (force)`)
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function namePrefix(run: TestRun): string {
  return `horseshoe_test_${run.id}`
}

function templateName(run: TestRun): string {
  return `${namePrefix(run)}_template`
}

function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}
