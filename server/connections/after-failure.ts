import type { ChannelError } from '../../channels/channel.ts'
import type { Trouble } from './connection.ts'

export interface Failing {
  readonly code: ChannelError
  /** As long as the network asks to wait. */
  readonly retryAfterMs: number | null
}

export interface FailurePlan {
  readonly waitMs: number
  /** What members are told; null while it may pass by itself. */
  readonly trouble: Trouble | null
}

const firstMs = 1_000
const mostMs = 60_000
/** A member must act; looked at again in case the network was wrong. */
const forMemberMs = 900_000
const longestMs = 3_600_000
/** After so many failures in a row members are told: about three minutes of a network that is down. */
const toldAfter = { network: 8, other: 3 }
const passing = new Set<ChannelError>(['network.down', 'timeout.unknown'])

/** What follows the n-th failure in a row to listen. `chance` from 0 to 1 spreads what failed together. */
export function afterFailure({ code, retryAfterMs }: Failing, failures: number, chance: number): FailurePlan {
  if (code === 'auth.expired' || code === 'auth.revoked')
    return { waitMs: spread(forMemberMs, chance), trouble: 'needs-reauth' }
  if (code === 'scope.missing') return { waitMs: spread(forMemberMs, chance), trouble: 'broken' }
  const backoff = Math.min(mostMs, firstMs * 2 ** Math.min(16, Math.max(0, failures - 1)))
  if (code === 'rate') return { waitMs: spread(clamp(retryAfterMs ?? mostMs), chance), trouble: null }
  const told = passing.has(code) ? toldAfter.network : toldAfter.other
  const waitMs = spread(Math.max(backoff, clamp(retryAfterMs ?? 0)), chance)
  return { waitMs, trouble: failures >= told ? 'broken' : null }
}

/** Up to a quarter longer. */
function spread(ms: number, chance: number): number {
  return Math.round(ms * (1 + chance / 4))
}

function clamp(ms: number): number {
  return Math.min(longestMs, Math.max(0, ms))
}
