import { describe, expect, test } from 'vitest'
import { addDays, csvQuery, lastDays, narrowToMark, readReportFilter } from './report-search.ts'

describe('what a report measures stands in its address', () => {
  test('readable values count and unreadable ones are left out', () => {
    expect(
      readReportFilter({ from: '2026-01-01', to: 'soon', hour: '25', function: 'sales', by: 'day' }),
    ).toEqual({
      from: '2026-01-01',
      function: 'sales',
    })
    expect(readReportFilter({ hour: '0' })).toEqual({ hour: 0 })
  })

  test('a mark narrows to its own records', () => {
    expect(narrowToMark({}, 'hour:9')).toEqual({ hour: 9 })
    expect(narrowToMark({ function: 'pr' }, 'day:2026-02-03')).toEqual({
      function: 'pr',
      from: '2026-02-03',
      to: '2026-02-03',
    })
  })

  test('a week at the edge of the period stays within it', () => {
    expect(narrowToMark({ from: '2026-02-04', to: '2026-02-20' }, 'week:2026-02-02')).toEqual({
      from: '2026-02-04',
      to: '2026-02-08',
    })
  })

  test('an unknown mark changes nothing', () => {
    expect(narrowToMark({ hour: 3 }, undefined)).toEqual({ hour: 3 })
    expect(narrowToMark({ hour: 3 }, 'nonsense')).toEqual({ hour: 3 })
  })

  test('seven days back hold seven days', () => {
    const { from, to } = lastDays(7, new Date(Date.UTC(2026, 2, 3, 12)))
    expect(addDays(from, 6)).toBe(to)
  })

  test('a CSV link asks for the same figures', () => {
    expect(csvQuery({ hour: 9, function: 'sales' }, { workspace: 'acme' })).toBe(
      'workspace=acme&hour=9&function=sales',
    )
  })
})
