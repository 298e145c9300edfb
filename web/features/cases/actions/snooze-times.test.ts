import fc from 'fast-check'
import { expect, test } from 'vitest'
import { snoozeTimes } from './snooze-times.ts'

test('on a Wednesday: in three hours, Thursday, Monday, next Wednesday, mornings at nine', () => {
  const times = snoozeTimes(new Date(2026, 0, 7, 14, 30))
  expect(times.map((time) => [time.choice, time.until.getDate(), time.until.getHours()])).toEqual([
    ['later', 7, 17],
    ['tomorrow', 8, 9],
    ['monday', 12, 9],
    ['week', 14, 9],
  ])
})

test('on a Sunday, Monday is tomorrow and is offered once', () => {
  expect(snoozeTimes(new Date(2026, 0, 11, 8)).map((time) => time.choice)).toEqual([
    'later',
    'tomorrow',
    'week',
  ])
})

test('every choice lies ahead', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(2000, 0), max: new Date(2100, 0), noInvalidDate: true }), (now) => {
      for (const time of snoozeTimes(now)) expect(time.until.getTime()).toBeGreaterThan(now.getTime())
    }),
  )
})
