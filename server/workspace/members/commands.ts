import type { Role } from '../../../contract/policy.ts'
import type { Member } from '../../../contract/workspace.ts'
import type { Principal } from '../../platform/auth/authenticator.ts'
import { inScope, type Db, type Scope } from '../../platform/db/scope.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Platform } from '../../platform/platform.ts'
import { refused } from '../../platform/refused.ts'
import { record } from '../audit/commands.ts'
import { checkKnownFunctions } from '../check-settings.ts'
import { removeInvitationsBy } from '../invitations/store.ts'
import { readFunctions } from '../views.ts'
import { mayChangeMember } from './may-change-member.ts'
import { allMembers, changeAvailability, changeMember, lockMember, memberById } from './store.ts'

export async function listMembers(platform: Platform, scope: Scope): Promise<{ items: Member[] }> {
  return inScope(platform.database, scope, async (db) => ({ items: await allMembers(db, scope.workspaceId) }))
}

export interface MemberUpdate {
  readonly id: string
  readonly role?: Role | undefined
  readonly functions?: string[] | undefined
  readonly isActive?: boolean | undefined
}

/** Acts at once: whoever is made inactive or given a lesser role is held to it from the next call on. */
export async function updateMember(
  platform: Platform,
  principal: Principal,
  change: MemberUpdate,
): Promise<Member> {
  const { scope, role } = principal
  if (role === null) throw refused('FORBIDDEN')
  const after = await inScope(platform.database, scope, async (db) => {
    const found = await lockMember(db, scope.workspaceId, change.id)
    if (found === null) throw refused('NOT_FOUND')
    const { member: before, activeOwners } = found
    refuseChange(mayChangeMember(role, before, change, activeOwners))
    if (change.functions !== undefined) await requireFunctions(db, scope, change.functions)
    const { role: newRole = before.role, functions = before.functions, isActive = before.isActive } = change
    const changed = await changeMember(db, scope.workspaceId, before.id, {
      role: newRole,
      functions,
      isActive,
    })
    if (!isActive || newRole !== before.role) await removeInvitationsBy(db, scope.workspaceId, before.id)
    await tell(db, scope.workspaceId, { topic: 'workspace.changed' })
    await record(db, scope, {
      action: 'member.changed',
      subject: { type: 'member', id: before.id },
      before: standing(before),
      after: standing(changed),
    })
    return changed
  })
  platform.auth.forget()
  return after
}

function refuseChange(answer: ReturnType<typeof mayChangeMember>): void {
  if (answer === 'above-own-role') {
    throw refused('FORBIDDEN', answer, 'Nobody gives or takes a role above their own.')
  }
  if (answer === 'last-owner') {
    throw refused('CONFLICT', answer, 'A workspace keeps at least one owner. Make another one first.')
  }
}

function standing({ role, functions, isActive }: Member): Pick<Member, 'role' | 'functions' | 'isActive'> {
  return { role, functions, isActive }
}

/** Away until they say otherwise, or until an instant. */
export async function setAvailability(
  platform: Platform,
  principal: Principal,
  wanted: { readonly isAvailable: boolean; readonly until: string | null },
): Promise<{ done: true }> {
  const { scope, memberId } = principal
  if (memberId === null) throw refused('FORBIDDEN')
  const awayUntil = wanted.isAvailable || wanted.until === null ? null : new Date(wanted.until)
  if (awayUntil !== null && awayUntil.getTime() <= platform.clock.now()) {
    throw refused('INVALID', 'past', 'Choose a time that is still to come.')
  }
  await inScope(platform.database, scope, async (db) => {
    const before = await memberById(db, scope.workspaceId, memberId)
    if (before === null) throw refused('NOT_FOUND')
    const after = { isAvailable: wanted.isAvailable, awayUntil: awayUntil?.toISOString() ?? null }
    if (before.isAvailable === after.isAvailable && before.awayUntil === after.awayUntil) return
    await changeAvailability(db, scope.workspaceId, memberId, { isAvailable: wanted.isAvailable, awayUntil })
    await tell(db, scope.workspaceId, { topic: 'workspace.changed' })
    await record(db, scope, {
      action: 'member.availability',
      subject: { type: 'member', id: memberId },
      before: { isAvailable: before.isAvailable, awayUntil: before.awayUntil },
      after,
    })
  })
  return { done: true }
}

export async function requireFunctions(db: Db, scope: Scope, wanted: readonly string[]): Promise<void> {
  const known = await readFunctions(db, scope.workspaceId)
  const problem = checkKnownFunctions(
    wanted,
    known.map(({ key }) => key),
  )
  if (problem !== undefined) throw refused('INVALID', problem.reason, problem.hint)
}

/** The scope in which background work goes on in a member's name; null once they are no longer active. */
export async function makeScopeFor(
  platform: Platform,
  workspaceId: string,
  memberId: string,
): Promise<Scope | null> {
  const system: Scope = { workspaceId, actor: { kind: 'system', id: null, name: 'Horseshoe' } }
  const member = await inScope(platform.database, system, (db) => memberById(db, workspaceId, memberId))
  if (member === null || !member.isActive) return null
  return { workspaceId, actor: { kind: 'member', id: member.id, name: member.name } }
}
