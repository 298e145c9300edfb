import { grantableRoles, type Role } from '../../../contract/policy.ts'
import type { Invitation } from '../../../contract/workspace.ts'
import type { Principal } from '../../platform/auth/authenticator.ts'
import { openInvitationByToken, type InvitationFound } from '../../platform/db/directory.ts'
import { inScope, type Db, type Scope } from '../../platform/db/scope.ts'
import { tell } from '../../platform/events/tell.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { refused } from '../../platform/refused.ts'
import { hashToken, newToken } from '../../platform/secrets/sealed.ts'
import { record } from '../audit/commands.ts'
import { requireFunctions } from '../members/commands.ts'
import { activeMemberByEmail, addMember, changeMember, memberByUser } from '../members/store.ts'
import {
  addInvitation,
  openInvitations,
  removeInvitation,
  removeInvitationsFor,
  spendInvitation,
  type InvitationTaken,
} from './store.ts'

const openForMs = 72 * 3_600_000

export async function listInvitations(platform: Platform, scope: Scope): Promise<{ items: Invitation[] }> {
  const now = new Date(platform.clock.now())
  return inScope(platform.database, scope, async (db) => ({
    items: await openInvitations(db, scope.workspaceId, now),
  }))
}

export interface Invite {
  readonly email: string
  readonly role: Role
  readonly functions: readonly string[]
}

/** The link is given out once and stored as a hash; it is bound to the address, holds 72 h and works once. */
export async function invite(
  platform: Platform,
  principal: Principal,
  input: Invite,
): Promise<{ invitation: Invitation; link: string }> {
  const { scope, memberId, role } = principal
  if (memberId === null || role === null) throw refused('FORBIDDEN')
  requireGrantable(role, input.role)
  const now = platform.clock.now()
  const { token, hash } = newToken()
  const invitation = {
    id: newId(),
    email: input.email.toLowerCase(),
    role: input.role,
    functions: [...input.functions],
    expiresAt: new Date(now + openForMs),
  }
  await inScope(platform.database, scope, async (db) => {
    await requireFunctions(db, scope, input.functions)
    if ((await activeMemberByEmail(db, scope.workspaceId, invitation.email)) !== null) {
      throw refused('CONFLICT', 'already-member', 'Somebody with this address is a member already.')
    }
    await removeInvitationsFor(db, scope.workspaceId, invitation.email)
    const stored = { ...invitation, tokenHash: hash, invitedBy: memberId }
    await addInvitation(db, scope.workspaceId, stored, new Date(now))
    await record(db, scope, {
      action: 'invitation.made',
      subject: { type: 'invitation', id: invitation.id },
      after: invitation,
    })
  })
  return {
    invitation: {
      ...invitation,
      expiresAt: invitation.expiresAt.toISOString(),
      invitedBy: scope.actor.name,
    },
    link: `${platform.publicUrl}/invite#${token}`,
  }
}

function requireGrantable(by: Role, wanted: Role): void {
  if (grantableRoles(by).includes(wanted)) return
  throw refused('FORBIDDEN', 'above-own-role', 'Nobody gives or takes a role above their own.')
}

export async function revokeInvitation(
  platform: Platform,
  principal: Principal,
  id: string,
): Promise<{ done: true }> {
  const { scope, role } = principal
  if (role === null) throw refused('FORBIDDEN')
  await inScope(platform.database, scope, async (db) => {
    const removed = await removeInvitation(db, scope.workspaceId, id)
    if (removed === null) throw refused('NOT_FOUND')
    requireGrantable(role, removed.role)
    await record(db, scope, {
      action: 'invitation.revoked',
      subject: { type: 'invitation', id },
      before: removed,
    })
  })
  return { done: true }
}

/** What a link offers. A link that was used, taken back, ran out or never was is answered alike. */
export async function lookInvitation(
  platform: Platform,
  token: string,
): Promise<{ workspace: string; email: string; role: Role; hasAccount: boolean }> {
  const found = await openInvitation(platform, token)
  const account = await platform.auth.userByEmail(found.email)
  return {
    workspace: found.workspaceName,
    email: found.email,
    role: found.role,
    hasAccount: account !== null,
  }
}

async function openInvitation(platform: Platform, token: string): Promise<InvitationFound> {
  const now = new Date(platform.clock.now())
  const found = await openInvitationByToken(platform.database, hashToken(token), now)
  if (found === null) throw refused('GONE')
  return found
}

export interface Acceptance {
  readonly token: string
  readonly name?: string | undefined
  readonly password?: string | undefined
}

interface Joining {
  readonly userId: string
  readonly name: string
  readonly isNew: boolean
}

/**
 * Makes the invited address a member. Whoever has an account must be signed in to it; else the link makes one. An
 * account that was made for a link which somebody else used up at the same moment is taken away again.
 */
export async function acceptInvitation(
  platform: Platform,
  headers: Headers,
  input: Acceptance,
): Promise<{ workspace: string }> {
  const found = await openInvitation(platform, input.token)
  const joining = await whoJoins(platform, headers, found.email, input)
  const memberId = newId()
  const scope: Scope = {
    workspaceId: found.workspaceId,
    actor: { kind: 'member', id: memberId, name: joining.name },
  }
  const isDone = await inScope(platform.database, scope, (db) =>
    join(db, scope, found, { ...joining, memberId, now: new Date(platform.clock.now()) }),
  ).catch(async (error: unknown) => {
    if (joining.isNew) await platform.auth.removeUser(joining.userId)
    throw error
  })
  if (!isDone) {
    if (joining.isNew) await platform.auth.removeUser(joining.userId)
    throw refused('GONE')
  }
  platform.auth.forget()
  return { workspace: found.slug }
}

async function whoJoins(
  platform: Platform,
  headers: Headers,
  email: string,
  input: Acceptance,
): Promise<Joining> {
  const user = await platform.auth.signedIn(headers)
  if (user !== null && user.email === email) return { ...user, isNew: false }
  if (user !== null) {
    throw refused(
      'CONFLICT',
      'other-account',
      `This invitation is for ${email}. Sign out first, then open it again.`,
    )
  }
  if ((await platform.auth.userByEmail(email)) !== null) throw refused('UNAUTHORIZED')
  const { name, password } = input
  if (name === undefined || password === undefined) {
    throw refused('INVALID', 'account-needed', 'A new account needs a name and a password.')
  }
  const made = await platform.auth.createUser({ name, email, password })
  if (made.ok) return { userId: made.userId, name, isNew: true }
  if (made.reason === 'email-taken') throw refused('GONE')
  throw refused('INVALID', made.reason, 'This password is among the first to be guessed. Choose another one.')
}

async function join(
  db: Db,
  scope: Scope,
  found: InvitationFound,
  joining: Joining & { readonly memberId: string; readonly now: Date },
): Promise<boolean> {
  const taken = await spendInvitation(db, scope.workspaceId, found.invitationId, joining.now)
  if (taken === null) return false
  const memberId = await putMember(db, scope.workspaceId, taken, joining)
  await tell(db, scope.workspaceId, { topic: 'workspace.changed' })
  await record(
    db,
    { ...scope, actor: { ...scope.actor, id: memberId } },
    {
      action: 'member.joined',
      subject: { type: 'member', id: memberId },
      after: { email: taken.email, role: taken.role, functions: taken.functions, invitation: taken.id },
    },
  )
  return true
}

/** Somebody who was a member before becomes active again, in the invited role. */
async function putMember(
  db: Db,
  workspaceId: string,
  taken: InvitationTaken,
  joining: Joining & { readonly memberId: string; readonly now: Date },
): Promise<string> {
  const { email, role, functions } = taken
  const before = await memberByUser(db, workspaceId, joining.userId)
  if (before === null) {
    const member = {
      id: joining.memberId,
      userId: joining.userId,
      name: joining.name,
      email,
      role,
      functions,
    }
    await addMember(db, workspaceId, member, joining.now)
    return joining.memberId
  }
  if (!before.isActive) await changeMember(db, workspaceId, before.id, { role, functions, isActive: true })
  return before.id
}
