import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './account.ts'
import { isPathOpenToAll } from './account.ts'
import type { Binaries } from './binaries.ts'
import { EmbeddedPostgresRefused, whenCode } from './refusal.ts'

/** The only superuser of the embedded server. */
export const superuser = 'horseshoe'
/** The file of our settings in the cluster; ALTER SYSTEM still overrules it. */
const settingsFile = 'horseshoe.conf'
const run = promisify(execFile)

/**
 * Nothing of our own environment reaches PostgreSQL: PG* variables would change what it does.
 * Windows programs need the system's variables.
 */
export const cleanEnvironment: NodeJS.ProcessEnv | undefined =
  process.platform === 'win32' ? undefined : { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Creates the data folder with modes that let the account of PostgreSQL pass, but not read. */
export async function makeDataFolder(dataDir: string, account?: Account): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: account ? 0o711 : 0o700 })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new EmbeddedPostgresRefused(`The data folder ${dataDir} cannot be created (${why}).`)
  }
}

/** The superuser's password, made on first use; only the account of Horseshoe may read the file. */
export async function readOrMakePassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres-password')
  const found = (await readFile(file, 'utf8').catch(whenCode(['ENOENT'], ''))).trim()
  if (found) return found
  const password = randomBytes(24).toString('base64url')
  const handle = await open(`${file}.new`, 'w', 0o600)
  await handle.writeFile(`${password}\n`)
  await handle.sync()
  await handle.close()
  await rename(`${file}.new`, file)
  return password
}

/**
 * Runs initdb when the cluster is not there, beside its final name, so that a kill leaves
 * nothing half made; refuses a cluster of another major version.
 */
export async function ensureCluster(
  cluster: string,
  binaries: Binaries,
  password: string,
  account?: Account,
): Promise<'created' | 'found'> {
  const major = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(whenCode(['ENOENT'], ''))).trim()
  if (major) {
    refuseOtherMajor(cluster, major, binaries)
    return 'found'
  }
  if (await stat(cluster).catch(() => undefined)) {
    throw new EmbeddedPostgresRefused(
      `${cluster} exists but holds no PostgreSQL data. Move it away and start again.`,
    )
  }
  const draft = `${cluster}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  if (account) await chown(draft, account.uid, account.gid)
  await initialise(draft, binaries, password, account)
  await rename(draft, cluster)
  await syncFolder(dirname(cluster))
  return 'created'
}

function refuseOtherMajor(cluster: string, major: string, binaries: Binaries): void {
  const ours = binaries.version.split('.')[0]
  if (major === ours) return
  throw new EmbeddedPostgresRefused(
    `${cluster} holds data of PostgreSQL ${major}, and this Horseshoe brings PostgreSQL ${ours}. ` +
      'Make a backup with the Horseshoe that wrote it (horseshoe backup FILE), move the folder aside, ' +
      'start once, and bring it back with horseshoe restore FILE.',
  )
}

async function initialise(
  draft: string,
  binaries: Binaries,
  password: string,
  account?: Account,
): Promise<void> {
  const passwordFolder = await mkdtemp(join(account ? '/tmp' : tmpdir(), 'horseshoe-initdb-'))
  try {
    const passwordFile = join(passwordFolder, 'password')
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (account) await chown(passwordFolder, account.uid, account.gid)
    if (account) await chown(passwordFile, account.uid, account.gid)
    const where = await reachableCluster(draft, account)
    const options = ['-D', where, '-U', superuser, '--pwfile', passwordFile, '--auth=scram-sha-256']
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const settings = ['--data-checksums', '--text-search-config=simple']
    await run(binaries.initdb, [...options, ...locale, ...settings], {
      ...account,
      cwd: draft,
      env: cleanEnvironment,
      windowsHide: true,
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new EmbeddedPostgresRefused(`PostgreSQL could not create its data in ${draft}: ${why}`)
  } finally {
    await rm(passwordFolder, { recursive: true, force: true })
  }
  const handle = await open(join(draft, 'postgresql.conf'), 'a')
  await handle.writeFile(
    `\n# Settings of Horseshoe, written anew at every start; ALTER SYSTEM overrules them.\n`,
  )
  await handle.writeFile(`include_if_exists = '${settingsFile}'\n`)
  await handle.sync()
  await handle.close()
}

/**
 * The name of the cluster folder for the account that serves it. Below a folder that this
 * account may not walk through (a checkout under /root), its own working directory, which we
 * enter as root before the account is changed, is the way in.
 */
export async function reachableCluster(cluster: string, account?: Account): Promise<string> {
  if (!account || (await isPathOpenToAll(cluster))) return cluster
  if (process.platform === 'linux') return '/proc/self/cwd'
  throw new EmbeddedPostgresRefused(
    `The folder ${cluster} lies below one that only root may enter, and PostgreSQL refuses to run as root. ` +
      'Set HORSESHOE_DATA to a folder that everybody may walk to, or start Horseshoe as an ordinary user.',
  )
}

export type Settings = Readonly<Record<string, string>>

/** Writes our settings into the cluster. They suit 2 cores; memory follows the machine. */
export async function writeSettings(cluster: string, extra: Settings, account?: Account): Promise<void> {
  const lines = Object.entries({ ...defaultSettings(totalmem()), ...extra })
  const file = join(cluster, settingsFile)
  await writeFile(file, lines.map(([name, value]) => `${name} = '${value}'\n`).join(''), { mode: 0o600 })
  if (account) await chown(file, account.uid, account.gid)
  await chmod(cluster, 0o700)
}

/** Takes the memory of the machine in bytes. */
export function defaultSettings(memory: number): Settings {
  const megabytes = Math.floor(memory / 2 ** 20)
  return {
    fsync: 'on',
    synchronous_commit: 'on',
    max_connections: '100',
    shared_buffers: `${Math.max(32, Math.min(256, Math.floor(megabytes / 8)))}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(megabytes / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: `${Math.max(16, Math.min(128, Math.floor(megabytes / 16)))}MB`,
    max_wal_size: '1GB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // An error of a statement may quote what a customer wrote; it goes to the caller alone.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_destination: 'stderr',
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgres-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync()
  await handle.close()
}
