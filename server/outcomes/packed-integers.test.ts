import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countTogether, unpackIntegers } from './packed-integers.ts'

function pack(values: readonly number[], width: number): Uint8Array {
  const bytes = Buffer.alloc(values.length * width)
  for (const [index, value] of values.entries()) bytes.writeUIntBE(value, index * width, width)
  return bytes
}

describe('packed integers', () => {
  test('come out as they went in, over any parts', () => {
    const parts = fc.array(fc.array(fc.nat({ max: 2 ** 40 - 1 })))
    fc.assert(
      fc.property(parts, (given) => {
        const packed = given.map((values) => pack(values, 5))
        expect([...unpackIntegers(packed, 5)]).toEqual(given.flat())
      }),
    )
    expect([...unpackIntegers([pack([2 ** 48 - 1, 0], 6)], 6)]).toEqual([2 ** 48 - 1, 0])
  })

  test('a rest that is no whole number is left out', () => {
    expect([...unpackIntegers([new Uint8Array([0, 0, 0, 7, 1]), new Uint8Array([0, 0, 0, 8])], 4)]).toEqual([
      7, 8,
    ])
  })

  test('in several sets are counted once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat({ max: 500 }))), (sets) => {
        expect(countTogether(sets.map((set) => pack(set, 4)))).toBe(new Set(sets.flat()).size)
      }),
    )
  })
})
