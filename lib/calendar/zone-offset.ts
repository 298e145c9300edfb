/** Offsets of IANA time zones from UTC, read from the runtime's own zone rules through Intl. */

/** A stretch of time, [from, to), during which local time = UTC + offset. All in milliseconds. */
export interface ZoneStretch {
  readonly from: number
  readonly to: number
  readonly offset: number
}

const STEP_MS = 3 * 86_400_000
const SECOND_MS = 1000
const formats = new Map<string, Intl.DateTimeFormat>()

/** Offset in milliseconds, exact to the second. Throws a RangeError for an unknown zone or an invalid instant. */
export function zoneOffsetMs(timeZone: string, instant: number): number {
  const fields: Record<string, number> = {}
  for (const part of formatOf(timeZone).formatToParts(instant)) fields[part.type] = Number(part.value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  return local - Math.floor(instant / SECOND_MS) * SECOND_MS
}

const mostYears = 500
const years = new Map<string, readonly ZoneStretch[]>()

/** The same, from the stretches of its year, which are laid out once: for many instants. */
export function knownOffsetMs(timeZone: string, instant: number): number {
  if (!(instant >= 0)) return zoneOffsetMs(timeZone, instant)
  const year = new Date(instant).getUTCFullYear()
  const name = `${timeZone} ${year}`
  const stretches = years.get(name) ?? zoneStretches(timeZone, Date.UTC(year), Date.UTC(year + 1))
  if (years.size >= mostYears) years.clear()
  years.set(name, stretches)
  const stretch = stretches.find(({ to }) => instant < to)
  return stretch?.offset ?? zoneOffsetMs(timeZone, instant)
}

/**
 * Stretches that cover [from, to) without gaps. Looks every three days and then halves: from 1970 on, the
 * shortest time between two changes in any zone is just under seven days (Recife, October 2000).
 */
export function zoneStretches(timeZone: string, from: number, to: number): ZoneStretch[] {
  const stretches: ZoneStretch[] = []
  let start = from
  let offset = zoneOffsetMs(timeZone, from)
  for (let seen = from; seen < to;) {
    const next = Math.min(seen + STEP_MS, to)
    const nextOffset = zoneOffsetMs(timeZone, next)
    if (nextOffset !== offset) {
      const change = findChange(timeZone, seen, next)
      stretches.push({ from: start, to: change, offset })
      start = change
      offset = nextOffset
    }
    seen = next
  }
  if (start < to) stretches.push({ from: start, to, offset })
  return stretches
}

/** First instant, to the second, at which the offset is no longer that of `from`. */
function findChange(timeZone: string, from: number, to: number): number {
  const offset = zoneOffsetMs(timeZone, from)
  let before = Math.floor(from / SECOND_MS)
  let after = Math.ceil(to / SECOND_MS)
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (zoneOffsetMs(timeZone, middle * SECOND_MS) === offset) before = middle
    else after = middle
  }
  return Math.min(after * SECOND_MS, to)
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
