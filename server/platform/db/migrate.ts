import { createHmac } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { run as installJobs } from '../jobs/install.ts'

const folder = new URL('./migrations/', import.meta.url)
const appRole = 'horseshoe_app'
const lockKey = 4_747_474

export interface Migrated {
  /** Login of the unprivileged role, which row-level security binds. */
  readonly appUrl: string
  readonly applied: readonly string[]
}

/** Names of all migrations that this version knows, in order. */
export async function knownMigrations(): Promise<readonly string[]> {
  const names = await readdir(folder)
  return names.filter((name) => name.endsWith('.sql')).sort()
}

/**
 * Brings a database to the newest schema. Forward only; each file in its own transaction; safe to run from
 * several processes at once. `appUrl` may be given where the owner may not create roles.
 */
export async function migrate(ownerUrl: string, givenAppUrl?: string): Promise<Migrated> {
  const client = new pg.Client({ connectionString: ownerUrl })
  // What was asked is refused as well; an event that nobody hears would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    const appUrl = givenAppUrl ?? (await ensureAppRole(client, ownerUrl))
    const applied = await applyMissing(client)
    await installJobs(ownerUrl)
    await grantToApp(client, new URL(appUrl).username)
    return { appUrl, applied }
  } finally {
    await client.end()
  }
}

async function applyMissing(client: pg.Client): Promise<readonly string[]> {
  await client.query(
    'create table if not exists migrations (name text primary key, at timestamptz not null default now())',
  )
  const done = await client.query<{ name: string }>('select name from migrations')
  const known = new Set(done.rows.map((row) => row.name))
  const applied: string[] = []
  for (const name of await knownMigrations()) {
    if (known.has(name)) continue
    await applyOne(client, name)
    applied.push(name)
  }
  return applied
}

async function applyOne(client: pg.Client, name: string): Promise<void> {
  const text = await readFile(new URL(name, folder), 'utf8')
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into migrations (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed`, { cause: error })
  }
}

/** The password follows from the owner's, so that every process of an installation knows it. */
async function ensureAppRole(client: pg.Client, ownerUrl: string): Promise<string> {
  const url = new URL(ownerUrl)
  if (url.password === '') {
    throw new Error(
      'DATABASE_URL has no password; then DATABASE_APP_URL must name the unprivileged role to use.',
    )
  }
  const password = createHmac('sha256', decodeURIComponent(url.password)).update(appRole).digest('hex')
  await client.query(`do $$ begin
    create role ${appRole} login nosuperuser nobypassrls nocreatedb nocreaterole password '${password}';
    exception when duplicate_object or unique_violation then null; end $$`)
  if (!(await canLogIn(ownerUrl, password)))
    await client.query(`alter role ${appRole} password '${password}'`)
  url.username = appRole
  url.password = password
  return url.toString()
}

async function grantToApp(client: pg.Client, role: string): Promise<void> {
  const name = client.escapeIdentifier(role)
  await client.query(`
    grant usage on schema public to ${name};
    grant select, insert, update, delete on all tables in schema public to ${name};
    revoke all on table migrations from ${name};
    revoke update, delete, truncate on table audit from ${name};
    grant execute on all functions in schema public to ${name}`)
}

async function canLogIn(ownerUrl: string, password: string): Promise<boolean> {
  const url = new URL(ownerUrl)
  url.username = appRole
  url.password = password
  const client = new pg.Client({ connectionString: url.toString() })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
