/** Customer satisfaction: share of 4 and 5 on a scale of 1 to 5, with Wilson's interval. */
import { wilsonInterval, Z_95, type Interval } from './wilson.ts'

export interface CustomerSatisfaction {
  readonly n: number
  readonly satisfied: number
  readonly share: number
  readonly interval: Interval
}

/** Ratings 1 to 5, a RangeError for any other. Null without ratings. */
export function customerSatisfaction(
  ratings: Iterable<number>,
  z: number = Z_95,
): CustomerSatisfaction | null {
  let n = 0
  let satisfied = 0
  for (const rating of ratings) {
    if (!Number.isInteger(rating) || rating < 1 || rating > 5) throw new RangeError('a rating is 1 to 5')
    n++
    if (rating >= 4) satisfied++
  }
  if (n === 0) return null
  return { n, satisfied, share: satisfied / n, interval: wilsonInterval(satisfied, n, z) }
}
