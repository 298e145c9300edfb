import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'
import type { SignedIn } from './authenticator.ts'
import { readCookie } from './cookies.ts'
import type { Library, LibrarySession } from './lazy-library.ts'
import { rememberMs } from './principals.ts'
import { rememberRecent } from './recent.ts'
import { endSession } from './users.ts'

// Idle for eight hours ends a session (the library counts that); so do fourteen days, whatever was done in them.

export const absoluteMs = 14 * 24 * 3_600_000

export interface Sessions {
  find(headers: Headers): Promise<(SignedIn & { readonly token: string }) | null>
  forget(): void
}

export interface SessionsOptions {
  readonly database: Database
  readonly library: Library
  readonly clock: Clock
  readonly cookieName: string
}

export function openSessions({ database, library, clock, cookieName }: SessionsOptions): Sessions {
  const recent = rememberRecent<LibrarySession | null>(clock, rememberMs, 20_000)

  async function read(headers: Headers): Promise<LibrarySession | null> {
    const found = await library.session(headers)
    if (found === null) return null
    if (clock.now() - found.session.createdAt.getTime() < absoluteMs) return found
    await endSession(database.owner, found.session.token)
    return null
  }

  return {
    async find(headers) {
      const cookie = readCookie(headers, cookieName)
      if (cookie === null || cookie === '') return null
      const key = createHash('sha256').update(cookie).digest('base64')
      const found = await recent.get(key, () => read(headers))
      if (found === null) return null
      const { id, name, email, twoFactorEnabled } = found.user
      return { userId: id, name, email, twoFactor: twoFactorEnabled === true, token: found.session.token }
    },
    forget: () => recent.forget(),
  }
}
