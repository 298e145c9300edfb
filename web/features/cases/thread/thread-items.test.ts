import { describe, expect, test } from 'vitest'
import type { Engagement } from '../../../../contract/engagements.ts'
import { newestOf, threadItems, wordsToAnswer } from './thread-items.ts'

const base: Engagement = {
  id: 'e1',
  type: 'Create',
  kind: 'Note',
  channel: 'twitter',
  direction: 'in',
  visibility: 'public',
  author: { name: 'Ada', handle: 'ada', personId: 'p', memberId: null },
  presenceId: null,
  threadId: 't',
  parentId: null,
  isParentMissing: false,
  subject: null,
  text: 'Hello',
  language: 'en',
  sentiment: null,
  isSentimentUnsure: false,
  labels: [],
  media: [],
  publishedAt: '2026-03-02T10:00:00.000Z',
  receivedAt: '2026-03-02T10:00:01.000Z',
  editedAt: null,
  deletedAt: null,
  isAutomatic: false,
  caseId: 'c',
  delivery: null,
  change: null,
}

function engagement(id: string, at: string, change: Partial<Engagement> = {}): Engagement {
  return { ...base, id, publishedAt: `2026-03-${at}:00.000Z`, receivedAt: `2026-03-${at}:01.000Z`, ...change }
}

const ours = {
  direction: 'out' as const,
  author: { name: 'Mira', handle: 'acme', personId: null, memberId: 'm' },
}
const none = { notes: [], events: [], hasOlder: false, readUntil: null }

function shape(items: ReturnType<typeof threadItems>): string[] {
  return items.map((item) =>
    item.type === 'messages' ? item.engagements.map((message) => message.id).join('+') : item.type,
  )
}

describe('the thread of a case', () => {
  test('words of one author in one go stand under one head, an answer under its own', () => {
    const engagements = [
      engagement('a', '02T10:00'),
      engagement('b', '02T10:05'),
      engagement('c', '02T10:20', ours),
      engagement('d', '02T12:00'),
      engagement('e', '02T14:00'),
    ]
    expect(shape(threadItems({ ...none, engagements }))).toEqual(['day', 'a+b', 'c', 'd', 'e'])
  })

  test('a direct message is not put under the head of public ones', () => {
    const engagements = [engagement('a', '02T10:00'), engagement('b', '02T10:01', { visibility: 'direct' })]
    expect(shape(threadItems({ ...none, engagements }))).toEqual(['day', 'a', 'b'])
  })

  test('each day has its line; notes and events stand where they happened', () => {
    const engagements = [engagement('a', '02T10:00'), engagement('b', '04T10:00')]
    const notes = [{ id: 'n', at: '2026-03-02T11:00:00Z', by: 'Mira', text: 'note', mentions: [] }]
    const events = [{ id: 'v', at: '2026-03-02T10:00:05Z', what: 'case.opened', by: null }]
    expect(shape(threadItems({ ...none, engagements, notes, events }))).toEqual([
      'day',
      'a',
      'event',
      'note',
      'day',
      'b',
    ])
  })

  test('while older words are not loaded, notes and events before them wait', () => {
    const engagements = [engagement('b', '04T10:00')]
    const notes = [{ id: 'n', at: '2026-03-02T11:00:00Z', by: 'Mira', text: 'note', mentions: [] }]
    expect(shape(threadItems({ ...none, engagements, notes, hasOlder: true }))).toEqual(['day', 'b'])
  })

  test('what arrived since the last look is marked once, our own words are not', () => {
    const engagements = [
      engagement('a', '02T10:00'),
      engagement('b', '02T11:00', ours),
      engagement('c', '02T12:00'),
      engagement('d', '02T12:01'),
    ]
    const items = threadItems({ ...none, engagements, readUntil: '2026-03-02T10:30:00Z' })
    expect(shape(items)).toEqual(['day', 'a', 'b', 'unread', 'c+d'])
    expect(items.find((item) => item.type === 'unread')).toMatchObject({ count: 2 })
  })

  test('the first look marks nothing', () => {
    expect(shape(threadItems({ ...none, engagements: [engagement('a', '02T10:00')] }))).toEqual(['day', 'a'])
  })
})

describe('what an answer should take up', () => {
  test('everything said since our last answer', () => {
    const engagements = [
      engagement('a', '02T10:00', { text: 'old' }),
      engagement('b', '02T10:01', ours),
      engagement('c', '02T10:02', { text: 'kettle' }),
      engagement('d', '02T10:03', { text: 'leaks', subject: 'Help' }),
    ]
    expect(wordsToAnswer(engagements)).toContain('kettle')
    expect(wordsToAnswer(engagements)).toContain('Help leaks')
    expect(wordsToAnswer(engagements)).not.toContain('old')
    expect(newestOf(engagements)?.id).toBe('d')
  })

  test('an automatic reply of ours is no answer; after a real one the last words count', () => {
    const automatic = engagement('b', '02T10:01', { ...ours, isAutomatic: true })
    expect(wordsToAnswer([engagement('a', '02T10:00', { text: 'first' }), automatic])).toContain('first')
    expect(
      wordsToAnswer([engagement('a', '02T10:00', { text: 'first' }), engagement('b', '02T10:01', ours)]),
    ).toContain('first')
    expect(newestOf([])).toBeNull()
  })
})
