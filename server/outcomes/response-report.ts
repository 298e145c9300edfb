// The figures of response, from the waits alone. Definitions: a turn is answered or still waits; p50 and p90
// are of the answered (type 7); the Kaplan-Meier median counts those who wait as not yet answered.
import { letGo } from '../../lib/let-go.ts'
import { medianWait } from '../../lib/statistics/kaplan-meier.ts'
import { quantileOfSorted } from '../../lib/statistics/quantile.ts'
import { sortNumbers } from '../../lib/statistics/sort-numbers.ts'
import { wilsonInterval, type Interval } from '../../lib/statistics/wilson.ts'

export interface Waits {
  /** Seconds to answer of each answered turn, in any order. */
  readonly answered: ArrayLike<number>
  /** Seconds since the start of each turn that has no answer, in any order. */
  readonly waiting: ArrayLike<number>
  /** Of the turns with a target that are answered or overdue. */
  readonly targets?: { readonly due: number; readonly withinTarget: number }
}

export interface ShareOf {
  readonly n: number
  readonly hits: number
  /** Null where n is 0. */
  readonly share: number | null
  readonly interval: Interval | null
}

export interface ResponseSummary {
  readonly turns: number
  readonly answered: number
  /** Null without turns. */
  readonly share: number | null
  readonly interval: Interval | null
  /** Null without answers. */
  readonly p50Seconds: number | null
  readonly p90Seconds: number | null
  /** Null while fewer than half are known to be answered. */
  readonly kaplanMeierMedianSeconds: number | null
  /** 95 %; a limit is null where it is not reached. */
  readonly kaplanMeierInterval: { readonly low: number | null; readonly high: number | null }
  readonly withinTarget: ShareOf
}

export function summariseResponse(waits: Waits): ResponseSummary {
  const answered = sortNumbers(waits.answered)
  const waiting = sortUpTo(waits.waiting, answered.at(-1) ?? 0)
  const turns = answered.length + waiting.length
  const { share, interval } = shareOf(answered.length, turns)
  const { median, low, high } = medianWait(answered, waiting)
  const summary = {
    turns,
    answered: answered.length,
    share,
    interval,
    p50Seconds: toMicroseconds(quantileOfSorted(answered, 0.5)),
    p90Seconds: toMicroseconds(quantileOfSorted(answered, 0.9)),
    kaplanMeierMedianSeconds: median,
    kaplanMeierInterval: { low, high },
    withinTarget: shareOf(waits.targets?.withinTarget ?? 0, waits.targets?.due ?? 0),
  }
  letGo(answered)
  letGo(waiting)
  return summary
}

/** Between two answers binary fractions leave a rest (28893.400000000038) that no clock has told. */
function toMicroseconds(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1e6) / 1e6
}

/** Who waits for longer than the longest answer took counts as waiting all along: their order says nothing. */
function sortUpTo(values: ArrayLike<number>, last: number): Float64Array {
  const sorted = new Float64Array(values.length)
  let low = 0
  let high = values.length
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    if (value <= last) sorted[low++] = value
    else sorted[--high] = value
  }
  const early = sortNumbers(sorted.subarray(0, low))
  sorted.set(early)
  letGo(early)
  return sorted
}

export function shareOf(hits: number, n: number): ShareOf {
  return n === 0
    ? { n, hits, share: null, interval: null }
    : { n, hits, share: hits / n, interval: wilsonInterval(hits, n) }
}
