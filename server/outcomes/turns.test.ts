import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findTurns, secondsToAnswer, type ThreadEngagement, type Turn } from './turns.ts'

const tree = { isFlat: false }
const flat = { isFlat: true }

/** `said('b', 'ada', 2, 'a')`: at second 2 ada says b below a. We are `us`, our machine is `bot`. */
function said(id: string, author: string, second: number, parentId: string | null = null): ThreadEngagement {
  const isOurs = author === 'us' || author === 'bot'
  return {
    id,
    parentId,
    authorKey: author,
    direction: isOurs ? 'out' : 'in',
    isAutomatic: author === 'bot',
    isDeleted: false,
    at: second * 1000,
  }
}

/** Each turn as `ids -> answer`. */
function told(turns: readonly Turn[]): string[] {
  return turns.map((turn) => `${turn.engagementIds.join('')} -> ${turn.answerId ?? 'nothing'}`)
}

describe('turns of a reply tree', () => {
  test.each([
    ['a question and its answer', [said('a', 'ada', 0), said('b', 'us', 60, 'a')], ['a -> b']],
    ['a question that nobody answered', [said('a', 'ada', 0)], ['a -> nothing']],
    ['our own post', [said('a', 'us', 0)], []],
    [
      'words added by the same author',
      [said('a', 'ada', 0), said('b', 'ada', 5, 'a'), said('c', 'us', 9, 'b')],
      ['ab -> c'],
    ],
    [
      'words to which the author comes back after us',
      [said('a', 'ada', 0), said('b', 'us', 5, 'a'), said('c', 'ada', 9, 'b')],
      ['a -> b', 'c -> nothing'],
    ],
    [
      'somebody else who joins',
      [said('a', 'ada', 0), said('b', 'bob', 5, 'a'), said('c', 'us', 9, 'b')],
      ['a -> c', 'b -> c'],
    ],
    [
      'an answer to a sibling only',
      [said('a', 'ada', 0), said('b', 'bob', 5, 'a'), said('c', 'ada', 6, 'a'), said('d', 'us', 9, 'b')],
      ['ac -> d', 'b -> d'],
    ],
    [
      'the earliest of several answers',
      [said('a', 'ada', 0), said('b', 'us', 20, 'a'), said('c', 'bob', 3, 'a'), said('d', 'us', 9, 'c')],
      ['a -> d', 'c -> d'],
    ],
    [
      'a machine that answers first',
      [said('a', 'ada', 0), said('b', 'bot', 1, 'a'), said('c', 'us', 9, 'b')],
      ['a -> c'],
    ],
    ['a machine that answers alone', [said('a', 'ada', 0), said('b', 'bot', 1, 'a')], ['a -> nothing']],
    [
      'a parent outside what was captured',
      [said('b', 'ada', 5, 'gone'), said('c', 'us', 9, 'b')],
      ['b -> c'],
    ],
    [
      'an answer beside, not below',
      [said('a', 'us', 0), said('b', 'ada', 5, 'a'), said('c', 'us', 9, 'a')],
      ['b -> nothing'],
    ],
    ['one who answers themselves only', [said('a', 'ada', 0, 'a')], ['a -> nothing']],
  ])('%s', (_name, engagements, expected) => {
    expect(told(findTurns(engagements, tree))).toEqual(expected)
  })

  test('time to answer runs from the first words', () => {
    const [turn] = findTurns([said('a', 'ada', 0), said('b', 'ada', 50, 'a'), said('c', 'us', 60, 'b')], tree)
    expect(turn).toMatchObject({ firstEngagementId: 'a', startedAt: 0, answeredAt: 60_000, answerId: 'c' })
    expect(turn && secondsToAnswer(turn)).toBe(60)
  })

  test('an answer dated before the question took no time, not less', () => {
    const [turn] = findTurns([said('a', 'ada', 10), said('b', 'us', 8, 'a')], tree)
    expect(turn && secondsToAnswer(turn)).toBe(0)
  })

  test('words that were taken back are no turn, yet hold the tree together', () => {
    const gone = { ...said('a', 'ada', 0), isDeleted: true }
    expect(findTurns([gone, said('b', 'us', 5, 'a')], tree)).toEqual([])
    expect(told(findTurns([gone, said('b', 'ada', 5, 'a'), said('c', 'us', 9, 'b')], tree))).toEqual([
      'b -> c',
    ])
  })

  test('an answer that was taken back is none', () => {
    const gone = { ...said('b', 'us', 5, 'a'), isDeleted: true }
    expect(told(findTurns([said('a', 'ada', 0), gone, said('c', 'us', 9, 'b')], tree))).toEqual(['a -> c'])
  })

  test("a person's machine begins no turn", () => {
    const away = { ...said('a', 'ada', 0), isAutomatic: true }
    expect(findTurns([away], tree)).toEqual([])
  })

  test('parents in a circle end somewhere', () => {
    const circle = [said('a', 'ada', 0, 'c'), said('b', 'bob', 1, 'a'), said('c', 'us', 2, 'b')]
    expect(told(findTurns(circle, tree))).toEqual(['a -> c', 'b -> c'])
  })
})

describe('turns without a tree', () => {
  test.each([
    [
      'all words up to our answer',
      [said('a', 'ada', 0), said('b', 'ada', 5), said('c', 'us', 9)],
      ['ab -> c'],
    ],
    [
      'words after our answer',
      [said('a', 'ada', 0), said('b', 'us', 5), said('c', 'ada', 9)],
      ['a -> b', 'c -> nothing'],
    ],
    [
      'two who speak before we do',
      [said('a', 'ada', 0), said('b', 'bob', 5), said('c', 'ada', 6), said('d', 'us', 9)],
      ['ac -> d', 'b -> d'],
    ],
    [
      'a machine between',
      [said('a', 'ada', 0), said('b', 'bot', 1), said('c', 'ada', 5), said('d', 'us', 9)],
      ['ac -> d'],
    ],
    ['our words before anybody spoke', [said('a', 'us', 0), said('b', 'ada', 5)], ['b -> nothing']],
    ['words and answer in the same second', [said('b', 'us', 5), said('c', 'ada', 5)], ['c -> b']],
  ])('%s', (_name, engagements, expected) => {
    expect(told(findTurns(engagements, flat))).toEqual(expected)
  })
})

const thread = fc
  .array(
    fc.record({
      author: fc.constantFrom('ada', 'bob', 'us', 'bot'),
      second: fc.nat(20),
      parent: fc.option(fc.nat(14)),
      isDeleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
    { maxLength: 14 },
  )
  .map((items) =>
    items.map(({ author, second, parent, isDeleted }, i) => ({
      ...said(`e${i}`, author, second, parent === null ? null : `e${parent}`),
      isDeleted,
    })),
  )

/** Parents only to earlier ones, so that there is no circle. */
const soundThread = thread.map((items) =>
  items.map((item, i) => (Number(item.parentId?.slice(1) ?? i) < i ? item : { ...item, parentId: null })),
)

/** The definition, word by word, without a thought for speed. */
function byTheBook(items: readonly ThreadEngagement[]): Map<string, string | null> {
  const byId = new Map(items.map((item) => [item.id, item]))
  const parentOf = (item: ThreadEngagement) => byId.get(item.parentId ?? '')
  const begins = (item: ThreadEngagement) =>
    item.direction === 'in' && parentOf(item)?.authorKey !== item.authorKey
  const isBelow = (item: ThreadEngagement, top: ThreadEngagement): boolean => {
    const parent = parentOf(item)
    return parent === top || (parent !== undefined && isBelow(parent, top))
  }
  const result = new Map<string, string | null>()
  for (const first of items.filter((item) => begins(item) && !item.isDeleted)) {
    const [answer] = items
      .filter((item) => item.authorKey === 'us' && !item.isDeleted && isBelow(item, first))
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    result.set(first.id, answer?.id ?? null)
  }
  return result
}

describe('laws of turns', () => {
  test('the order in which engagements come changes nothing', () => {
    const shuffled = thread.chain((items) =>
      fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
    )
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([items, other], isFlat) => {
        expect(findTurns(other, { isFlat })).toEqual(findTurns(items, { isFlat }))
      }),
      { numRuns: 500 },
    )
  })

  test('turns and answers are those of the definition', () => {
    fc.assert(
      fc.property(soundThread, (items) => {
        const book = byTheBook(items)
        const found = new Map(findTurns(items, tree).map((turn) => [turn.firstEngagementId, turn.answerId]))
        for (const [first, answer] of book) expect([first, found.get(first)]).toEqual([first, answer])
      }),
      { numRuns: 500 },
    )
  })

  test('everything that a person says, and keeps, belongs to exactly one turn', () => {
    fc.assert(
      fc.property(thread, fc.boolean(), (items, isFlat) => {
        const inTurns = findTurns(items, { isFlat }).flatMap((turn) => turn.engagementIds)
        const words = items.filter((item) => item.direction === 'in' && !item.isDeleted)
        expect(inTurns.toSorted()).toEqual(words.map((item) => item.id).toSorted())
      }),
    )
  })

  test('a chain of 100,000 replies is read without recursion, in time that grows with its length', () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, i) =>
        said(`e${i}`, ['ada', 'us', 'bob'][i % 3] ?? '', i, i > 0 ? `e${i - 1}` : null),
      )
    const cost = (length: number) => {
      const items = chain(length)
      const started = process.threadCpuUsage().user
      const turns = findTurns(items, tree)
      expect(turns).toHaveLength(items.filter((item) => item.direction === 'in').length)
      return process.threadCpuUsage().user - started
    }
    expect(cost(100_000)).toBeLessThan(3_000_000)
  })
})
