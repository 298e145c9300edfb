import { roleAllows, permissions } from '../../../contract/policy.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'
import {
  keyByHash,
  membershipsOf,
  touchKey,
  touchMember,
  type KeyFound,
  type Membership,
} from '../db/directory.ts'
import type { Log } from '../log.ts'
import { hashKey, keyOfHeader } from './api-key.ts'
import type { Principal, SignedIn } from './authenticator.ts'
import { rememberRecent } from './recent.ts'

// Who calls, in which workspace. Asked a thousand times a second, so what was found is remembered for up to two
// seconds; a change made in this process is seen at once, one made in another process within that time.

export const rememberMs = 2_000
const maxRemembered = 20_000
const touchEveryMs = 60_000

export interface Principals {
  find(headers: Headers): Promise<Principal | null>
  forget(): void
}

export interface PrincipalsOptions {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly signedIn: (headers: Headers) => Promise<SignedIn | null>
}

export function openPrincipals({ database, clock, log, signedIn }: PrincipalsOptions): Principals {
  const keys = rememberRecent<KeyFound | null>(clock, rememberMs, maxRemembered)
  const memberships = rememberRecent<readonly Membership[]>(clock, rememberMs, maxRemembered)
  const touch = touchSometimes(clock, log)

  async function byKey(authorization: string, slug: string | null): Promise<Principal | null> {
    const key = keyOfHeader(authorization)
    if (key === null) return null
    const hash = hashKey(key)
    const found = await keys.get(hash.toString('base64'), () => keyByHash(database, hash))
    if (found === null || (slug !== null && slug !== found.slug)) return null
    touch(found.keyId, (now) => touchKey(database, found.workspaceId, found.keyId, now))
    return principalOfKey(found)
  }

  async function bySession(headers: Headers, slug: string | null): Promise<Principal | null> {
    const user = await signedIn(headers)
    if (user === null) return null
    const all = await memberships.get(user.userId, () => membershipsOf(database, user.userId))
    const chosen = slug === null ? onlyOne(all) : all.find((membership) => membership.slug === slug)
    if (chosen === undefined) return null
    touch(chosen.memberId, (now) => touchMember(database, chosen.workspaceId, chosen.memberId, now))
    return principalOfMember(chosen)
  }

  return {
    find(headers) {
      const authorization = headers.get('authorization')
      const slug = headers.get('horseshoe-workspace')
      return authorization === null ? bySession(headers, slug) : byKey(authorization, slug)
    },
    forget() {
      keys.forget()
      memberships.forget()
    },
  }
}

function onlyOne(all: readonly Membership[]): Membership | undefined {
  return all.length === 1 ? all[0] : undefined
}

function principalOfKey(key: KeyFound): Principal {
  return {
    scope: { workspaceId: key.workspaceId, actor: { kind: 'key', id: key.keyId, name: key.name } },
    slug: key.slug,
    role: null,
    memberId: null,
    functions: [],
    permissions: new Set(key.scopes),
  }
}

function principalOfMember(member: Membership): Principal {
  return {
    scope: {
      workspaceId: member.workspaceId,
      actor: { kind: 'member', id: member.memberId, name: member.name },
    },
    slug: member.slug,
    role: member.role,
    memberId: member.memberId,
    functions: member.functions,
    permissions: new Set(permissions.filter((permission) => roleAllows(member.role, permission))),
  }
}

/** Runs a write at most once a minute for each id; nobody waits for it. */
function touchSometimes(clock: Clock, log: Log): (id: string, write: (now: Date) => Promise<void>) => void {
  const last = new Map<string, number>()
  return (id, write) => {
    const now = clock.now()
    if (now - (last.get(id) ?? 0) < touchEveryMs) return
    if (last.size >= maxRemembered) last.clear()
    last.set(id, now)
    write(new Date(now)).catch((error: unknown) => log.warn({ error }, 'last use could not be noted'))
  }
}
