import { describe, expect, test } from 'vitest'
import { compileSchedule } from '../../lib/calendar/business-time.ts'
import { dueTime } from './due-time.ts'

const calendar = compileSchedule(
  { timeZone: 'America/New_York', weekly: { 5: [[540, 1020]], 1: [[540, 1020]] }, holidays: [] },
  Date.UTC(2024, 0, 1),
  Date.UTC(2024, 11, 31),
)
const friday = Date.parse('2024-03-08T16:00:00-05:00')

describe('due time', () => {
  test('in business hours runs on at the next opening, summer time included', () => {
    expect(dueTime(friday, 120, { hours: 'business', calendar })).toBe(
      Date.parse('2024-03-11T10:00:00-04:00'),
    )
  })

  test('in calendar hours is simply later', () => {
    expect(dueTime(friday, 120, { hours: 'calendar', calendar })).toBe(friday + 7_200_000)
  })

  test('is none without a target, and none where nobody ever works', () => {
    expect(dueTime(friday, null, { hours: 'business', calendar })).toBeNull()
    const closed = compileSchedule({ timeZone: 'UTC', weekly: {}, holidays: [] }, friday, friday)
    expect(dueTime(friday, 1, { hours: 'business', calendar: closed })).toBeNull()
  })
})
