import { knownOffsetMs } from './zone-offset.ts'

export interface LocalTime {
  /** ISO weekday, 1 is Monday. */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  /** YYYY-MM-DD. */
  readonly date: string
}

/** What a clock and a calendar on the wall show in `timeZone`. Throws a RangeError for an unknown zone. */
export function localTime(timeZone: string, instant: number): LocalTime {
  const local = new Date(instant + knownOffsetMs(timeZone, instant))
  return {
    weekday: local.getUTCDay() || 7,
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    date: local.toISOString().slice(0, 10),
  }
}
