import { describe, expect, test } from 'vitest'
import { changesOfTurns, planTurns, type ThreadWords, type TurnCase } from './plan-turns.ts'

const hour = 3_600_000
const start = Date.UTC(2026, 2, 2, 9)

function words(id: string, hours: number, over: Partial<ThreadWords> = {}): ThreadWords {
  const isOurs = over.direction === 'out'
  return {
    id,
    parentId: null,
    hasParentName: false,
    authorKey: isOurs ? 'us' : 'ann',
    direction: 'in',
    isAutomatic: false,
    isDeleted: false,
    at: start + hours * hour,
    sentiment: isOurs ? null : 'negative',
    labels: [],
    personId: isOurs ? null : 'ann',
    presenceId: null,
    channel: 'web',
    caseId: 'case',
    ...over,
  }
}

const ours = { direction: 'out', presenceId: 'shop' } as const
const target = {
  firstAnswerMinutes: 240,
  nextAnswerMinutes: 60,
  resolutionMinutes: null,
  hours: 'calendar',
} as const
const cases = new Map<string, TurnCase>([['case', { functionKey: 'service', target }]])
const dueOf = (from: number, minutes: number | null): number | null =>
  minutes === null ? null : from + minutes * 60_000

function plan(...said: readonly ThreadWords[]) {
  return planTurns('thread', said, { cases, dueOf })
}

describe('a turn', () => {
  test('takes its presence from the answer, its function from the case, its labels from all its words', () => {
    const [turn] = plan(
      words('a', 0, { labels: ['question', 'complaint'] }),
      words('b', 1, { labels: ['urgent', 'question'] }),
      words('c', 2, ours),
    )
    expect(turn).toMatchObject({
      id: 'a',
      presenceId: 'shop',
      functionKey: 'service',
      labels: ['complaint', 'question', 'urgent'],
      seconds: 7200,
      answerId: 'c',
    })
  })

  test('is due by the first target until we have answered, and by the next one after that', () => {
    const turns = plan(words('a', 0), words('b', 1, ours), words('c', 2), words('d', 9, ours), words('e', 20))
    expect(turns.map((turn) => (turn.dueAt ?? 0) - turn.startedAt)).toEqual([4 * hour, hour, hour])
  })

  test('without a case is due at no time and on nobody', () => {
    const [turn] = plan(words('a', 0, { caseId: null }))
    expect(turn).toMatchObject({ functionKey: null, dueAt: null, caseId: null })
  })
})

describe('feeling around a turn', () => {
  test('is before and after our answer where that was in time', () => {
    const turns = plan(words('a', 0), words('b', 1, ours), words('c', 2, { sentiment: 'positive' }))
    expect(turns[0]).toMatchObject({
      sentimentBefore: 'negative',
      sentimentAfter: 'positive',
      spokeAgain: true,
    })
  })

  test('is before and after the due instant where the answer came late, and ends with the answer', () => {
    const [turn] = plan(
      words('a', 0),
      words('b', 5, { sentiment: 'neutral' }),
      words('c', 6, ours),
      words('d', 7, { sentiment: 'positive' }),
    )
    expect(turn).toMatchObject({ sentimentBefore: 'negative', sentimentAfter: 'neutral' })
  })

  test('is unknown, not silent, where they spoke again and it could not be read', () => {
    const [turn] = plan(words('a', 0), words('b', 1, ours), words('c', 2, { sentiment: null }))
    expect(turn).toMatchObject({ sentimentAfter: null, spokeAgain: true })
  })
})

describe('what is written', () => {
  const known = plan(words('a', 0), words('b', 1, ours))

  test('is nothing where nothing changed', () => {
    const found = plan(words('b', 1, ours), words('a', 0))
    expect(changesOfTurns(known, found)).toEqual({ changed: [], gone: [], starts: [] })
  })

  test('is the turn that got its answer, and its day', () => {
    const before = plan(words('a', 0))
    const { changed, starts } = changesOfTurns(before, known)
    expect(changed.map((turn) => turn.id)).toEqual(['a'])
    expect(starts).toEqual([start])
  })

  test('names the day of a turn that went away', () => {
    expect(changesOfTurns(known, [])).toEqual({ changed: [], gone: ['a'], starts: [start] })
  })
})
