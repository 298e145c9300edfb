import type { BreakdownRow, OutcomeReport } from '../../../contract/reports.ts'
import { sayShare, smallSample } from '../../ui/say-figures.ts'

/** What a breakdown says, in words: a difference is claimed only where intervals stand apart. */
export function breakdownFinding(rows: readonly BreakdownRow[], what: string): string {
  const sure = rows.filter((row) => row.turns >= smallSample && row.share !== null)
  if (sure.length < 2) return `Share answered by ${what}: too few turns to compare`
  const sorted = sure.toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))
  const best = sorted[0]
  const worst = sorted.at(-1)
  if (best?.interval == null || worst?.interval == null) return `Share answered by ${what}`
  if (best.interval.low <= worst.interval.high) return `Share answered by ${what}: no clear difference`
  return `${best.title} is answered most (${sayShare(best.share, 0)}), ${worst.title} least (${sayShare(worst.share, 0)})`
}

/** What the answers did to those who began negative, with the control said in the same breath. */
export function outcomeFinding(report: OutcomeReport): string {
  const { answered, control, difference } = report
  if (answered.improvedOfNegative === null)
    return 'Nobody who began negative has spoken again after our answer yet'
  const own = `${sayShare(answered.improvedOfNegative, 0)} of those who began negative ended better after our answer`
  if (control.improvedOfNegative === null || difference === null) {
    return `${own}; there is no control to compare with yet`
  }
  const beside = `${own}, ${sayShare(control.improvedOfNegative, 0)} without one`
  const isClear = difference.low > 0 || difference.high < 0
  if (!isClear) return `${beside}: no clear difference`
  return `${beside}: ${difference.value > 0 ? 'our answers helped' : 'our answers did harm'}`
}
