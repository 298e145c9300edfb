import { grantableRoles, type Role } from '../../../contract/policy.ts'

export interface MemberStanding {
  readonly role: Role
  readonly isActive: boolean
}

export interface MemberChange {
  readonly role?: Role | undefined
  readonly isActive?: boolean | undefined
}

/**
 * Whether `by` may change a member so. Nobody gives or takes a role above their own, and the last active owner stays.
 * `activeOwners` counts those of the workspace, the member among them.
 */
export function mayChangeMember(
  by: Role,
  member: MemberStanding,
  change: MemberChange,
  activeOwners: number,
): 'yes' | 'above-own-role' | 'last-owner' {
  const grantable = grantableRoles(by)
  const after = { role: change.role ?? member.role, isActive: change.isActive ?? member.isActive }
  if (!grantable.includes(member.role) || !grantable.includes(after.role)) return 'above-own-role'
  const isOwner = member.role === 'owner' && member.isActive
  const staysOwner = after.role === 'owner' && after.isActive
  return isOwner && !staysOwner && activeOwners <= 1 ? 'last-owner' : 'yes'
}
