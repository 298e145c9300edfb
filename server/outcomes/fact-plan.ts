// From where the figures of a filter come. Roll-ups hold one row a day for each key of each dimension, so they serve
// any period and at most one dimension; what crosses two dimensions is reckoned from the turns themselves.
import type { Dimension, ReportFilter } from '../../contract/reports.ts'

/** Dimensions of which roll-ups are kept; `all` has the one key ''. */
export const rolledDimensions = ['all', 'presence', 'function', 'intent', 'hour', 'channel'] as const
export type RolledDimension = (typeof rolledDimensions)[number]

/** `all` makes one group. */
export type GroupBy = 'all' | Dimension

/** Key of what has no presence, no function (no case) or no intent. */
export const noKey = '-'

export interface FactPlan {
  readonly dimension: RolledDimension
  /** Null for every key. */
  readonly key: string | null
}

const filters = ['presence', 'function', 'intent', 'hour', 'channel'] as const

/** Which roll-ups answer; null where only the turns themselves can. */
export function planFacts(filter: ReportFilter, by: GroupBy): FactPlan | null {
  const named = filters.flatMap((dimension) => {
    const value = filter[dimension]
    return value === undefined ? [] : [{ dimension, key: String(value) }]
  })
  const [first, second] = named
  if (second !== undefined) return null
  if (by === 'all' || by === 'day' || by === 'week') return first ?? { dimension: 'all', key: '' }
  if (first === undefined) return { dimension: by, key: null }
  return first.dimension === by ? first : null
}

export interface DaySpan {
  readonly first: string
  readonly last: string
}

const dayMs = 86_400_000
const mostSpans = 40

/** Runs of days that follow one another; one span over all of them where there are too many runs. */
export function spansOfDays(days: readonly string[]): readonly DaySpan[] {
  const spans: { first: string; last: string }[] = []
  for (const day of days.toSorted()) {
    const span = spans.at(-1)
    if (span !== undefined && Date.parse(day) - Date.parse(span.last) <= dayMs) span.last = day
    else spans.push({ first: day, last: day })
  }
  const [first, last] = [spans[0], spans.at(-1)]
  if (spans.length <= mostSpans || first === undefined || last === undefined) return spans
  return [{ first: first.first, last: last.last }]
}
