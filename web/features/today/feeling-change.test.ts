import { describe, expect, test } from 'vitest'
import { feelingChange } from './feeling-change.ts'

const day = (negative: number, neutral: number, positive: number) => ({
  day: '2026-01-01',
  negative,
  neutral,
  positive,
})

describe('what changed in feeling', () => {
  test('a doubled share of anger over many words is a clear change', () => {
    const days = [
      ...Array.from({ length: 28 }, () => day(10, 30, 60)),
      ...Array.from({ length: 7 }, () => day(20, 30, 50)),
    ]
    const change = feelingChange(days, 'negative')
    expect(change).toMatchObject({ now: 0.2, n: 700, isClear: true })
    expect(change.difference).toBeCloseTo(0.1)
  })

  test('a few words never are a clear change', () => {
    const days = [...Array.from({ length: 28 }, () => day(0, 1, 1)), day(1, 0, 0)]
    expect(feelingChange(days, 'negative').isClear).toBe(false)
  })

  test('days without a word have no share', () => {
    expect(feelingChange([day(0, 0, 0), day(1, 1, 0)], 'negative').shares).toEqual([null, 0.5])
  })
})
