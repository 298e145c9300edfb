import { describe, expect, test } from 'vitest'
import { sayAgo, sayDuration } from './say-time.ts'

const now = Date.UTC(2026, 5, 15, 12)

describe('times in words', () => {
  test.each([
    [null, '–'],
    [12, '12 s'],
    [779, '13 min'],
    [3600, '1 h'],
    [28_893.4, '8 h 2 min'],
    [3 * 86_400 + 4 * 3600, '3 d 4 h'],
    [100 * 86_400, '100 d'],
    [3317 * 86_400, '9 y 1 mo'],
  ])('%s seconds are said as %s', (seconds, said) => {
    expect(sayDuration(seconds)).toBe(said)
  })

  test('a short distance is said without the word ago, for columns', () => {
    expect(sayAgo(now - 30_000, now)).toBe('now')
    expect(sayAgo(now - 5 * 60_000, now, true)).toBe('5 min')
    expect(sayAgo(now - 25 * 3600_000, now, true)).toBe('1 day')
  })
})
