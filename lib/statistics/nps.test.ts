import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countNps, netPromoterScore } from './nps.ts'

const counts = fc.record({ promoters: fc.nat(999), passives: fc.nat(999), detractors: fc.nat(999) })

describe('net promoter score', () => {
  test('of 50, 30 and 20 agrees with the reference', () => {
    const found = netPromoterScore({ promoters: 50, passives: 30, detractors: 20 })
    expect(found?.score).toBeCloseTo(30, 12)
    expect(found?.standardError).toBeCloseTo(7.810249676, 9)
    expect(found?.low).toBeCloseTo(14.692, 3)
    expect(found?.high).toBeCloseTo(45.308, 3)
  })

  test('sorts ratings at 6, 7, 8 and 9', () => {
    expect(countNps([0, 6, 7, 8, 9, 10])).toEqual({ promoters: 2, passives: 2, detractors: 2 })
  })

  test('refuses a rating outside 0 to 10 and between two marks', () => {
    expect(() => countNps([11])).toThrow(RangeError)
    expect(() => countNps([-1])).toThrow(RangeError)
    expect(() => countNps([7.5])).toThrow(RangeError)
  })

  test('says nothing without ratings', () => {
    expect(netPromoterScore(countNps([]))).toBeNull()
  })

  test('turns its sign when promoters and detractors are exchanged', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const turned = { ...given, promoters: given.detractors, detractors: given.promoters }
        expect(netPromoterScore(turned)?.score ?? 0).toBeCloseTo(-(netPromoterScore(given)?.score ?? 0), 9)
      }),
    )
  })
})
