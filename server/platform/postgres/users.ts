import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { EmbeddedPostgresRefused, errorCode } from './refusal.ts'

/** The server owns a data folder; commands may work beside it, or without it, on the same PostgreSQL. */
export type Role = 'server' | 'command'

const userSchema = z.object({ pid: z.int(), born: z.string(), role: z.enum(['server', 'command']) })
/** A live process that uses the data folder. */
export type User = z.infer<typeof userSchema>

const startLockWaitMs = 60_000

/** The processes that use a data folder stand as files in `users/`; those of the dead are swept. */
export async function liveUsers(dataDir: string): Promise<readonly User[]> {
  const folder = join(dataDir, 'users')
  const users: User[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    const user = await readUser(join(folder, name))
    if (user && isAlive(user)) users.push(user)
    else await rm(join(folder, name), { force: true })
  }
  return users
}

/** Call under the start lock; so is the returned file to be removed. A second server on the same folder is refused. */
export async function registerUser(dataDir: string, role: Role): Promise<string> {
  const server = (await liveUsers(dataDir)).find((user) => user.role === 'server')
  if (server && role === 'server') {
    throw new EmbeddedPostgresRefused(
      `The data folder ${dataDir} is in use by another Horseshoe (process ${server.pid}). ` +
        'Stop that one first, or set HORSESHOE_DATA to another folder.',
    )
  }
  await mkdir(join(dataDir, 'users'), { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'users', `${process.pid}-${randomUUID()}.json`)
  await writeUser(file, role)
  return file
}

/** One process at a time creates, starts or stops the PostgreSQL of a data folder. */
export async function withStartLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const file = join(dataDir, 'starting.json')
  const deadline = Date.now() + startLockWaitMs
  while (!(await tryLock(file))) {
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresRefused(
        `Another process has been starting PostgreSQL in ${dataDir} for a minute.`,
      )
    }
    await removeDeadLock(file)
    await sleep(20)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

/** The lock appears with its content in one step (a hard link), so no crash leaves an unreadable one. */
async function tryLock(file: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`
  await writeUser(draft, 'command')
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'EPERM') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function removeDeadLock(file: string): Promise<void> {
  const holder = await readUser(file)
  if (!holder || isAlive(holder)) return
  const aside = `${file}.${randomUUID()}`
  await rename(file, aside).catch(() => undefined)
  const moved = await readUser(aside)
  // Another waiter may have replaced the dead lock between our look and our move.
  if (moved && isAlive(moved)) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

async function writeUser(file: string, role: Role): Promise<void> {
  const user: User = { pid: process.pid, born: birthOf(process.pid) ?? '', role }
  await writeFile(file, JSON.stringify(user), { mode: 0o600 })
}

async function readUser(file: string): Promise<User | undefined> {
  try {
    return userSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

function isAlive(user: User): boolean {
  return isPidAlive(user.pid) && (birthOf(user.pid) ?? user.born) === user.born
}

/** A process that we may not signal is alive too. */
export function isPidAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** Tells a process from a later one with the same number (boot and start tick; Linux only). */
function birthOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is a name in brackets that may hold blanks; the start tick is field 22.
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return undefined
  }
}
