import { expect, test } from 'vitest'
import { localTime } from './local-time.ts'

test.each([
  ['Europe/Berlin', '2024-06-09T22:30:00Z', { weekday: 1, hour: 0, minute: 30, date: '2024-06-10' }],
  ['America/New_York', '2024-01-01T04:59:00Z', { weekday: 7, hour: 23, minute: 59, date: '2023-12-31' }],
  ['Asia/Kolkata', '2024-06-07T03:30:00Z', { weekday: 5, hour: 9, minute: 0, date: '2024-06-07' }],
])('the wall in %s shows its own time at %s', (zone, at, expected) => {
  expect(localTime(zone, Date.parse(at))).toEqual(expected)
})
