import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortNumbers } from './sort-numbers.ts'

const thousandth = fc.integer({ min: 0, max: 0xffffffff }).map((key) => key / 1000)

test.each([
  ['thousandths', thousandth],
  ['negative, tiny, huge and endless ones', fc.oneof(thousandth, fc.double({ noNaN: true }), fc.integer())],
])('many numbers are sorted like few: %s', (_name, number) => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 300 }), (seed) => {
      // Of zero and its negative neither comes first: both are written alike.
      const many = Float64Array.from({ length: 5001 }, (_, i) => (seed[(i * 31) % seed.length] ?? 0) + 0)
      expect(sortNumbers(many).every((value, i, all) => i === 0 || (all[i - 1] ?? 0) <= value)).toBe(true)
      expect(sortNumbers(many)).toEqual(many.toSorted())
    }),
    { numRuns: 25 },
  )
})

test('sorting leaves what was given as it was', () => {
  const given = [3, 1, 2]
  expect([...sortNumbers(given)]).toEqual([1, 2, 3])
  expect(given).toEqual([3, 1, 2])
})
