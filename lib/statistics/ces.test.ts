import { describe, expect, test } from 'vitest'
import { customerEffort } from './ces.ts'

describe('customer effort', () => {
  test('is the mean, and the share of fives to sevens', () => {
    const found = customerEffort([7, 6, 5, 4, 1])
    expect(found).toMatchObject({ n: 5, mean: 4.6, easy: 3, share: 0.6 })
    // Sample variance 5.3, by hand.
    expect(found?.standardError).toBeCloseTo(Math.sqrt(5.3 / 5), 12)
  })

  test('does not claim a spread from one rating', () => {
    expect(customerEffort([6])?.standardError).toBeNull()
  })

  test('says nothing without ratings', () => {
    expect(customerEffort([])).toBeNull()
  })

  test('refuses a rating outside 1 to 7', () => {
    expect(() => customerEffort([8])).toThrow(RangeError)
    expect(() => customerEffort([0])).toThrow(RangeError)
  })
})
