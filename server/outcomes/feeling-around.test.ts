import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sentiment } from '../../contract/reading.ts'
import { feelingAround, type ReadWords } from './feeling-around.ts'

const DAY_MS = 86_400_000

function words(day: number, sentiment: Sentiment | null, change: Partial<ReadWords> = {}): ReadWords {
  return {
    authorKey: 'ada',
    direction: 'in',
    isAutomatic: false,
    isDeleted: false,
    at: day * DAY_MS,
    sentiment,
    ...change,
  }
}

const moment = { authorKey: 'ada', at: 2 * DAY_MS, until: null }

describe('the feeling around our answer', () => {
  test.each([
    [
      'the last words on either side',
      [words(0, 'neutral'), words(1, 'negative'), words(3, 'neutral'), words(4, 'positive')],
      'negative',
      'positive',
    ],
    ['silence after it', [words(1, 'negative')], 'negative', null],
    [
      'words that come more than seven days later',
      [words(1, 'negative'), words(9.001, 'positive')],
      'negative',
      null,
    ],
    ['words on the seventh day', [words(1, 'negative'), words(9, 'positive')], 'negative', 'positive'],
    [
      'words of somebody else',
      [words(1, 'negative'), words(3, 'positive', { authorKey: 'bob' })],
      'negative',
      null,
    ],
    ['our own words', [words(1, 'negative'), words(3, 'positive', { direction: 'out' })], 'negative', null],
    [
      'a machine of theirs',
      [words(1, 'negative'), words(3, 'positive', { isAutomatic: true })],
      'negative',
      null,
    ],
    ['words taken back', [words(1, 'negative'), words(3, 'positive', { isDeleted: true })], 'negative', null],
    ['words that could not be read', [words(0, 'neutral'), words(1, null), words(3, null)], 'neutral', null],
    ['nothing before it', [words(3, 'positive')], null, 'positive'],
  ])('counts %s as it should', (_name, given, before, after) => {
    expect(feelingAround(given, moment)).toEqual({ before, after })
  })

  test('of one who was left waiting ends where the late answer comes', () => {
    const given = [words(1, 'negative'), words(3, 'neutral'), words(5, 'positive')]
    expect(feelingAround(given, { ...moment, until: 5 * DAY_MS })).toEqual({
      before: 'negative',
      after: 'neutral',
    })
  })

  test('does not depend on the order of words', () => {
    const anyWords = fc
      .record({ day: fc.nat(5), sentiment: fc.constantFrom<Sentiment>('negative', 'neutral', 'positive') })
      .map(({ day, sentiment }) => words(day, sentiment))
    fc.assert(
      fc.property(fc.array(anyWords, { maxLength: 8 }), (given) => {
        expect(feelingAround(given.toReversed(), moment)).toEqual(feelingAround(given, moment))
      }),
    )
  })
})
