import { describe, expect, test } from 'vitest'
import { sayClock } from './say-clock.ts'

const now = Date.UTC(2026, 0, 5, 9)
const minutes = 60_000

describe('a clock in words', () => {
  test.each([
    [now + 12 * minutes, false, '12 min left', 'soon'],
    [now + 180 * minutes, false, '3 h left', 'calm'],
    [now - 1, false, '1 min late', 'late'],
    [now - 50 * 60 * minutes, false, '2 days late', 'late'],
    [now - 3317 * 24 * 60 * minutes, false, '9 years late', 'late'],
    [now + 12 * minutes, true, 'paused', 'paused'],
    [undefined, false, 'paused', 'paused'],
  ] as const)('due at %s, paused %s, says %s', (due, isPaused, text, tone) => {
    expect(sayClock(due, now, isPaused)).toEqual({ text, tone })
  })
})
