import type { WeeklyHours } from '../../../contract/workspace.ts'

export type Weekday = keyof WeeklyHours
export type Span = readonly [number, number]

export const weekdays: readonly Weekday[] = ['1', '2', '3', '4', '5', '6', '7']

/** "09:00" of minutes of the day; the end of the day is "00:00", as time fields know no 24:00. */
export function toTime(minutes: number): string {
  const inDay = minutes % 1440
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`
}

/** Minutes of the day of "09:00"; undefined where it is no time. As an end, midnight is 1440. */
export function toMinutes(time: string, isEnd: boolean): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time)
  if (match === null) return undefined
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return isEnd && minutes === 0 ? 1440 : minutes
}

/** What is wrong with the hours of one day, in words; undefined where nothing is. */
export function dayFault(spans: readonly Span[]): string | undefined {
  let end = -1
  for (const [from, to] of spans) {
    if (to <= from) return 'The end must come after the beginning.'
    if (from < end) return 'Times of one day must not overlap, and stand in order.'
    end = to
  }
  return undefined
}

/** The next span to offer for a day: the usual hours, or the afternoon after a break. */
export function nextSpan(spans: readonly Span[]): Span | undefined {
  const last = spans.at(-1)
  if (last === undefined) return [540, 1020]
  const from = last[1] + 60
  return from < 1380 ? [from, Math.min(1440, from + 240)] : undefined
}

/** Monday to Friday, nine to five. */
export const usualWeek: WeeklyHours = {
  '1': [[540, 1020]],
  '2': [[540, 1020]],
  '3': [[540, 1020]],
  '4': [[540, 1020]],
  '5': [[540, 1020]],
  '6': [],
  '7': [],
}
