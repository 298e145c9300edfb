import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { summariseResponse } from './response-report.ts'

const waits = fc.array(
  fc.integer({ min: 0, max: 10_000_000 }).map((ms) => ms / 1000),
  { maxLength: 60 },
)

describe('the figures of response', () => {
  test('are worked out by hand for a few turns', () => {
    const found = summariseResponse({
      answered: [400, 100, 300, 200],
      waiting: [1000],
      targets: { due: 5, withinTarget: 2 },
    })
    expect(found).toMatchObject({
      turns: 5,
      answered: 4,
      share: 0.8,
      p50Seconds: 250,
      kaplanMeierMedianSeconds: 300,
      withinTarget: { n: 5, hits: 2, share: 0.4 },
    })
    expect(found.p90Seconds).toBeCloseTo(370, 9)
    expect(found.interval?.low).toBeCloseTo(0.3755, 4)
    expect(found.interval?.high).toBeCloseTo(0.9638, 4)
  })

  test('say nothing where there is nothing', () => {
    expect(summariseResponse({ answered: [], waiting: [] })).toEqual({
      turns: 0,
      answered: 0,
      share: null,
      interval: null,
      p50Seconds: null,
      p90Seconds: null,
      kaplanMeierMedianSeconds: null,
      kaplanMeierInterval: { low: null, high: null },
      withinTarget: { n: 0, hits: 0, share: null, interval: null },
    })
  })

  test('leave the median open while most of them wait', () => {
    const found = summariseResponse({ answered: [5], waiting: [60, 60, 60] })
    expect(found).toMatchObject({ share: 0.25, p50Seconds: 5, kaplanMeierMedianSeconds: null })
  })

  test('with nobody waiting, the Kaplan-Meier median is p50; those who wait only lengthen it', () => {
    fc.assert(
      fc.property(waits, waits, (answered, waiting) => {
        const alone = summariseResponse({ answered, waiting: [] })
        expect(alone.kaplanMeierMedianSeconds ?? 0).toBeCloseTo(alone.p50Seconds ?? 0, 9)
        const both = summariseResponse({ answered, waiting }).kaplanMeierMedianSeconds
        expect(both ?? Infinity).toBeGreaterThanOrEqual((alone.p50Seconds ?? 0) - 1e-9)
      }),
    )
  })

  test('do not depend on order, and leave what was given as it was', () => {
    fc.assert(
      fc.property(waits, waits, (answered, waiting) => {
        const kept = answered.slice()
        const once = summariseResponse({ answered, waiting })
        expect(answered).toEqual(kept)
        const turned = { answered: answered.toReversed(), waiting: waiting.toReversed() }
        expect(summariseResponse(turned)).toEqual(once)
      }),
    )
  })

  test('of half a million turns take a fraction of a second', () => {
    const seconds = (length: number, step: number) =>
      Float64Array.from({ length }, (_, i) => ((i * step) % 9_999_991) / 1000)
    const given = { answered: seconds(425_000, 7919), waiting: seconds(75_000, 104_729) }
    summariseResponse(given)
    const started = process.threadCpuUsage().user
    expect(summariseResponse(given).turns).toBe(500_000)
    expect(process.threadCpuUsage().user - started).toBeLessThan(400_000)
  })
})
