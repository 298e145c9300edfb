import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownOffsetMs, zoneOffsetMs, zoneStretches } from './zone-offset.ts'

const HOUR_MS = 3_600_000
const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2037, 0, 1) })

/** The runtime's own words for the offset, such as GMT+05:30. */
function spokenOffset(timeZone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    instant,
  )
  const spoken = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
  const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(spoken)
  const [, sign, hours = 0, minutes = 0, seconds = 0] = match ?? []
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return (sign === '-' ? -size : size) * 1000
}

describe('zone offset', () => {
  test.each([
    ['UTC', '2024-01-01T00:00:00Z', 0],
    ['Europe/Berlin', '2024-03-31T00:59:59Z', 1],
    ['Europe/Berlin', '2024-03-31T01:00:00Z', 2],
    ['America/New_York', '2024-11-03T05:59:59Z', -4],
    ['America/New_York', '2024-11-03T06:00:00Z', -5],
    ['Asia/Kathmandu', '2024-06-01T00:00:00Z', 5.75],
    ['Australia/Lord_Howe', '2024-01-01T00:00:00Z', 11],
    ['Australia/Lord_Howe', '2024-07-01T00:00:00Z', 10.5],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', -10],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', 14],
  ])('of %s at %s is %f hours', (zone, at, hours) => {
    expect(zoneOffsetMs(zone, Date.parse(at))).toBe(hours * HOUR_MS)
  })

  test('refuses a zone that nobody keeps', () => {
    expect(() => zoneOffsetMs('Mars/Olympus', 0)).toThrow(RangeError)
  })

  test('agrees with what the runtime says, in every zone', () => {
    fc.assert(
      fc.property(zones, instants, (zone, at) => {
        expect(zoneOffsetMs(zone, at)).toBe(spokenOffset(zone, at))
      }),
      { numRuns: 600 },
    )
  })
})

describe('zone offset by the stretches of a year', () => {
  test('is the same in every zone at every instant', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: Date.UTC(-20), max: Date.UTC(2037) }), (zone, at) => {
        expect(knownOffsetMs(zone, at)).toBe(zoneOffsetMs(zone, at))
      }),
      { numRuns: 300 },
    )
  })

  test('changes at the very second', () => {
    const change = Date.parse('2024-03-31T01:00:00Z')
    expect(knownOffsetMs('Europe/Berlin', change - 1)).toBe(HOUR_MS)
    expect(knownOffsetMs('Europe/Berlin', change)).toBe(2 * HOUR_MS)
  })
})

describe('stretches of one offset', () => {
  test('change at the very second', () => {
    const stretches = zoneStretches('Europe/Berlin', Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1))
    expect(
      stretches.map((stretch) => [new Date(stretch.from).toISOString(), stretch.offset / HOUR_MS]),
    ).toEqual([
      ['2024-01-01T00:00:00.000Z', 1],
      ['2024-03-31T01:00:00.000Z', 2],
      ['2024-10-27T01:00:00.000Z', 1],
    ])
  })

  test('find the pause of summer time in a Moroccan Ramadan', () => {
    expect(zoneStretches('Africa/Casablanca', Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1))).toHaveLength(3)
  })

  test('cover their span without gaps and tell the offset at every instant', () => {
    fc.assert(
      fc.property(zones, instants, fc.nat(300), (zone, from, days) => {
        const to = from + days * 24 * HOUR_MS + 1
        const stretches = zoneStretches(zone, from, to)
        expect(stretches[0]?.from).toBe(from)
        expect(stretches.at(-1)?.to).toBe(to)
        for (const [i, stretch] of stretches.entries()) {
          expect(stretches[i + 1]?.from ?? to).toBe(stretch.to)
          expect(zoneOffsetMs(zone, stretch.from)).toBe(stretch.offset)
          expect(zoneOffsetMs(zone, stretch.to - 1)).toBe(stretch.offset)
        }
      }),
      { numRuns: 60 },
    )
  })
})
