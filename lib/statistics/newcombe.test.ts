import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newcombeDifference } from './newcombe.ts'

const proportion = fc
  .nat(10_000)
  .chain((n) => fc.record({ successes: fc.integer({ min: 0, max: n }), n: fc.constant(n) }))

describe('newcombe difference', () => {
  test('of 56/70 and 48/80 agrees with the reference', () => {
    const found = newcombeDifference({ successes: 56, n: 70 }, { successes: 48, n: 80 })
    expect(found.difference).toBeCloseTo(0.2, 12)
    expect(found.low).toBeCloseTo(0.0524314724, 10)
    expect(found.high).toBeCloseTo(0.333872654, 10)
  })

  test('says that it cannot tell when one side is empty', () => {
    const found = newcombeDifference({ successes: 0, n: 0 }, { successes: 1, n: 2 })
    expect(found).toEqual({ difference: null, low: -1, high: 1 })
  })

  test('turns its sign when the sides are exchanged, and holds the difference', () => {
    fc.assert(
      fc.property(proportion, proportion, (first, second) => {
        const found = newcombeDifference(first, second)
        const turned = newcombeDifference(second, first)
        expect(found.low).toBeCloseTo(-turned.high, 12)
        expect(found.high).toBeCloseTo(-turned.low, 12)
        if (found.difference === null) return
        expect(found.low).toBeLessThanOrEqual(found.difference + 1e-12)
        expect(found.high).toBeGreaterThanOrEqual(found.difference - 1e-12)
      }),
    )
  })
})
