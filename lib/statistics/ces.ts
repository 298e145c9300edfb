/** Customer effort: agreement with "it was easy" on a scale of 1 to 7; mean, and share of 5 to 7. */
import { wilsonInterval, Z_95, type Interval } from './wilson.ts'

export interface CustomerEffort {
  readonly n: number
  readonly mean: number
  /** Null with one rating. */
  readonly standardError: number | null
  readonly easy: number
  readonly share: number
  readonly interval: Interval
}

/** Ratings 1 to 7, a RangeError for any other. Null without ratings. */
export function customerEffort(ratings: Iterable<number>, z: number = Z_95): CustomerEffort | null {
  let n = 0
  let easy = 0
  let sum = 0
  let squares = 0
  for (const rating of ratings) {
    if (!Number.isInteger(rating) || rating < 1 || rating > 7) throw new RangeError('a rating is 1 to 7')
    n++
    sum += rating
    squares += rating * rating
    if (rating >= 5) easy++
  }
  if (n === 0) return null
  const spread = n > 1 ? (squares - (sum * sum) / n) / (n - 1) : null
  const standardError = spread === null ? null : Math.sqrt(Math.max(0, spread) / n)
  return { n, mean: sum / n, standardError, easy, share: easy / n, interval: wilsonInterval(easy, n, z) }
}
