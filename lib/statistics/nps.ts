/** Net promoter score: share of 9-10 less share of 0-6, in points. F. F. Reichheld (2003). */
import { Z_95, type Interval } from './wilson.ts'

export interface NpsCounts {
  readonly promoters: number
  readonly passives: number
  readonly detractors: number
}

export interface NetPromoterScore extends Interval {
  readonly n: number
  /** -100 to 100. */
  readonly score: number
  /** In points: 100 sqrt(((p + d) - (p - d)^2) / n). */
  readonly standardError: number
}

/** Ratings 0 to 10; throws a RangeError for any other. */
export function countNps(ratings: Iterable<number>): NpsCounts {
  const counts = { promoters: 0, passives: 0, detractors: 0 }
  for (const rating of ratings) {
    if (!Number.isInteger(rating) || rating < 0 || rating > 10) throw new RangeError('a rating is 0 to 10')
    if (rating >= 9) counts.promoters++
    else if (rating >= 7) counts.passives++
    else counts.detractors++
  }
  return counts
}

/** Null without ratings. Limits are cut at -100 and 100. */
export function netPromoterScore(counts: NpsCounts, z: number = Z_95): NetPromoterScore | null {
  const n = counts.promoters + counts.passives + counts.detractors
  if (n === 0) return null
  const promoters = counts.promoters / n
  const detractors = counts.detractors / n
  const net = promoters - detractors
  const score = 100 * net
  const standardError = 100 * Math.sqrt((promoters + detractors - net * net) / n)
  return {
    n,
    score,
    standardError,
    low: Math.max(-100, score - z * standardError),
    high: Math.min(100, score + z * standardError),
  }
}
