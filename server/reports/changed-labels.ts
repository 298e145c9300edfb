// Labels that are more or less frequent than before, as a share of the turns; named only where the 95 % interval of
// the difference of the two shares (Newcombe) leaves out zero.
import type { TodayView } from '../../contract/reports.ts'
import { newcombeDifference } from '../../lib/statistics/newcombe.ts'

export interface LabelCounts {
  readonly now: ReadonlyMap<string, number>
  readonly before: ReadonlyMap<string, number>
  readonly turnsNow: number
  readonly turnsBefore: number
}

/** Below this a change is told by nobody, however clear its share. */
const fewest = 5
/** Expected counts below this make ratios that say nothing. */
const leastExpected = 0.5

/** The largest change first. */
export function changedLabels(counts: LabelCounts): TodayView['changes'] {
  const { now, before, turnsNow, turnsBefore } = counts
  if (turnsNow === 0 || turnsBefore === 0) return []
  return [...new Set([...now.keys(), ...before.keys()])]
    .flatMap((label) => {
      const seen = now.get(label) ?? 0
      const earlier = before.get(label) ?? 0
      const expected = (earlier / turnsBefore) * turnsNow
      const { low, high } = newcombeDifference(
        { successes: seen, n: turnsNow },
        { successes: earlier, n: turnsBefore },
      )
      const isClear = low > 0 || high < 0
      if (!isClear || Math.max(seen, expected) < fewest) return []
      return [{ label, now: seen, expected, ratio: seen / Math.max(expected, leastExpected) }]
    })
    .sort((a, b) => sizeOf(b.ratio) - sizeOf(a.ratio) || (a.label < b.label ? -1 : 1))
}

function sizeOf(ratio: number): number {
  return ratio === 0 ? Infinity : Math.abs(Math.log(ratio))
}
