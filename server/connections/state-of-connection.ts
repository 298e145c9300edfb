import type { ConnectionState } from '../../contract/connections.ts'

export interface StateFacts {
  readonly isPaused: boolean
  readonly trouble: 'needs-reauth' | 'broken' | null
  readonly silentSince: Date | null
}

/** The one state that members see: what they decided before what is wrong, what is wrong before silence. */
export function stateOfConnection({ isPaused, trouble, silentSince }: StateFacts): ConnectionState {
  if (isPaused) return 'paused'
  if (trouble !== null) return trouble
  return silentSince === null ? 'live' : 'silent'
}
