// What follows from what a channel answered. The closed set of errors decides, never the channel itself:
//   tried again   rate, network.down: nothing took effect
//   failed        everything else that was refused
//   unknown       it may have taken effect; a person decides, or reading back does
import type { Acted, ChannelError } from '../../channels/channel.ts'

export interface Settled {
  readonly state: 'sent' | 'failed' | 'unknown' | 'queued'
  readonly detail: string
  readonly networkId: string | null
  /** How long to wait before the next try; null where there is none. */
  readonly waitMs: number | null
}

/** About an hour in all. */
export const mostTries = 8
const firstWaitMs = 20_000
const longestWaitMs = 3_600_000

const passes: ReadonlySet<ChannelError> = new Set(['rate', 'network.down'])

/** `tries` counts this one; `chance` from 0 to 1 spreads what failed together. */
export function afterAct(acted: Acted, tries: number, chance: number): Settled {
  switch (acted.result) {
    case 'done':
      return { state: 'sent', detail: acted.detail, networkId: acted.networkId, waitMs: null }
    case 'unknown':
      return { state: 'unknown', detail: acted.detail, networkId: null, waitMs: null }
    case 'refused':
      return afterRefusal(acted, tries, chance)
  }
}

function afterRefusal(
  refusal: Extract<Acted, { result: 'refused' }>,
  tries: number,
  chance: number,
): Settled {
  const isTimeouts = refusal.error === 'timeout.unknown'
  if (isTimeouts) return { state: 'unknown', detail: refusal.detail, networkId: null, waitMs: null }
  if (!passes.has(refusal.error)) {
    return { state: 'failed', detail: refusal.detail, networkId: null, waitMs: null }
  }
  if (tries >= mostTries) {
    const detail = `Given up after ${tries} tries. ${refusal.detail}`
    return { state: 'failed', detail, networkId: null, waitMs: null }
  }
  const grown = Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1))
  const asked = refusal.retryAfterMs ?? 0
  const waitMs = Math.round(Math.max(asked, grown * (0.8 + 0.4 * chance)))
  return { state: 'queued', detail: `Will be tried again. ${refusal.detail}`, networkId: null, waitMs }
}
