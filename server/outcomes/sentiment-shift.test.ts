import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sentiment } from '../../contract/reading.ts'
import { sentimentShift, type Exchange } from './sentiment-shift.ts'

type Feeling = Sentiment | null

function times(n: number, group: Exchange['group'], before: Feeling, after: Feeling): Exchange[] {
  return Array.from({ length: n }, () => ({ group, before, after }))
}

describe('resulting sentiment', () => {
  // 56 of 70 against 48 of 80: the reference case of Newcombe.
  const reference = [
    ...times(50, 'answered', 'negative', 'positive'),
    ...times(6, 'answered', 'negative', 'neutral'),
    ...times(14, 'answered', 'negative', 'negative'),
    ...times(30, 'answered', 'negative', null),
    ...times(48, 'control', 'negative', 'neutral'),
    ...times(32, 'control', 'negative', 'negative'),
    ...times(20, 'control', 'negative', null),
  ]

  test('is told with its control and the difference to it', () => {
    const { answered, control, difference } = sentimentShift(reference)
    expect(answered).toMatchObject({
      n: 100,
      negativeN: 70,
      improvedOfNegative: 0.8,
      netShift: 0.8,
      silentShare: 0.3,
    })
    expect(answered.table).toEqual([
      [14, 6, 50],
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect(control).toMatchObject({
      n: 100,
      negativeN: 80,
      improvedOfNegative: 0.6,
      netShift: 0.6,
      silentShare: 0.2,
    })
    expect(difference?.value).toBeCloseTo(0.2, 12)
    expect(difference?.low).toBeCloseTo(0.0524314724, 10)
    expect(difference?.high).toBeCloseTo(0.333872654, 10)
  })

  test('shows no shift without a control', () => {
    const alone = sentimentShift(reference.filter((exchange) => exchange.group === 'answered'))
    expect(alone.answered).toMatchObject({
      n: 100,
      netShift: null,
      improvedOfNegative: null,
      improvedInterval: null,
    })
    expect(alone.difference).toBeNull()
  })

  test('shows no shift where the control began otherwise', () => {
    const other = [
      ...times(9, 'answered', 'negative', 'positive'),
      ...times(9, 'control', 'positive', 'neutral'),
    ]
    expect(sentimentShift(other)).toMatchObject({ answered: { netShift: null }, difference: null })
  })

  test('lets the control begin as the answered ones began', () => {
    const { answered, control } = sentimentShift([
      ...times(30, 'answered', 'negative', 'neutral'),
      ...times(10, 'answered', 'positive', 'positive'),
      ...times(5, 'control', 'negative', 'neutral'),
      ...times(5, 'control', 'negative', 'negative'),
      ...times(50, 'control', 'positive', 'neutral'),
      ...times(50, 'control', 'positive', 'positive'),
    ])
    expect(answered.netShift).toBeCloseTo(0.75, 12)
    // Half of the negative improve, half of the positive worsen: 30/40 x 0.5 - 10/40 x 0.5.
    expect(control.netShift).toBeCloseTo(0.25, 12)
  })

  test('leaves out those whose beginning could not be read', () => {
    const given = [
      ...reference,
      ...times(40, 'answered', null, 'positive'),
      ...times(7, 'control', null, null),
    ]
    expect(sentimentShift(given)).toEqual(sentimentShift(reference))
  })

  test('of two groups that are alike differs by nothing, and turns its sign when they change places', () => {
    const feeling = fc.constantFrom<Feeling>('negative', 'neutral', 'positive', null)
    const pairs = fc.array(fc.tuple(feeling, feeling), { maxLength: 40 })
    const inGroup = (of: readonly (readonly [Feeling, Feeling])[], group: Exchange['group']): Exchange[] =>
      of.map(([before, after]) => ({ group, before, after }))
    fc.assert(
      fc.property(pairs, pairs, (one, other) => {
        const alike = sentimentShift([...inGroup(one, 'answered'), ...inGroup(one, 'control')])
        expect(alike.control.netShift).toEqual(alike.answered.netShift)
        expect(alike.difference?.value ?? 0).toBe(0)
        const there = sentimentShift([...inGroup(one, 'answered'), ...inGroup(other, 'control')]).difference
        const back = sentimentShift([...inGroup(other, 'answered'), ...inGroup(one, 'control')]).difference
        expect(there === null).toBe(back === null)
        expect((there?.value ?? 0) + (back?.value ?? 0)).toBeCloseTo(0, 12)
        expect((there?.low ?? 0) + (back?.high ?? 0)).toBeCloseTo(0, 12)
      }),
    )
  })
})
