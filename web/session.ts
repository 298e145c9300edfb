import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Permission } from '../contract/policy.ts'
import type { Me } from '../contract/workspace.ts'
import { api } from './api.ts'

export type Membership = Me['workspaces'][number]

export interface Session {
  readonly slug: string
  readonly user: Me['user']
  readonly membership: Membership
  readonly workspaces: readonly Membership[]
  can(permission: Permission): boolean
}

export const meQuery = api.workspace.me.queryOptions({ staleTime: 5 * 60_000 })

const inWorkspace = getRouteApi('/w/$workspace')

/** Who is signed in, and what they may do in the workspace of this page. */
export function useSession(): Session {
  const { workspace: slug } = inWorkspace.useParams()
  const { data: me } = useSuspenseQuery(meQuery)
  const membership = me.workspaces.find((candidate) => candidate.slug === slug)
  if (membership === undefined) throw new Error('This workspace is not one of yours.')
  return {
    slug,
    user: me.user,
    membership,
    workspaces: me.workspaces,
    can: (permission) => membership.permissions.includes(permission),
  }
}

/** Settings of the workspace: name, time zone, functions, hours. */
export function useWorkspace() {
  return useQuery(api.workspace.get.queryOptions())
}

/** Title of a function by its key; the key itself until the workspace is loaded. */
export function useFunctionTitle(): (key: string) => string {
  const { data } = useWorkspace()
  return (key) => data?.functions.find((candidate) => candidate.key === key)?.title ?? key
}
