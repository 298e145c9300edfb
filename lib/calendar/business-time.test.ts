import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addBusinessMs,
  businessMsBetween,
  compileSchedule,
  isBusinessTime,
  type BusinessCalendar,
} from './business-time.ts'
import type { MinuteInterval, Schedule } from './schedule.ts'

type Weekly = Schedule['weekly']

function sameEachDay(days: readonly number[], intervals: readonly MinuteInterval[]): Weekly {
  return Object.fromEntries(days.map((day) => [day, intervals]))
}

const weekdays = sameEachDay([1, 2, 3, 4, 5], [[540, 1080]])
const always = sameEachDay([1, 2, 3, 4, 5, 6, 7], [[0, 1440]])
const nights = sameEachDay(
  [1, 2, 3, 4, 5, 6, 7],
  [
    [0, 360],
    [1320, 1440],
  ],
)
const split: Weekly = {
  1: [
    [480, 720],
    [780, 1020],
  ],
  6: [[600, 840]],
}

const HOUR_MS = 3_600_000
const FROM = Date.UTC(2024, 0, 1)
const TO = Date.UTC(2026, 0, 1)

function calendarOf(timeZone: string, weekly: Weekly, holidays: readonly string[] = []): BusinessCalendar {
  return compileSchedule({ timeZone, weekly, holidays }, FROM, TO)
}

// By hand, with a wall clock of the zone.
const vectors: readonly (readonly [string, BusinessCalendar, string, string, number])[] = [
  [
    'friday evening to monday morning',
    calendarOf('Europe/Berlin', weekdays),
    '2024-06-07T15:50Z',
    '2024-06-10T07:10Z',
    1 / 3,
  ],
  [
    'a holiday between two days',
    calendarOf('Europe/Berlin', weekdays, ['2024-05-01']),
    '2024-04-30T15:00Z',
    '2024-05-02T08:00Z',
    2,
  ],
  [
    'a day that daylight saving shortens',
    calendarOf('Europe/Berlin', always),
    '2024-03-30T23:00Z',
    '2024-03-31T22:00Z',
    23,
  ],
  [
    'a day that daylight saving lengthens',
    calendarOf('Europe/Berlin', always),
    '2024-10-26T22:00Z',
    '2024-10-27T23:00Z',
    25,
  ],
  [
    'a night that loses an hour',
    calendarOf('America/New_York', nights),
    '2024-03-10T01:00Z',
    '2024-03-10T12:00Z',
    7,
  ],
  [
    'a night that repeats an hour',
    calendarOf('America/New_York', nights),
    '2024-11-03T02:00Z',
    '2024-11-03T13:00Z',
    9,
  ],
  ['a lunch break', calendarOf('Asia/Tokyo', split), '2024-06-10T02:00Z', '2024-06-10T05:00Z', 2],
  [
    'a zone at half an hour',
    calendarOf('Asia/Kolkata', weekdays),
    '2024-06-07T02:30Z',
    '2024-06-07T13:30Z',
    9,
  ],
  ['a weekend', calendarOf('Europe/Berlin', weekdays), '2024-06-08T08:00Z', '2024-06-09T18:00Z', 0],
  ['no time at all', calendarOf('Europe/Berlin', weekdays), '2024-06-07T08:00Z', '2024-06-07T08:00Z', 0],
  [
    'the day that Samoa left out',
    calendarOf('Pacific/Apia', always),
    '2011-12-29T10:00Z',
    '2011-12-31T10:00Z',
    48,
  ],
  [
    'a summer time of half an hour',
    calendarOf('Australia/Lord_Howe', always),
    '2024-04-06T13:00Z',
    '2024-04-07T13:30Z',
    24.5,
  ],
  ['a leap day', calendarOf('UTC', weekdays), '2024-02-28T00:00Z', '2024-03-02T00:00Z', 27],
]

describe('business time', () => {
  test.each(vectors)('over %s', (_name, calendar, start, end, hours) => {
    expect(businessMsBetween(calendar, Date.parse(start), Date.parse(end))).toBe(hours * HOUR_MS)
  })

  test('knows when it is open, from the first minute to before the last', () => {
    const calendar = calendarOf('Europe/Berlin', weekdays)
    const at = ['06:59:59', '07:00:00', '15:59:59', '16:00:00'].map((time) =>
      Date.parse(`2024-06-07T${time}Z`),
    )
    expect(at.map((instant) => isBusinessTime(calendar, instant))).toEqual([false, true, true, false])
  })

  test('joins hours that overlap', () => {
    const calendar = calendarOf('UTC', {
      1: [
        [600, 720],
        [540, 660],
        [700, 720],
        [720, 725],
      ],
    })
    expect(businessMsBetween(calendar, FROM, FROM + 7 * 24 * HOUR_MS)).toBe(185 * 60_000)
  })

  test('gives the end of the day, not the next morning, when the day just suffices', () => {
    const calendar = calendarOf('Europe/Berlin', weekdays)
    const due = addBusinessMs(calendar, Date.parse('2024-06-07T15:00Z'), HOUR_MS)
    expect(due).toBe(Date.parse('2024-06-07T16:00Z'))
  })

  test('grows over years that were not prepared', () => {
    const calendar = calendarOf('Europe/Berlin', weekdays)
    expect(
      businessMsBetween(calendar, Date.parse('2031-03-03T08:00Z'), Date.parse('2031-03-03T10:00Z')),
    ).toBe(2 * HOUR_MS)
    expect(
      businessMsBetween(calendar, Date.parse('1999-03-01T08:00Z'), Date.parse('1999-03-01T10:00Z')),
    ).toBe(2 * HOUR_MS)
    expect(addBusinessMs(calendar, FROM, 20 * 260 * 9 * HOUR_MS)).toBeGreaterThan(Date.UTC(2043, 0, 1))
  })

  test('never comes where nobody ever works', () => {
    expect(addBusinessMs(calendarOf('UTC', {}), FROM, 1)).toBeNull()
    expect(addBusinessMs(calendarOf('UTC', always), FROM, Infinity)).toBeNull()
    expect(businessMsBetween(calendarOf('UTC', {}), FROM, TO)).toBe(0)
  })

  test('counts nothing outside the years that it reckons with', () => {
    const calendar = calendarOf('UTC', always)
    expect(businessMsBetween(calendar, Date.UTC(0, 0, 1), Date.UTC(1970, 0, 2))).toBe(24 * HOUR_MS)
    expect(isBusinessTime(calendar, Date.UTC(9000, 0, 1))).toBe(false)
  })

  test('refuses what is no schedule and no time', () => {
    expect(() => calendarOf('Mars/Olympus', weekdays)).toThrow(RangeError)
    expect(() => calendarOf('UTC', { 1: [[600, 540]] })).toThrow(RangeError)
    expect(() => calendarOf('UTC', { 1: [[0, 1441]] })).toThrow(RangeError)
    expect(() => calendarOf('UTC', weekdays, ['2024-02-30'])).toThrow(RangeError)
    expect(() => addBusinessMs(calendarOf('UTC', weekdays), FROM, -1)).toThrow(RangeError)
    expect(() => businessMsBetween(calendarOf('UTC', weekdays), FROM, Number.NaN)).toThrow(RangeError)
  })
})

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Casablanca',
  'Pacific/Apia',
]
const calendars = zones.flatMap((zone) =>
  [weekdays, always, nights, split].map((weekly) => calendarOf(zone, weekly, ['2024-05-01', '2024-12-25'])),
)
const anyCalendar = fc.constantFrom(...calendars)
const instant = fc.integer({ min: FROM, max: TO })

describe('laws of business time', () => {
  test('adding and measuring undo each other, and no earlier instant would do', () => {
    fc.assert(
      fc.property(anyCalendar, instant, fc.integer({ min: 1, max: 400 * HOUR_MS }), (calendar, start, ms) => {
        const end = addBusinessMs(calendar, start, ms) ?? Number.NaN
        expect(businessMsBetween(calendar, start, end)).toBe(ms)
        expect(businessMsBetween(calendar, start, end - 1)).toBe(ms - 1)
      }),
      { numRuns: 2000 },
    )
  })

  test('parts sum to the whole, backwards is negative, and it never exceeds the time that passed', () => {
    fc.assert(
      fc.property(anyCalendar, instant, instant, instant, (calendar, a, b, c) => {
        const whole = businessMsBetween(calendar, a, c)
        expect(businessMsBetween(calendar, a, b) + businessMsBetween(calendar, b, c)).toBe(whole)
        expect(businessMsBetween(calendar, c, a) + whole).toBe(0)
        expect(Math.abs(whole)).toBeLessThanOrEqual(Math.abs(c - a))
      }),
      { numRuns: 2000 },
    )
  })

  test('equals counting the open minutes one by one', () => {
    fc.assert(
      fc.property(anyCalendar, instant, fc.integer({ min: 0, max: 72 * 60 }), (calendar, at, minutes) => {
        const start = Math.floor(at / 60_000) * 60_000
        let open = 0
        for (let i = 0; i < minutes; i++) if (isBusinessTime(calendar, start + i * 60_000)) open++
        expect(businessMsBetween(calendar, start, start + minutes * 60_000)).toBe(open * 60_000)
      }),
      { numRuns: 60 },
    )
  })
})

/** Weekdays of the oracle's schedules count from 0, Monday. */
type OracleWeek = Readonly<Record<string, readonly MinuteInterval[]>>

interface Oracle {
  readonly schedules: Readonly<Record<string, OracleWeek>>
  readonly named: readonly {
    readonly name: string
    readonly tz: string
    readonly sched: OracleWeek
    readonly holidays: readonly string[]
    readonly start: string
    readonly end: string
    readonly seconds: number
  }[]
  readonly random: readonly (readonly [
    zone: string,
    schedule: string,
    start: number,
    end: number,
    seconds: number,
  ])[]
}

function weekOf(week: OracleWeek = {}): Weekly {
  return Object.fromEntries(Object.entries(week).map(([day, intervals]) => [Number(day) + 1, intervals]))
}

const oracleFile = new URL('../../../shared/data/businesshours/vectors.json', import.meta.url)
const hasOracle = existsSync(oracleFile)
if (!hasOracle) process.stderr.write(`SKIPPED: business time against the oracle; no ${oracleFile.pathname}\n`)

describe.skipIf(!hasOracle)('business time against an independent oracle', () => {
  const oracle: Oracle | null = hasOracle ? JSON.parse(readFileSync(oracleFile, 'utf8')) : null

  test('agrees on every named case', () => {
    for (const { name, tz, sched, holidays, start, end, seconds } of oracle?.named ?? []) {
      const calendar = calendarOf(tz, weekOf(sched), holidays)
      const found = businessMsBetween(calendar, Date.parse(start), Date.parse(end))
      expect([name, found / 1000]).toEqual([name, seconds])
    }
    expect(oracle?.named).toHaveLength(10)
  })

  test('agrees on every random case', () => {
    const known = new Map<string, BusinessCalendar>()
    for (const [zone, name, start, end, seconds] of oracle?.random ?? []) {
      const key = `${zone} ${name}`
      const calendar = known.get(key) ?? calendarOf(zone, weekOf(oracle?.schedules[name]))
      known.set(key, calendar)
      expect([key, businessMsBetween(calendar, start * 1000, end * 1000) / 1000]).toEqual([key, seconds])
    }
    expect(oracle?.random).toHaveLength(2000)
  })
})
