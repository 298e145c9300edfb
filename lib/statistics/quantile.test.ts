import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeSorted, quantileOfSorted } from './quantile.ts'
import { sortNumbers } from './sort-numbers.ts'

const numbers = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { maxLength: 200 })

describe('quantile of type 7', () => {
  test.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.9, 3.7],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.25, 3.25],
    [[7], 0.9, 7],
    [[1, 5], 1, 5],
    [[1, 5], 0, 1],
  ])('of %j at %f is %f', (sorted, p, expected) => {
    expect(quantileOfSorted(sorted, p)).toBeCloseTo(expected, 12)
  })

  test('of nothing is unknown', () => {
    expect(quantileOfSorted([], 0.5)).toBeNull()
  })

  test('refuses a share outside 0 to 1', () => {
    expect(() => quantileOfSorted([1], 1.01)).toThrow(RangeError)
    expect(() => quantileOfSorted([1], Number.NaN)).toThrow(RangeError)
  })

  test('never falls as p grows, and stays within the values', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.double({ noNaN: true, min: 0, max: 1 }),
        fc.double({ noNaN: true, min: 0, max: 1 }),
        (values, p, q) => {
          fc.pre(values.length > 0)
          const sorted = sortNumbers(values)
          const low = quantileOfSorted(sorted, Math.min(p, q)) ?? Number.NaN
          const high = quantileOfSorted(sorted, Math.max(p, q)) ?? Number.NaN
          expect(low).toBeLessThanOrEqual(high + 1e-6)
          expect(low).toBeGreaterThanOrEqual((sorted[0] ?? 0) - 1e-6)
          expect(high).toBeLessThanOrEqual((sorted.at(-1) ?? 0) + 1e-6)
        },
      ),
    )
  })
})

describe('merge of sorted arrays', () => {
  test('equals sorting everything at once', () => {
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 9 }), (parts) => {
        const merged = mergeSorted(parts.map((part) => sortNumbers(part)))
        expect(merged).toEqual(sortNumbers(parts.flat()))
      }),
    )
  })

  test('of no arrays is empty', () => {
    expect(mergeSorted([])).toHaveLength(0)
  })
})
