import type { Sentiment } from '../../../contract/reading.ts'
import type { TimelineItem } from '../../../contract/people.ts'

export interface TrendPoint {
  readonly id: string
  readonly at: string
  readonly sentiment: Sentiment
  readonly text: string
}

/** The last feelings of a person, oldest first, out of a timeline that stands newest first. */
export function trendOf(items: readonly TimelineItem[], most: number): TrendPoint[] {
  const points: TrendPoint[] = []
  for (const item of items) {
    if (points.length === most) break
    if (item.type !== 'engagement') continue
    const { direction, sentiment, isSentimentUnsure, text } = item.engagement
    if (direction !== 'in' || sentiment === null || isSentimentUnsure) continue
    points.push({ id: item.id, at: item.at, sentiment, text })
  }
  return points.toReversed()
}
