// Asks for a page of the open web, and says in the closed set of errors why it did not come.
import { ChannelFailure } from '../channel.ts'
import type { HttpAnswer, HttpRequest, Ports } from '../ports.ts'

/** What is read of a feed, at most. */
export const mostFeedBytes = 2 * 1024 * 1024

/** Any answer; fails where there is none. */
export async function askPage(ports: Ports, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await ports.http.fetch({ timeoutMs: 15_000, ...request })
  } catch (cause) {
    throw new ChannelFailure('network.down', 'The page cannot be reached.', { cause })
  }
}

export function headerOf({ headers }: HttpAnswer, name: string): string {
  const value = headers[name]
  return (typeof value === 'string' ? value : value?.[0]) ?? ''
}

/** What an answer that is no success means; `retry-after` is honoured, in seconds or as a date (RFC 9110 10.2.3). */
export function pageFailure(answer: HttpAnswer, now: number): ChannelFailure {
  const { status } = answer
  const wait = readRetryAfter(headerOf(answer, 'retry-after'), now)
  const more = wait === null ? {} : { retryAfterMs: wait }
  if (status === 429) return new ChannelFailure('rate', 'The page asks to slow down.', more)
  if (status >= 500)
    return new ChannelFailure('network.down', `The page is out of order (status ${status}).`, more)
  if (status === 401 || status === 403) {
    return new ChannelFailure('scope.missing', `The page is not for everybody (status ${status}).`)
  }
  return new ChannelFailure('target.gone', `There is nothing at this address (status ${status}).`)
}

function readRetryAfter(text: string, now: number): number | null {
  if (/^\d{1,7}$/.test(text.trim())) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

export interface Validators {
  readonly etag: string
  readonly modified: string
}

const none: Validators = { etag: '', modified: '' }

/**
 * By what to ask next time whether anything changed. A page that changed within this very second may change once more
 * without a new validator (RFC 9110 8.8.2.2; WordPress makes its ETag out of the second): then nothing is kept.
 */
export function validatorsOf(answer: HttpAnswer, now: number): Validators {
  const modified = headerOf(answer, 'last-modified')
  const sent = Date.parse(headerOf(answer, 'date'))
  const age = (Number.isNaN(sent) ? now : sent) - Date.parse(modified)
  if (age < 2_000) return none
  return { etag: headerOf(answer, 'etag').slice(0, 500), modified: modified.slice(0, 100) }
}

export function conditions({ etag, modified }: Validators): Readonly<Record<string, string>> {
  return {
    ...(etag === '' ? {} : { 'if-none-match': etag }),
    ...(modified === '' ? {} : { 'if-modified-since': modified }),
  }
}
