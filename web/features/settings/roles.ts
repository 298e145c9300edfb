import type { Role } from '../../../contract/policy.ts'

const below: readonly Role[] = ['admin', 'agent', 'contributor', 'viewer']

/** Roles that somebody may give and take: what the page offers. The server decides by the policy table. */
export function rolesToGive(own: Role): readonly Role[] {
  if (own === 'owner') return ['owner', ...below]
  return own === 'admin' ? below : []
}
