import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { medianWait, survivalSteps } from './kaplan-meier.ts'
import { quantileOfSorted } from './quantile.ts'
import { sortNumbers } from './sort-numbers.ts'

// Weeks of remission under 6-mercaptopurine: Freireich et al. 1963, the standard worked example.
const remission = {
  events: [6, 6, 6, 7, 10, 13, 16, 22, 23],
  censored: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
}
// Weeks of survival with maintenance, acute myelogenous leukaemia: Miller 1997 (R's `aml`).
const maintained = { events: [9, 13, 18, 23, 31, 34, 48], censored: [13, 28, 45, 161] }

const waits = fc.array(fc.nat(500), { maxLength: 120 }).map(sortNumbers)

describe('kaplan-meier', () => {
  test('gives the published curve of the remission trial', () => {
    const steps = survivalSteps(remission.events, remission.censored)
    expect(steps.map((step) => step.time)).toEqual([6, 7, 10, 13, 16, 22, 23])
    expect(steps.map((step) => step.atRisk)).toEqual([21, 17, 15, 12, 11, 7, 6])
    const published = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    steps.forEach((step, i) => expect(step.survival).toBeCloseTo(published[i] ?? 0, 4))
    const error = (steps[0]?.survival ?? 0) * Math.sqrt(steps[0]?.greenwood ?? 0)
    expect(error).toBeCloseTo(0.0764, 4)
  })

  test('gives the published medians and their limits', () => {
    expect(medianWait(remission.events, remission.censored)).toEqual({ median: 23, low: 13, high: null })
    expect(medianWait(maintained.events, maintained.censored)).toMatchObject({ median: 31, high: null })
  })

  test('leaves the median open while most still wait', () => {
    expect(medianWait([5], [10, 11, 12])).toEqual({ median: null, low: 5, high: null })
    expect(medianWait([], [1, 2])).toEqual({ median: null, low: null, high: null })
    expect(medianWait([], [])).toEqual({ median: null, low: null, high: null })
  })

  test('counts one who left at the time of an answer as still waiting then', () => {
    expect(survivalSteps([4], [4])).toMatchObject([{ atRisk: 2, survival: 0.5 }])
  })

  test('is the ordinary median where nobody still waits', () => {
    fc.assert(
      fc.property(waits, (events) => {
        expect(medianWait(events, []).median).toBe(quantileOfSorted(events, 0.5))
      }),
    )
  })

  test('never falls when those who still wait have waited longer, and lies within its limits', () => {
    fc.assert(
      fc.property(waits, waits, (events, censored) => {
        const { median, low, high } = medianWait(events, censored)
        const later = medianWait(
          events,
          censored.map((age) => age + 1000),
        ).median
        const end = Number.POSITIVE_INFINITY
        expect(later ?? end).toBeGreaterThanOrEqual(median ?? end)
        expect(low ?? 0).toBeLessThanOrEqual(median ?? end)
        expect(high ?? end).toBeGreaterThanOrEqual(median ?? 0)
      }),
    )
  })

  test('gives the limits of the curve itself, by the textbook formula', () => {
    const half = Math.log(Math.log(2))
    fc.assert(
      fc.property(waits, waits, (events, censored) => {
        const crossing = survivalSteps(events, censored).filter((step) => step.survival > 0)
        const distance = (step: { survival: number; greenwood: number }) => ({
          score: Math.log(-Math.log(step.survival)) - half,
          reach: (1.959963984540054 * Math.sqrt(step.greenwood)) / -Math.log(step.survival),
        })
        const low = crossing.find((step) => distance(step).score + distance(step).reach >= 0)?.time ?? null
        const high = crossing.find((step) => distance(step).score - distance(step).reach >= 0)?.time ?? null
        expect(medianWait(events, censored)).toMatchObject({ low, high })
      }),
    )
  })

  test('reads a million values in under a second of its own time', () => {
    const events = Float64Array.from({ length: 850_000 }, (_, i) => i * 1.37)
    const censored = Float64Array.from({ length: 150_000 }, (_, i) => i * 9.1)
    const started = process.threadCpuUsage().user
    const { median } = medianWait(events, censored)
    expect(process.threadCpuUsage().user - started).toBeLessThan(1_000_000)
    expect(median).toBeGreaterThan(0)
  })
})
