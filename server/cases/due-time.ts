import type { Target } from '../../contract/decision.ts'
import { addBusinessMs, businessMsBetween, type BusinessCalendar } from '../../lib/calendar/business-time.ts'

const MINUTE_MS = 60_000

/** Which time counts towards a target, with the workspace's hours. */
export interface Timekeeping {
  readonly hours: Target['hours']
  readonly calendar: BusinessCalendar
}

/** When `minutes` from `start` are over. Null where no such target is set, or its hours never come. */
export function dueTime(start: number, minutes: number | null, timekeeping: Timekeeping): number | null {
  return minutes === null ? null : addCounted(start, minutes * MINUTE_MS, timekeeping)
}

/** The earliest instant up to which `ms` milliseconds count; null where they never do. */
export function addCounted(start: number, ms: number, { hours, calendar }: Timekeeping): number | null {
  return hours === 'business' ? addBusinessMs(calendar, start, ms) : start + ms
}

export function countedMs(from: number, to: number, { hours, calendar }: Timekeeping): number {
  return hours === 'business' ? businessMsBetween(calendar, from, to) : to - from
}
