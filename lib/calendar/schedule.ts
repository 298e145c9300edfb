/** Weekly hours and holidays as data, and the same per local day, checked and in order. */

/** Minutes of the local day, [start, end), 0 to 1440. */
export type MinuteInterval = readonly [start: number, end: number]

export type WeekdayKey = '1' | '2' | '3' | '4' | '5' | '6' | '7'

export interface Schedule {
  /** IANA name. */
  readonly timeZone: string
  /** ISO weekdays: 1 is Monday. Intervals may touch or overlap. A missing day is closed. */
  readonly weekly: Readonly<Partial<Record<WeekdayKey, readonly MinuteInterval[]>>>
  /** Local dates, YYYY-MM-DD, closed all day. */
  readonly holidays: readonly string[]
}

export interface DayPlan {
  /** By weekday from Monday; sorted, disjoint, in milliseconds of the local day. */
  readonly weekly: readonly (readonly (readonly [number, number])[])[]
  /** Days since 1970-01-01. */
  readonly holidays: ReadonlySet<number>
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Throws a RangeError for minutes outside 0 to 1440 or a date that is none. */
export function planDays(schedule: Schedule): DayPlan {
  const keys: readonly WeekdayKey[] = ['1', '2', '3', '4', '5', '6', '7']
  const weekly = keys.map((key) => joinIntervals(schedule.weekly[key] ?? []))
  return { weekly, holidays: new Set(schedule.holidays.map(dayOfDate)) }
}

function joinIntervals(intervals: readonly MinuteInterval[]): (readonly [number, number])[] {
  const joined: [number, number][] = []
  for (const [start, end] of [...intervals].sort((a, b) => a[0] - b[0])) {
    if (!(start >= 0 && end <= 1440 && start <= end)) {
      throw new RangeError('hours must lie within 0 to 1440 minutes, the start before the end')
    }
    const last = joined.at(-1)
    if (last && start * MINUTE_MS <= last[1]) last[1] = Math.max(last[1], end * MINUTE_MS)
    else if (start < end) joined.push([start * MINUTE_MS, end * MINUTE_MS])
  }
  return joined
}

function dayOfDate(date: string): number {
  const instant = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== date) {
    throw new RangeError('a holiday must be a date such as 2024-12-25')
  }
  return instant / DAY_MS
}
