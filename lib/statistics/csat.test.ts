import { describe, expect, test } from 'vitest'
import { customerSatisfaction } from './csat.ts'

describe('customer satisfaction', () => {
  test('is the share of fours and fives, with its interval', () => {
    const found = customerSatisfaction([5, 5, 5, 4, 4, 4, 4, 5, 3, 1])
    expect(found).toMatchObject({ n: 10, satisfied: 8, share: 0.8 })
    expect(found?.interval.low).toBeCloseTo(0.4901624715, 10)
    expect(found?.interval.high).toBeCloseTo(0.9433178485, 10)
  })

  test('says nothing without ratings', () => {
    expect(customerSatisfaction([])).toBeNull()
  })

  test('refuses a rating outside 1 to 5', () => {
    expect(() => customerSatisfaction([0])).toThrow(RangeError)
    expect(() => customerSatisfaction([6])).toThrow(RangeError)
    expect(() => customerSatisfaction([4.5])).toThrow(RangeError)
  })
})
