import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { EmbeddedPostgresRefused } from './refusal.ts'

/** The account that PostgreSQL runs under when we are root, which it refuses to serve. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

const usualNames = process.platform === 'darwin' ? ['_postgres', 'daemon'] : ['nobody', 'daemon']

/** Undefined when we are not root: then PostgreSQL simply runs as we do. */
export async function accountFor(cluster: string, user?: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(cluster).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const names = user ? [user] : usualNames
  const accounts = parseAccounts(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  const found = names.map((name) => accounts.get(name)).find((account) => account !== undefined)
  if (found) return found
  throw new EmbeddedPostgresRefused(
    `PostgreSQL refuses to run as root, and there is no account named ${names.join(' or ')} to run it under. ` +
      'Start Horseshoe as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  )
}

/** Accounts of a passwd file by name; root and placeholders with negative numbers are left out. */
export function parseAccounts(passwd: string): ReadonlyMap<string, Account> {
  const accounts = new Map<string, Account>()
  for (const line of passwd.split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name && Number(uid) > 0 && Number(gid) > 0) accounts.set(name, { uid: Number(uid), gid: Number(gid) })
  }
  return accounts
}

/** Whether anybody may walk to the folder itself; its own mode is not asked. */
export async function isPathOpenToAll(folder: string): Promise<boolean> {
  for (let parent = dirname(folder); ; parent = dirname(parent)) {
    const { mode } = await stat(parent)
    if ((mode & 0o001) === 0) return false
    if (parent === dirname(parent)) return true
  }
}
