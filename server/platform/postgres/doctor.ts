import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { knownMigrations } from '../db/migrate.ts'

/** What one look at the installation found, in a sentence for the person who runs it. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly sentence: string
}

export interface Patient {
  readonly dataDir: string
  readonly ownerUrl: string
  /** The login that the application uses; row-level security must bind it. */
  readonly appUrl?: string
}

const oldestNode = 24
const oldestPostgres = 15
const leastFreeShare = 0.1
const mostSkewMs = 1000
const mostOverdueMinutes = 10

/** Looks at everything and changes nothing. A check that cannot be made is a failed one. */
export async function examine(patient: Patient): Promise<readonly Check[]> {
  const here = [
    nodeCheck(process.versions.node),
    await guarded('data folder', () => folderCheck(patient.dataDir)),
  ]
  here.push(await guarded('disk', () => diskCheck(patient.dataDir)))
  return [...here, ...(await databaseChecks(patient))]
}

export function nodeCheck(version: string): Check {
  const ok = Number.parseInt(version, 10) >= oldestNode
  const wish = ok ? '' : ` Horseshoe needs ${oldestNode} or later: start it with npm, which brings it along.`
  return { name: 'node', ok, sentence: `Node.js ${version}.${wish}` }
}

async function folderCheck(dataDir: string): Promise<Check> {
  const name = 'data folder'
  const { mode, uid } = await stat(dataDir)
  if (process.platform === 'win32') return { name, ok: true, sentence: `${dataDir} is there.` }
  const ours = process.getuid?.()
  if (ours !== 0 && uid !== ours) {
    return {
      name,
      ok: false,
      sentence: `${dataDir} belongs to another account (${uid}) than this one (${ours}).`,
    }
  }
  // Walking through is granted to the account of PostgreSQL; reading and writing to nobody.
  if ((mode & 0o066) !== 0) {
    return {
      name,
      ok: false,
      sentence: `${dataDir} can be read by other accounts; run chmod 700 ${dataDir}.`,
    }
  }
  for (const secret of ['postgres-password', 'postgres']) {
    const found = await stat(join(dataDir, secret)).catch(() => undefined)
    if (found && (found.mode & 0o077) !== 0) {
      return { name, ok: false, sentence: `${join(dataDir, secret)} is open to other accounts.` }
    }
  }
  return { name, ok: true, sentence: `${dataDir} is closed to other accounts.` }
}

async function diskCheck(dataDir: string): Promise<Check> {
  const { bavail, blocks, bsize } = await statfs(dataDir)
  return judgeDisk(bavail * bsize, blocks * bsize)
}

/** Takes bytes. */
export function judgeDisk(free: number, total: number): Check {
  const share = total === 0 ? 0 : free / total
  const sentence = `${(free / 2 ** 30).toFixed(1)} GB of the disk are free (${Math.floor(share * 100)} %).`
  return { name: 'disk', ok: share >= leastFreeShare, sentence }
}

async function databaseChecks(patient: Patient): Promise<readonly Check[]> {
  const client = new pg.Client({ connectionString: patient.ownerUrl, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    const sentence = `PostgreSQL cannot be reached: ${messageOf(error)}.`
    return [{ name: 'postgres', ok: false, sentence }]
  }
  try {
    return [
      await guarded('postgres', () => versionCheck(client)),
      await guarded('migrations', () => migrationCheck(client)),
      await guarded('durability', () => durabilityCheck(client)),
      await guarded('role', () => roleCheck(patient.appUrl)),
      await guarded('clock', () => clockCheck(client)),
      await guarded('jobs', () => jobCheck(client)),
    ]
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function versionCheck(client: pg.Client): Promise<Check> {
  const found = await client.query<{ server_version: string }>('show server_version')
  const version = found.rows[0]?.server_version ?? 'unknown'
  const ok = Number.parseInt(version, 10) >= oldestPostgres
  const wish = ok ? '' : ` Horseshoe needs ${oldestPostgres} or later.`
  return { name: 'postgres', ok, sentence: `PostgreSQL ${version} answers.${wish}` }
}

async function migrationCheck(client: pg.Client): Promise<Check> {
  const there = await client.query(`select 1 where to_regclass('public.migrations') is not null`)
  const done =
    there.rowCount === 0
      ? undefined
      : await client.query<{ name: string }>('select name from public.migrations')
  return judgeMigrations(await knownMigrations(), done?.rows.map((row) => row.name) ?? [])
}

export function judgeMigrations(known: readonly string[], done: readonly string[]): Check {
  const name = 'migrations'
  const missing = known.filter((migration) => !done.includes(migration))
  const foreign = done.filter((migration) => !known.includes(migration))
  if (foreign.length > 0) {
    const sentence = `A newer Horseshoe has used this database (it knows ${foreign.join(', ')}); upgrade this one.`
    return { name, ok: false, sentence }
  }
  if (missing.length > 0) {
    const sentence = `${missing.length} of ${known.length} migrations are missing; the next start applies them.`
    return { name, ok: false, sentence }
  }
  return { name, ok: true, sentence: `All ${known.length} migrations are applied.` }
}

async function durabilityCheck(client: pg.Client): Promise<Check> {
  const wanted = ['fsync', 'full_page_writes', 'synchronous_commit']
  const found = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [wanted],
  )
  const off = found.rows.filter((row) => row.setting === 'off').map((row) => row.name)
  if (off.length === 0)
    return { name: 'durability', ok: true, sentence: 'Commits reach the disk (fsync is on).' }
  const sentence = `${off.join(' and ')} is off: a crash can lose what was acknowledged. Turn it on.`
  return { name: 'durability', ok: false, sentence }
}

async function roleCheck(appUrl: string | undefined): Promise<Check> {
  const name = 'role'
  if (appUrl === undefined) return { name, ok: false, sentence: 'The login of the application is not known.' }
  const client = new pg.Client({ connectionString: appUrl, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const found = await client.query<{ login: string; isPrivileged: boolean; owns: number }>(
      `select rolname as login, rolsuper or rolbypassrls or rolcreaterole as "isPrivileged",
              (select count(*)::int from pg_class c where c.relowner = r.oid) as owns
         from pg_roles r where rolname = session_user`,
    )
    const role = found.rows[0]
    if (role && !role.isPrivileged && role.owns === 0) {
      return {
        name,
        ok: true,
        sentence: `The application signs in as ${role.login}, which row-level security binds.`,
      }
    }
    const sentence = `The application signs in as ${role?.login}, which row-level security does not bind: it must own no table and be no superuser.`
    return { name, ok: false, sentence }
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function clockCheck(client: pg.Client): Promise<Check> {
  const before = Date.now()
  const found = await client.query<{ ms: number }>(
    'select extract(epoch from clock_timestamp())::double precision * 1000 as ms',
  )
  const middle = (before + Date.now()) / 2
  return judgeClock((found.rows[0]?.ms ?? Number.NaN) - middle)
}

/** Takes how far the database's clock is ahead, in milliseconds. */
export function judgeClock(aheadMs: number): Check {
  const ok = Math.abs(aheadMs) <= mostSkewMs
  const seconds = (Math.abs(aheadMs) / 1000).toFixed(1)
  const sentence = ok
    ? 'The clocks of database and server agree.'
    : `The clock of the database is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's; set both by NTP.`
  return { name: 'clock', ok, sentence }
}

interface JobCounts {
  readonly waiting: number
  readonly failed: number
  /** Minutes since the oldest job that nobody works on was due. */
  readonly overdue: number
}

async function jobCheck(client: pg.Client): Promise<Check> {
  const there = await client.query(`select 1 where to_regclass('graphile_worker.jobs') is not null`)
  if (there.rowCount === 0) {
    return {
      name: 'jobs',
      ok: false,
      sentence: 'Background work is not installed yet; the next start does it.',
    }
  }
  const found = await client.query<JobCounts>(
    `select count(*) filter (where attempts < max_attempts)::int as waiting,
            count(*) filter (where attempts >= max_attempts)::int as failed,
            coalesce(extract(epoch from now() - min(run_at)
              filter (where attempts < max_attempts and locked_at is null)) / 60, 0)::double precision as overdue
       from graphile_worker.jobs`,
  )
  return judgeJobs(found.rows[0] ?? { waiting: 0, failed: 0, overdue: 0 })
}

export function judgeJobs({ waiting, failed, overdue }: JobCounts): Check {
  const parts = [`${waiting} jobs wait, ${failed} were given up.`]
  if (overdue > mostOverdueMinutes)
    parts.push(`The oldest is ${Math.floor(overdue)} minutes late: is a worker running?`)
  return { name: 'jobs', ok: failed === 0 && overdue <= mostOverdueMinutes, sentence: parts.join(' ') }
}

async function guarded(name: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look()
  } catch (error) {
    return { name, ok: false, sentence: `This could not be checked: ${messageOf(error)}.` }
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Several addresses tried in vain come as one error without words.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined
  return error.message || (inner instanceof Error ? inner.message : error.name)
}
