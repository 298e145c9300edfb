// How often somebody may knock at the doors that networks push to. What a network proves by its signature is not counted,
// however much it is: only refusals are, and what anybody may send without a proof. In memory: each process of the web
// counts for itself, and a start forgets.
import type { Clock } from '../platform/clock.ts'

export interface Limit {
  readonly most: number
  readonly perMs: number
}

const minuteMs = 60_000

/** Refusals of one hook to one address; addresses of hooks that do not exist, tried from one address. */
export const refusals: Limit = { most: 60, perMs: minuteMs }
/** Pushes without a proof, from one address and to one hook. */
export const unprovenByAddress: Limit = { most: 30, perMs: minuteMs }
export const unprovenByHook: Limit = { most: 300, perMs: minuteMs }

interface Limits {
  /** Milliseconds until there is room again; 0 where there is. Takes nothing. */
  waitOf(name: string, limit: Limit): number
  take(name: string, limit: Limit): void
}

interface Level {
  left: number
  at: number
}

/** Allowances that fill up evenly, at most `mostNames` of them; the one that was used longest ago is forgotten first. */
export function openLimits(clock: Clock, mostNames = 20_000): Limits {
  const levels = new Map<string, Level>()
  function levelOf(name: string, { most, perMs }: Limit): number {
    const known = levels.get(name)
    if (known === undefined) return most
    return Math.min(most, known.left + (Math.max(0, clock.now() - known.at) * most) / perMs)
  }
  return {
    waitOf(name, limit) {
      const missing = 1 - levelOf(name, limit)
      return missing <= 0 ? 0 : Math.ceil((missing * limit.perMs) / limit.most)
    },
    take(name, limit) {
      const left = Math.max(0, levelOf(name, limit) - 1)
      levels.delete(name)
      levels.set(name, { left, at: clock.now() })
      const [oldest] = levels.size > mostNames ? levels.keys() : []
      if (oldest !== undefined) levels.delete(oldest)
    },
  }
}
