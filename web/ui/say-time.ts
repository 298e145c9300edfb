const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

type Unit = 'minute' | 'hour' | 'day'

/** "now", "3 min ago", "in 2 hr", and beyond a week the date. Short: "3 min", "2 hr", "4 days". */
export function sayAgo(at: number, now: number, isShort = false): string {
  const distance = Math.abs(now - at)
  if (distance < minute) return 'now'
  if (distance >= 7 * day) return sayDate(at, now)
  const [count, unit] = inUnits(distance)
  if (isShort) return `${count} ${shortUnit(unit, count)}`
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'always', style: 'short' })
  return format.format(at > now ? count : -count, unit)
}

/** How long something takes: "45 s", "12 min", "8 h 1 min", "3 d 4 h". `seconds` may be null: a dash. */
export function sayDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–'
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  if (minutes < 48 * 60) return twoParts(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(seconds / 3600)
  if (hours >= 60 * 24) return sayLong(Math.round(hours / 24))
  return twoParts(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

/** "Mar 4" of a calendar day, "Mar 4, 2024" with its year; other text is left as it is. */
export function sayDay(day: string, withYear = false): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return day
  const year = withYear ? ({ year: 'numeric' } as const) : {}
  const format = new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...year,
  })
  return format.format(Date.parse(`${day}T00:00:00Z`))
}

/** The full date and time by the reader's locale. */
export function sayExact(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}

function sayLong(days: number): string {
  if (days < 730) return `${days} d`
  return twoParts(Math.floor(days / 365), 'y', Math.floor((days % 365) / 30.5), 'mo')
}

function sayDate(at: number, now: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const year = isThisYear ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', ...year }).format(at)
}

function inUnits(distance: number): readonly [number, Unit] {
  if (distance < hour) return [Math.floor(distance / minute), 'minute']
  if (distance < day) return [Math.floor(distance / hour), 'hour']
  return [Math.floor(distance / day), 'day']
}

function shortUnit(unit: Unit, count: number): string {
  if (unit === 'minute') return 'min'
  if (unit === 'hour') return 'h'
  return count === 1 ? 'day' : 'days'
}

function twoParts(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`
}
