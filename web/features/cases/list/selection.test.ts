import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptySelection, extendTo, keepOnly, largestBulk, pickAll, toggle } from './selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']

describe('picking cases', () => {
  test('x picks a case and lets it go again', () => {
    const picked = toggle(emptySelection, 'b')
    expect([...picked.ids]).toEqual(['b'])
    expect([...toggle(picked, 'b').ids]).toEqual([])
  })

  test('shift picks the range between the last pick and here, in both directions', () => {
    expect([...extendTo(toggle(emptySelection, 'b'), order, 'd').ids]).toEqual(['b', 'c', 'd'])
    expect([...extendTo(toggle(emptySelection, 'd'), order, 'b').ids].toSorted()).toEqual(['b', 'c', 'd'])
  })

  test('a range keeps what was picked before', () => {
    const first = toggle(toggle(emptySelection, 'a'), 'd')
    expect([...extendTo(first, order, 'e').ids]).toEqual(['a', 'd', 'e'])
  })

  test('without an anchor in the list, a range is one case', () => {
    expect([...extendTo(emptySelection, order, 'c').ids]).toEqual(['c'])
    expect([...extendTo({ ids: new Set(), anchor: 'gone' }, order, 'c').ids]).toEqual(['c'])
  })

  test('what left the list is let go', () => {
    const picked = toggle(toggle(emptySelection, 'a'), 'gone')
    expect(keepOnly(picked, order)).toEqual({ ids: new Set(['a']), anchor: null })
    const same = toggle(emptySelection, 'a')
    expect(keepOnly(same, order)).toBe(same)
  })

  test('never more than one bulk change may name', () => {
    const many = Array.from({ length: 500 }, (_, index) => String(index))
    expect(pickAll(many).ids.size).toBe(largestBulk)
    fc.assert(
      fc.property(fc.nat(499), fc.nat(499), (from, to) => {
        const picked = extendTo(toggle(emptySelection, String(from)), many, String(to))
        expect(picked.ids.size).toBeLessThanOrEqual(largestBulk)
        expect(picked.ids.size).toBe(Math.min(Math.abs(from - to) + 1, largestBulk))
      }),
    )
  })
})
