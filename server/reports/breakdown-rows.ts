// The rows of a breakdown: hours, days and weeks in their order and without gaps, everything else by size.
import type { BreakdownRow, Dimension, ResponseFigures } from '../../contract/reports.ts'

const nothingWord: Readonly<Record<Dimension, string>> = {
  presence: 'No presence',
  function: 'No case',
  intent: 'No intent',
  channel: 'No channel',
  hour: '',
  day: '',
  week: '',
}

/** Titles of keys; a key that it does not name is its own title. */
export type Titles = ReadonlyMap<string, string>

/** `empty` are the figures of a key without turns. */
export function breakdownRows(
  figures: ReadonlyMap<string, ResponseFigures>,
  dimension: Dimension,
  titles: Titles,
  empty: ResponseFigures,
): BreakdownRow[] {
  return orderedKeys(figures, dimension).map((key) => ({
    ...(figures.get(key) ?? empty),
    key,
    title: titles.get(key) ?? (key === '-' ? nothingWord[dimension] : key),
  }))
}

function orderedKeys(figures: ReadonlyMap<string, ResponseFigures>, dimension: Dimension): readonly string[] {
  if (figures.size === 0) return []
  if (dimension === 'hour') return Array.from({ length: 24 }, (_, hour) => String(hour))
  if (dimension === 'day' || dimension === 'week') {
    return withoutGaps([...figures.keys()].sort(), dimension === 'day' ? 1 : 7)
  }
  return [...figures]
    .sort(([a, one], [b, other]) => other.turns - one.turns || (a < b ? -1 : 1))
    .map(([key]) => key)
}

const dayMs = 86_400_000
/** A gap of years, from one date that was wrong, is not filled. */
const mostDays = 1_000

function withoutGaps(days: readonly string[], step: number): readonly string[] {
  const [first, last] = [days[0] ?? '', days.at(-1) ?? '']
  const count = Math.round((Date.parse(last) - Date.parse(first)) / (step * dayMs)) + 1
  if (!(count <= mostDays)) return days
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(first) + index * step * dayMs).toISOString().slice(0, 10),
  )
}
