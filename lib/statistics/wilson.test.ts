import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wilsonInterval } from './wilson.ts'

const counts = fc.nat(100_000).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

describe('wilson interval', () => {
  test.each([
    [8, 10, 0.4901624715, 0.9433178485],
    [0, 20, 0, 0.1611251581],
    [1, 1, 0.2065493144, 1],
    [1039, 1227, 0.82555, 0.86585],
  ])('of %i in %i agrees with the reference', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n)
    const digits = n > 1000 ? 5 : 10
    expect(interval.low).toBeCloseTo(low, digits)
    expect(interval.high).toBeCloseTo(high, digits)
  })

  test('of nothing is the whole range', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
  })

  test('refuses counts that cannot be', () => {
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError)
    expect(() => wilsonInterval(-1, 2)).toThrow(RangeError)
    expect(() => wilsonInterval(Number.NaN, 2)).toThrow(RangeError)
  })

  test('holds the share, stays within 0 to 1, and mirrors successes and failures', () => {
    fc.assert(
      fc.property(counts, ([successes, n]) => {
        const { low, high } = wilsonInterval(successes, n)
        const mirrored = wilsonInterval(n - successes, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        const share = n > 0 ? successes / n : 0.5
        expect(low - 1e-12 <= share && share <= high + 1e-12).toBe(true)
        expect(1 - mirrored.high).toBeCloseTo(low, 12)
      }),
    )
  })

  test('narrows as more is known', () => {
    fc.assert(
      fc.property(counts, ([successes, n]) => {
        fc.pre(n > 0)
        const few = wilsonInterval(successes, n)
        const many = wilsonInterval(successes * 10, n * 10)
        expect(many.high - many.low).toBeLessThan(few.high - few.low)
      }),
    )
  })
})
