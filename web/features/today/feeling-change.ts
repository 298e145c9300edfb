import { newcombeDifference } from '../../../lib/statistics/newcombe.ts'
import type { Sentiment } from '../../../contract/reading.ts'
import type { TodayView } from '../../../contract/reports.ts'

type FeelingDay = TodayView['feeling'][number]

export interface FeelingChange {
  /** Share of this feeling of each day; null on days without a word. */
  readonly shares: readonly (number | null)[]
  /** Last week's share; null without words. */
  readonly now: number | null
  readonly n: number
  readonly difference: number | null
  readonly low: number
  readonly high: number
  /** Zero lies outside the interval. */
  readonly isClear: boolean
}

const week = 7

/** The last seven days against those before (Newcombe's interval of the difference of two shares). */
export function feelingChange(days: readonly FeelingDay[], feeling: Sentiment): FeelingChange {
  const now = sum(days.slice(-week), feeling)
  const before = sum(days.slice(0, -week), feeling)
  const { difference, low, high } = newcombeDifference(now, before)
  return {
    shares: days.map((day) => {
      const n = countAll(day)
      return n === 0 ? null : day[feeling] / n
    }),
    now: now.n === 0 ? null : now.successes / now.n,
    n: now.n,
    difference,
    low,
    high,
    isClear: difference !== null && (low > 0 || high < 0),
  }
}

function sum(days: readonly FeelingDay[], feeling: Sentiment): { successes: number; n: number } {
  let successes = 0
  let n = 0
  for (const day of days) {
    successes += day[feeling]
    n += countAll(day)
  }
  return { successes, n }
}

function countAll(day: FeelingDay): number {
  return day.negative + day.neutral + day.positive
}
