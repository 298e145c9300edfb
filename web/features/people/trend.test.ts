import { expect, test } from 'vitest'
import type { Engagement } from '../../../contract/engagements.ts'
import type { TimelineItem } from '../../../contract/people.ts'
import { trendOf } from './trend.ts'

function said(id: string, change: Partial<Engagement>): TimelineItem {
  const engagement = {
    id,
    direction: 'in',
    sentiment: 'neutral',
    isSentimentUnsure: false,
    text: id,
    ...change,
  } as Engagement
  return { type: 'engagement', id, at: '2026-01-01T00:00:00Z', engagement }
}

test('the trend is the last feelings of the person, oldest first; ours, unread and unsure ones are left out', () => {
  const newestFirst: TimelineItem[] = [
    said('e', { sentiment: 'positive' }),
    said('d', { sentiment: 'positive', isSentimentUnsure: true }),
    said('c', { direction: 'out' }),
    { type: 'note', id: 'n', at: '2026-01-01T00:00:00Z', caseId: 'c', text: '', by: '' },
    said('b', { sentiment: null }),
    said('a', { sentiment: 'negative' }),
    said('z', { sentiment: 'neutral' }),
  ]
  expect(trendOf(newestFirst, 10).map((point) => point.id)).toEqual(['z', 'a', 'e'])
  expect(trendOf(newestFirst, 2).map((point) => point.sentiment)).toEqual(['negative', 'positive'])
})
