import type { AuthEvent } from '../../platform/auth/auth-event.ts'
import { membershipsOf, type Membership } from '../../platform/db/directory.ts'
import { inScope, type Scope } from '../../platform/db/scope.ts'
import type { Platform } from '../../platform/platform.ts'
import { record } from './commands.ts'

type Parts = Pick<Platform, 'database' | 'auth' | 'log'>

/**
 * Writes what happened at the door into the trail of every workspace of the account. A try at an address that nobody
 * here has belongs to no workspace; the log counts it.
 */
export async function recordAuth(parts: Parts, event: AuthEvent): Promise<void> {
  const userId = await accountOf(parts, event)
  const memberships = userId === null ? [] : await membershipsOf(parts.database, userId)
  if (memberships.length === 0) return parts.log.info({ act: event.act }, 'sign-in of nobody who works here')
  for (const membership of memberships) await recordFor(parts, membership, event)
}

/** Hears the door; nobody waits for the trail to be written, and what fails there is logged. */
export function listenToDoor(parts: Parts): (event: AuthEvent) => void {
  return (event) => {
    recordAuth(parts, event).catch((error: unknown) =>
      parts.log.error({ error }, 'a sign-in could not be recorded'),
    )
  }
}

async function accountOf({ auth }: Parts, { account }: AuthEvent): Promise<string | null> {
  if ('userId' in account) return account.userId
  return (await auth.userByEmail(account.email))?.userId ?? null
}

async function recordFor(parts: Parts, member: Membership, event: AuthEvent): Promise<void> {
  const { act, by, address, device } = event
  const isProven = act !== 'sign-in.failed' && act !== 'sign-in.code-asked'
  const actor: Scope['actor'] = isProven
    ? { kind: 'member', id: member.memberId, name: member.name }
    : { kind: 'person', id: null, name: 'somebody at the sign-in page' }
  const scope = { workspaceId: member.workspaceId, actor }
  await inScope(parts.database, scope, (db) =>
    record(db, scope, {
      action: act,
      subject: { type: 'member', id: member.memberId },
      after: { ...(by === null ? {} : { by }), address, device },
    }),
  )
}
