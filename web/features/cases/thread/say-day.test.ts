import { expect, test } from 'vitest'
import { sayDay } from './say-day.ts'

const words = { today: 'Today', yesterday: 'Yesterday' }

test('a day is said as people say it', () => {
  const now = new Date(2026, 2, 2, 0, 30)
  expect(sayDay(new Date(2026, 2, 2, 23, 0), now, words)).toBe('Today')
  expect(sayDay(new Date(2026, 2, 1, 23, 59), now, words)).toBe('Yesterday')
  expect(sayDay(new Date(2026, 1, 20), now, words)).toMatch(/20/)
  expect(sayDay(new Date(2026, 1, 20), now, words)).not.toMatch(/2026/)
  expect(sayDay(new Date(2025, 1, 20), now, words)).toMatch(/2025/)
})
