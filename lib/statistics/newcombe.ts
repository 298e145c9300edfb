/**
 * Interval of a difference of two independent proportions: method 10 of
 * R. G. Newcombe, Interval estimation for the difference between independent proportions (1998).
 */
import { wilsonInterval, Z_95, type Interval } from './wilson.ts'

export interface Proportion {
  readonly successes: number
  readonly n: number
}

export interface Difference extends Interval {
  /** Share of `first` less share of `second`; null where either has no cases, and the interval is -1 to 1. */
  readonly difference: number | null
}

export function newcombeDifference(first: Proportion, second: Proportion, z: number = Z_95): Difference {
  const a = wilsonInterval(first.successes, first.n, z)
  const b = wilsonInterval(second.successes, second.n, z)
  if (first.n === 0 || second.n === 0) return { difference: null, low: -1, high: 1 }
  const shareA = first.successes / first.n
  const shareB = second.successes / second.n
  const difference = shareA - shareB
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(shareA - a.low, b.high - shareB)),
    high: Math.min(1, difference + Math.hypot(a.high - shareA, shareB - b.low)),
  }
}
