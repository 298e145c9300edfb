import { RECORD_LIMIT } from './format.ts'
import type { Splitter } from './raw-record.ts'
import type { Cut, SkipUntil, SplitStart } from './split-records.ts'
import { createSplitter } from './split-records.ts'

const NEWLINE = 10
const RETURN = 13
const TOO_LONG = 'The line is longer than 1 MiB.'

/** One record a line, LF or CRLF; empty lines are none. */
export function createLineSplitter(start: SplitStart): Splitter {
  return createSplitter(scanLine, start)
}

export const afterNewline: SkipUntil = (buffer, from) => {
  const found = buffer.indexOf(NEWLINE, from)
  return found < 0 ? { at: buffer.length, isEnd: false } : { at: found + 1, isEnd: true }
}

function scanLine(buffer: Uint8Array, at: number, isFinal: boolean): Cut {
  const found = buffer.indexOf(NEWLINE, at)
  const stop = found < 0 ? buffer.length : found
  if (stop - at > RECORD_LIMIT) return { kind: 'skip', reason: TOO_LONG, until: afterNewline }
  if (found < 0 && !isFinal) return { kind: 'more' }
  const next = found < 0 ? stop : found + 1
  const end = stop > at && buffer[stop - 1] === RETURN ? stop - 1 : stop
  return isBlank(buffer, at, end) ? { kind: 'blank', next } : { kind: 'record', end, next }
}

function isBlank(buffer: Uint8Array, at: number, end: number): boolean {
  for (let index = at; index < end; index++) {
    const byte = buffer[index]
    if (byte !== 32 && byte !== 9) return false
  }
  return true
}
