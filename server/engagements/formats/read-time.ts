// Times as in RFC 3339, with what spreadsheets and databases make of it: a space for T, seconds, offset or the
// time of day left out, the offset without colon. Without an offset a time is UTC.

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/i

/** Milliseconds since 1970, or NaN when the text is no such time. Days that do not exist are none. */
export function readTime(text: string): number {
  const match = TIME.exec(text.trim())
  if (!match) return Number.NaN
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const at = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second)
  const isReal = (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 61
  if (!isReal || !isDay(year ?? 0, month ?? 0, day ?? 0)) return Number.NaN
  return at + Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000) - offsetOf(match[8])
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year
}

function offsetOf(offset: string | undefined): number {
  if (offset === undefined || /^(?:Z|UTC)$/i.test(offset)) return 0
  const digits = offset.replaceAll(/\D/g, '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000
}
