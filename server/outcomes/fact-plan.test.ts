import { describe, expect, test } from 'vitest'
import { planFacts, spansOfDays } from './fact-plan.ts'

describe('from where figures come', () => {
  test('a period and one dimension at most are in the roll-ups', () => {
    expect(planFacts({ from: '2026-01-01', to: '2026-02-01' }, 'all')).toEqual({ dimension: 'all', key: '' })
    expect(planFacts({ hour: 0, from: '2026-01-01' }, 'all')).toEqual({ dimension: 'hour', key: '0' })
    expect(planFacts({ intent: 'praise' }, 'week')).toEqual({ dimension: 'intent', key: 'praise' })
    expect(planFacts({}, 'presence')).toEqual({ dimension: 'presence', key: null })
    expect(planFacts({ function: '-' }, 'function')).toEqual({ dimension: 'function', key: '-' })
  })

  test('what crosses two dimensions is not', () => {
    expect(planFacts({ hour: 9, channel: 'web' }, 'all')).toBeNull()
    expect(planFacts({ channel: 'web' }, 'function')).toBeNull()
  })
})

describe('days as spans', () => {
  test('join where they follow one another', () => {
    expect(spansOfDays(['2026-03-01', '2026-02-28', '2026-03-05'])).toEqual([
      { first: '2026-02-28', last: '2026-03-01' },
      { first: '2026-03-05', last: '2026-03-05' },
    ])
  })

  test('become one where there are too many', () => {
    const days = Array.from({ length: 60 }, (_, i) =>
      new Date(Date.UTC(2026, 0, 1 + 2 * i)).toISOString().slice(0, 10),
    )
    expect(spansOfDays(days)).toEqual([{ first: '2026-01-01', last: days.at(-1) }])
  })
})
