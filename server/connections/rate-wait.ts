// What an answer says about asking again. `Retry-After` is seconds or a date (RFC 9110, 10.2.3); `RateLimit-Remaining`
// and `RateLimit-Reset` are counts and seconds (IETF draft), and with `X-` before them, as most networks write them, the
// reset is seconds, seconds since 1970, or a date.

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

const usualMs = 30_000
const longestMs = 24 * 3_600_000
/** Numbers above this are instants. */
const instantAbove = 1_000_000_000

/** How long nothing more should be asked, ms; 0 where it may at once. */
export function rateWait(answer: Answer, now: number): number {
  const told = timeOf(one(answer, 'retry-after'), now)
  if (answer.status === 429) return clamp(told ?? resetOf(answer, now) ?? usualMs)
  if (answer.status === 503 && told !== null) return clamp(told)
  const left = Number(one(answer, 'ratelimit-remaining') ?? one(answer, 'x-ratelimit-remaining') ?? 'none')
  return left <= 0 ? clamp(resetOf(answer, now) ?? 0) : 0
}

function resetOf(answer: Answer, now: number): number | null {
  return timeOf(one(answer, 'ratelimit-reset') ?? one(answer, 'x-ratelimit-reset'), now)
}

function one({ headers }: Answer, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

/** Milliseconds from now; null where it says none. */
function timeOf(text: string | undefined, now: number): number | null {
  if (text === undefined || text.trim() === '') return null
  const number = Number(text)
  if (Number.isNaN(number)) {
    const date = Date.parse(text)
    return Number.isNaN(date) ? null : date - now
  }
  return number > instantAbove ? number * 1_000 - now : number * 1_000
}

function clamp(ms: number): number {
  return Math.min(longestMs, Math.max(0, ms))
}
