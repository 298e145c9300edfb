import { expect, test } from 'vitest'
import {
  checkFunctions,
  checkHours,
  checkKnownFunctions,
  checkName,
  checkTimeZone,
} from './check-settings.ts'
import { defaultFunctions, defaultHours } from './default-settings.ts'

test('the defaults are fine', () => {
  expect(checkHours(defaultHours)).toBeUndefined()
  expect(checkFunctions(defaultFunctions)).toBeUndefined()
})

test.each(['Europe/Berlin', 'UTC', 'America/Argentina/Ushuaia'])('%s is a time zone', (zone) => {
  expect(checkTimeZone(zone)).toBeUndefined()
})

test.each(['', '   ', 'x'.repeat(121)])('"%s" is no name', (name) => {
  expect(checkName(name)?.reason).toBe('unfit-name')
})

test.each(['', 'Mars/Olympus', '+02:00', 'Europe/Berlin; drop table'])('%s is no time zone', (zone) => {
  expect(checkTimeZone(zone)?.reason).toBe('unknown-time-zone')
})

test.each([
  [[[600, 600]], 'empty-hours'],
  [[[720, 600]], 'empty-hours'],
  [
    [
      [540, 720],
      [700, 900],
    ],
    'overlapping-hours',
  ],
  [
    [
      [800, 900],
      [540, 720],
    ],
    undefined,
  ],
  [
    [
      [540, 720],
      [720, 900],
    ],
    undefined,
  ],
] as const)('hours %j: %s', (spans, reason) => {
  const weekly = { ...defaultHours.weekly, '1': spans.map(([from, to]): [number, number] => [from, to]) }
  expect(checkHours({ weekly, holidays: [] })?.reason).toBe(reason)
})

test('a function may stand there once, and must exist to be given to somebody', () => {
  const service = { key: 'service', title: 'Service' }
  expect(checkFunctions([service, service])?.reason).toBe('function-twice')
  expect(checkKnownFunctions(['service', 'law'], ['service'])?.reason).toBe('unknown-function')
  expect(checkKnownFunctions(['service'], ['service', 'law'])).toBeUndefined()
})
