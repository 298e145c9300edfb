import { compileSchedule, type BusinessCalendar } from './business-time.ts'
import type { Schedule } from './schedule.ts'

const most = 200
const known = new Map<string, BusinessCalendar>()

/** The calendar of a schedule, laid out once and kept: laying out some years costs ten milliseconds. */
export function knownCalendar(schedule: Schedule, from: number, to: number): BusinessCalendar {
  const { timeZone, weekly, holidays } = schedule
  const name = JSON.stringify([timeZone, weekly, holidays])
  const found = known.get(name)
  if (found !== undefined) return found
  const calendar = compileSchedule({ timeZone, weekly, holidays }, from, to)
  if (known.size >= most) known.clear()
  known.set(name, calendar)
  return calendar
}
