/**
 * Time that counts: the instants whose local wall clock lies within the weekly hours, on days that are no
 * holidays. So an hour that daylight saving skips never counts, and one that it repeats counts twice.
 */
import { elapsed, instantOfSum, lastStart, layOut, type OpeningTable } from './opening-table.ts'
import { planDays, type DayPlan, type Schedule } from './schedule.ts'

/** A schedule ready for reckoning. Its table covers the years asked for so far and grows by itself. */
export interface BusinessCalendar {
  readonly schedule: Schedule
  readonly days: DayPlan
  table: OpeningTable
}

/** Business time is reckoned within these years; outside them nothing counts. */
const FIRST_YEAR = 1970
const LAST_YEAR = 2150

/**
 * `fromMs` to `toMs` is the span to prepare; anything outside is prepared when first asked for.
 * Throws a RangeError for an unknown zone, minutes outside 0 to 1440 or a date that is none.
 */
export function compileSchedule(schedule: Schedule, fromMs: number, toMs: number): BusinessCalendar {
  const days = planDays(schedule)
  const table = layOut(schedule.timeZone, days, yearOf(fromMs), yearOf(toMs) + 1)
  return { schedule, days, table }
}

/** Milliseconds that count between two instants; negative where `b` lies before `a`. */
export function businessMsBetween(calendar: BusinessCalendar, a: number, b: number): number {
  const table = cover(calendar, Math.min(a, b), Math.max(a, b))
  return elapsed(table, b) - elapsed(table, a)
}

/**
 * The earliest instant, not before `start`, up to which `ms` milliseconds count; `start` itself for 0.
 * Null where the schedule never has that much time left. Throws a RangeError for a negative `ms`.
 */
export function addBusinessMs(calendar: BusinessCalendar, start: number, ms: number): number | null {
  if (!(ms >= 0)) throw new RangeError('only time ahead can be added')
  if (ms === 0) return start
  let table = cover(calendar, start, start)
  let target = elapsed(table, start) + ms
  while (table.total < target && table.lastYear < LAST_YEAR) {
    const width = table.lastYear - table.firstYear
    table = widen(calendar, table.firstYear, table.lastYear + width)
    target = elapsed(table, start) + ms
  }
  if (table.total < target) return null
  return instantOfSum(table, target)
}

export function isBusinessTime(calendar: BusinessCalendar, instant: number): boolean {
  const table = cover(calendar, instant, instant)
  const index = lastStart(table, instant)
  return index >= 0 && instant < (table.ends[index] ?? 0)
}

function yearOf(instant: number): number {
  const year = new Date(instant).getUTCFullYear()
  if (Number.isNaN(year)) throw new RangeError('not an instant')
  return Math.min(Math.max(year, FIRST_YEAR), LAST_YEAR - 1)
}

function cover(calendar: BusinessCalendar, from: number, to: number): OpeningTable {
  const { table } = calendar
  if (from >= table.from && to <= table.to) return table
  const first = Math.min(table.firstYear, yearOf(from))
  const last = Math.max(table.lastYear, yearOf(to) + 1)
  return first === table.firstYear && last === table.lastYear ? table : widen(calendar, first, last)
}

function widen(calendar: BusinessCalendar, firstYear: number, lastYear: number): OpeningTable {
  const last = Math.min(lastYear, LAST_YEAR)
  calendar.table = layOut(calendar.schedule.timeZone, calendar.days, firstYear, last)
  return calendar.table
}
