import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Connection } from '../../../contract/connections.ts'
import type { Presence } from '../../../contract/presences.ts'
import { api, queryClient } from '../../api.ts'
import { words } from './words.ts'

/** An account of ours with its connection; one of the two may be missing, never both. */
export interface Place {
  readonly key: string
  readonly presence: Presence | null
  readonly connection: Connection | null
}

/** Accounts and connections side by side; what needs somebody stands first. */
export function usePlaces() {
  const presences = useQuery(api.presences.list.queryOptions())
  const connections = useQuery(api.connections.list.queryOptions())
  const places = joinPlaces(presences.data?.items ?? [], connections.data?.items ?? [])
  return {
    places,
    isPending: presences.isPending || connections.isPending,
    error: presences.error ?? connections.error,
    refetch: () => {
      void presences.refetch()
      void connections.refetch()
    },
  }
}

const urgency = { 'needs-reauth': 0, broken: 0, silent: 1, live: 2, paused: 3 } as const

function joinPlaces(presences: readonly Presence[], connections: readonly Connection[]): readonly Place[] {
  const byPresence = new Map(connections.map((connection) => [connection.presence?.id, connection]))
  const known = presences.map((presence): Place => ({
    key: presence.id,
    presence,
    connection: byPresence.get(presence.id) ?? null,
  }))
  const ids = new Set(presences.map((presence) => presence.id))
  const nameless = connections
    .filter(({ presence }) => presence === null || !ids.has(presence.id))
    .map((connection): Place => ({ key: connection.id, presence: null, connection }))
  const rank = ({ connection, presence }: Place): number => {
    if (connection !== null) return urgency[connection.state]
    return presence?.isConnected === true ? 2 : 4
  }
  return [...nameless, ...known].toSorted((a, b) => rank(a) - rank(b))
}

interface PlaceGroup {
  readonly title: string
  readonly members: readonly Place[]
}

/** What needs somebody, what hears and speaks, and what is known by import only; no group is empty. */
export function groupsOf(places: readonly Place[]): readonly PlaceGroup[] {
  const groups = Map.groupBy(places, titleOfGroup)
  return [words.needsSomebody, words.hears, words.notConnected].flatMap((title) => {
    const members = groups.get(title)
    return members === undefined ? [] : [{ title, members }]
  })
}

function titleOfGroup({ connection, presence }: Place): string {
  if (connection !== null) return urgency[connection.state] < urgency.live ? words.needsSomebody : words.hears
  return presence?.isConnected === true ? words.hears : words.notConnected
}

export function refreshPresences(): Promise<unknown> {
  return Promise.all([
    queryClient.invalidateQueries({ queryKey: api.presences.key() }),
    queryClient.invalidateQueries({ queryKey: api.connections.key() }),
  ])
}

export interface PresenceSearch {
  /** Key of the place that is open. */
  readonly open?: string | undefined
  /** Channel that is being connected; `choose` before one was chosen. */
  readonly connect?: string | undefined
  /** Presence that speaks first; any other word before one was chosen. */
  readonly post?: string | undefined
}

export function usePresenceSearch() {
  const search = useSearch({ strict: false }) as PresenceSearch
  const navigate = useNavigate()
  return {
    search,
    show: (next: PresenceSearch) =>
      void navigate({ to: '.', search: () => ({ ...next }), resetScroll: false }),
  }
}
