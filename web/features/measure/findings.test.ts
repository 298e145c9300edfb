import { describe, expect, test } from 'vitest'
import type { BreakdownRow, OutcomeReport } from '../../../contract/reports.ts'
import { breakdownFinding, outcomeFinding } from './findings.ts'

const row = (title: string, turns: number, share: number, low: number, high: number): BreakdownRow => ({
  key: title,
  title,
  turns,
  answered: Math.round(turns * share),
  share,
  interval: { low, high },
  p50Seconds: 60,
  p90Seconds: 600,
  kaplanMeierMedianSeconds: 70,
})

describe('a breakdown in words', () => {
  test('names the most and the least answered where their intervals stand apart', () => {
    const rows = [row('Shop', 200, 0.9, 0.85, 0.94), row('Help', 200, 0.5, 0.43, 0.57)]
    expect(breakdownFinding(rows, 'presence')).toBe('Shop is answered most (90%), Help least (50%)')
  })

  test('claims no difference where intervals overlap', () => {
    const rows = [row('Shop', 40, 0.9, 0.77, 0.96), row('Help', 40, 0.8, 0.65, 0.9)]
    expect(breakdownFinding(rows, 'presence')).toContain('no clear difference')
  })

  test('small samples are never ranked', () => {
    expect(breakdownFinding([row('A', 3, 1, 0.4, 1), row('B', 200, 0.2, 0.1, 0.3)], 'hour')).toContain(
      'too few',
    )
  })
})

const group = { n: 100, table: [], netShift: 0.1, improvedInterval: null, negativeN: 50, silentShare: 0.3 }
const outcome = (improved: number | null, difference: OutcomeReport['difference']): OutcomeReport => ({
  answered: { ...group, improvedOfNegative: improved },
  control: { ...group, improvedOfNegative: 0.6 },
  difference,
  controlDefinition: '',
  csat: { n: 0, share: null, interval: null, asked: 0 },
  resolved: { n: 0, p50Seconds: null, p90Seconds: null },
})

describe('an outcome in words', () => {
  test('says the control in the same sentence', () => {
    const said = outcomeFinding(outcome(0.8, { value: 0.2, low: 0.05, high: 0.33 }))
    expect(said).toContain('60% without one')
    expect(said).toContain('helped')
  })

  test('claims nothing where zero lies within the interval', () => {
    expect(outcomeFinding(outcome(0.65, { value: 0.05, low: -0.1, high: 0.2 }))).toContain(
      'no clear difference',
    )
  })

  test('says so where nobody has spoken again', () => {
    expect(outcomeFinding(outcome(null, null))).toContain('Nobody')
  })
})
