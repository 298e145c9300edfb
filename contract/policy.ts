import { z } from 'zod'

export const Role = z.enum(['owner', 'admin', 'agent', 'contributor', 'viewer'])
export type Role = z.infer<typeof Role>

/** What somebody may do. Every endpoint names exactly one of these, or says that it is open. */
export const permissions = [
  'workspace.read',
  'workspace.manage',
  'members.manage',
  'owners.manage',
  'keys.manage',
  'audit.read',
  'presences.manage',
  'tree.manage',
  'engagements.ingest',
  'engagements.log',
  'engagements.import',
  'readings.correct',
  'people.read',
  'people.edit',
  'people.merge',
  'cases.read',
  'cases.note',
  'cases.work',
  'cases.answer',
  'reports.read',
] as const
export const Permission = z.enum(permissions)
export type Permission = z.infer<typeof Permission>

const viewer: readonly Permission[] = ['workspace.read', 'people.read', 'cases.read', 'reports.read']
/** Anyone in the company who knows the answer: reads, notes, drafts; does not speak for the company. */
const contributor: readonly Permission[] = [...viewer, 'cases.note', 'engagements.log', 'readings.correct']
const agent: readonly Permission[] = [
  ...contributor,
  'cases.work',
  'cases.answer',
  'people.edit',
  'people.merge',
]
const admin: readonly Permission[] = permissions.filter((permission) => permission !== 'owners.manage')

/** The one policy table: role to permissions. */
export const policy: Readonly<Record<Role, readonly Permission[]>> = {
  owner: permissions,
  admin,
  agent,
  contributor,
  viewer,
}

/** Scopes that an API key may carry; a key never manages members, owners or keys. */
export const KeyScope = z.enum([
  'engagements.ingest',
  'engagements.import',
  'people.read',
  'cases.read',
  'reports.read',
  'workspace.read',
])
export type KeyScope = z.infer<typeof KeyScope>

/** True where the role carries the permission. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return policy[role].includes(permission)
}

/** Roles that `granter` may give or take: nobody reaches above their own. */
export function grantableRoles(granter: Role): readonly Role[] {
  if (granter === 'owner') return Role.options
  if (granter === 'admin') return ['admin', 'agent', 'contributor', 'viewer']
  return []
}
