// What follows from what a channel answered. The closed set of errors decides, never the channel itself:
//   tried again   rate, network.down: nothing took effect; rate holds up the whole connection, as long as it was told
//   waits         auth.expired, auth.revoked: until the connection is signed in again, however long that takes
//   failed        everything else that was refused
//   unknown       it may have taken effect; a person decides, or reading back does
import type { Acted } from '../../channels/acting.ts'
import type { ChannelError } from '../../channels/channel.ts'

export interface Settled {
  readonly state: 'sent' | 'failed' | 'unknown' | 'queued'
  readonly detail: string
  readonly networkId: string | null
  /** The network's names of the further parts. */
  readonly otherIds: readonly string[]
  /** How long to wait before the next try; null where there is none. */
  readonly waitMs: number | null
  /** Everything else of this connection waits as well. */
  readonly holdsConnection: boolean
}

/** About an hour in all. */
export const mostTries = 8
const firstWaitMs = 20_000
const longestWaitMs = 3_600_000
/** Looked at again so often; a connection that is signed in again lets go at once. */
const signInWaitMs = 15 * 60_000

const passes: ReadonlySet<ChannelError> = new Set(['rate', 'network.down'])
const signedOut: ReadonlySet<ChannelError> = new Set(['auth.expired', 'auth.revoked'])

const nothing = { networkId: null, otherIds: [], waitMs: null, holdsConnection: false } as const

/** `tries` counts this one; `chance` from 0 to 1 spreads what failed together. */
export function afterAct(acted: Acted, tries: number, chance: number): Settled {
  switch (acted.result) {
    case 'done':
      return settledSent(acted.detail, acted.networkId, acted.otherIds)
    case 'unknown':
      return { ...nothing, state: 'unknown', detail: acted.detail }
    case 'refused':
      return afterRefusal(acted, tries, chance)
  }
}

export function settledSent(
  detail: string,
  networkId: string | null,
  otherIds: readonly string[] = [],
): Settled {
  return { ...nothing, state: 'sent', detail, networkId, otherIds }
}

/** Nothing took effect: it goes back into the line at once. */
export const settledAgain: Settled = { ...nothing, state: 'queued', detail: '', waitMs: 0 }

/** The connection may not act now, by a member's will or for want of a sign-in: kept, and tried when it may. */
export function settledWaiting(reason: string): Settled {
  return { ...nothing, state: 'queued', detail: reason, waitMs: signInWaitMs, holdsConnection: true }
}

function afterRefusal(
  refusal: Extract<Acted, { result: 'refused' }>,
  tries: number,
  chance: number,
): Settled {
  const { error, detail } = refusal
  if (error === 'timeout.unknown') return { ...nothing, state: 'unknown', detail }
  if (signedOut.has(error)) return settledWaiting(`Waits until the connection is signed in again. ${detail}`)
  if (!passes.has(error)) return { ...nothing, state: 'failed', detail }
  if (tries >= mostTries) {
    return { ...nothing, state: 'failed', detail: `Given up after ${tries} tries. ${detail}` }
  }
  const grown = Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1))
  const asked = refusal.retryAfterMs ?? 0
  const waitMs = Math.round(Math.max(asked, grown * (0.8 + 0.4 * chance)))
  const holdsConnection = error === 'rate'
  return { ...nothing, state: 'queued', detail: `Will be tried again. ${detail}`, waitMs, holdsConnection }
}
