// CSV as in RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), with LF or CRLF, any one-byte delimiter, and
// quotes taken as text inside an unquoted field. Why not csv-parse alone: after an unclosed quote it reads
// on to the next quote anywhere, and all rows between are lost (`skip_records_with_error` goes on *behind*
// them). Here a record that turns out broken costs its first physical line only, and reading goes on at the
// next line. On sound files the two agree; the test holds them side by side.

import { RECORD_LIMIT } from './format.ts'
import { afterNewline } from './split-lines.ts'
import type { Cut, Scan, SplitStart } from './split-records.ts'
import { createSplitter } from './split-records.ts'
import type { Splitter } from './raw-record.ts'

export interface CsvShape {
  readonly delimiter: string
  /** Every record must have this many. */
  readonly columnCount: number
}

const QUOTE = 34
const NEWLINE = 10
const RETURN = 13

const FIELD_START = 0
const PLAIN = 1
const QUOTED = 2
const QUOTE_SEEN = 3

const TOO_LONG = 'The line is longer than 1 MiB.'
const NEVER_CLOSED = 'A quoted field is opened here and never closed.'
const TEXT_AFTER_QUOTE =
  'A quote inside a quoted field is not doubled, or a quoted field is not closed before the next one.'

export function createCsvSplitter(shape: CsvShape, start: SplitStart): Splitter {
  return createSplitter(createCsvScan(shape), start)
}

type Attempt =
  | { readonly kind: 'record'; readonly end: number; readonly next: number; readonly columns: number }
  | { readonly kind: 'more' }
  | { readonly kind: 'broken'; readonly at: number; readonly reason: string }

/** Bytes that may be read a second time; bounds the work on a file made to be re-read at every line. */
const REREAD_CREDIT = 16 * RECORD_LIMIT
const REREAD_SHARE = 4

function createCsvScan(shape: CsvShape): Scan {
  const attempt = createAttempt(shape)
  let credit = REREAD_CREDIT
  return (buffer, at, isFinal): Cut => {
    const found = attempt(buffer, at, isFinal)
    if (found.kind === 'more') return found
    if (found.kind === 'record') {
      credit += (found.next - at) * REREAD_SHARE
      return judge(buffer, at, found, shape.columnCount)
    }
    const firstEnd = buffer.indexOf(NEWLINE, at)
    if (firstEnd < 0 || firstEnd >= found.at) {
      const isEndAhead = firstEnd < 0 && !isFinal
      if (isEndAhead && buffer.length - at < RECORD_LIMIT) return { kind: 'more' }
      if (isEndAhead) return skipLine(found.reason)
      return brokenUntil(buffer, firstEnd < 0 ? buffer.length : firstEnd, found.reason)
    }
    credit -= found.at - firstEnd
    if (credit > 0) return brokenUntil(buffer, firstEnd, found.reason)
    const lastEnd = buffer.lastIndexOf(NEWLINE, found.at)
    return brokenUntil(buffer, lastEnd, `${found.reason} The lines up to the next sound one went with it.`)
  }
}

function judge(
  buffer: Uint8Array,
  at: number,
  found: Attempt & { kind: 'record' },
  columnCount: number,
): Cut {
  const { end, next, columns } = found
  if (end === at) return { kind: 'blank', next }
  if (columns === columnCount) return { kind: 'record', end, next }
  const reason = `The row has ${columns} ${columns === 1 ? 'column' : 'columns'} where the header has ${columnCount}.`
  const firstEnd = buffer.indexOf(NEWLINE, at)
  if (firstEnd < 0 || firstEnd >= end) return { kind: 'record', end, next, broken: reason }
  return brokenUntil(buffer, firstEnd, TEXT_AFTER_QUOTE)
}

function brokenUntil(buffer: Uint8Array, end: number, broken: string): Cut {
  return { kind: 'record', end, next: Math.min(end + 1, buffer.length), broken }
}

function skipLine(reason: string): Cut {
  return { kind: 'skip', reason, until: afterNewline }
}

function createAttempt(shape: CsvShape): (buffer: Uint8Array, at: number, isFinal: boolean) => Attempt {
  const delimiter = shape.delimiter.charCodeAt(0)
  const most = shape.columnCount
  return (buffer, at, isFinal) => {
    const limit = Math.min(buffer.length, at + RECORD_LIMIT)
    let state = FIELD_START
    let columns = 1
    let isFirstLine = true
    for (let index = at; index < limit; index++) {
      const byte = buffer[index]
      if (state === QUOTED) {
        if (byte === QUOTE) state = QUOTE_SEEN
        else if (byte === NEWLINE) isFirstLine = false
        continue
      }
      if (byte === NEWLINE) {
        const end = index > at && buffer[index - 1] === RETURN ? index - 1 : index
        return { kind: 'record', end, next: index + 1, columns }
      }
      if (byte === delimiter) {
        columns++
        if (columns > most && !isFirstLine) return { kind: 'broken', at: index, reason: TEXT_AFTER_QUOTE }
        state = FIELD_START
      } else if (byte === QUOTE && state !== PLAIN) {
        state = QUOTED
      } else if (state === QUOTE_SEEN) {
        if (byte !== RETURN) return { kind: 'broken', at: index, reason: TEXT_AFTER_QUOTE }
      } else state = PLAIN
    }
    if (limit < buffer.length)
      return { kind: 'broken', at: limit, reason: isFirstLine ? TOO_LONG : NEVER_CLOSED }
    if (!isFinal) return { kind: 'more' }
    if (state === QUOTED) return { kind: 'broken', at: limit, reason: NEVER_CLOSED }
    return { kind: 'record', end: limit, next: limit, columns }
  }
}

/** Fields of one sound record. */
export function splitFields(record: string, delimiter: string): string[] {
  if (!record.includes('"')) return record.split(delimiter)
  const fields: string[] = []
  let at = 0
  while (at <= record.length) {
    const isQuoted = record[at] === '"'
    const close = isQuoted ? closingQuote(record, at + 1) : at
    const found = record.indexOf(delimiter, close)
    const end = found < 0 ? record.length : found
    fields.push(isQuoted ? record.slice(at + 1, close).replaceAll('""', '"') : record.slice(at, end))
    at = end + 1
  }
  return fields
}

function closingQuote(record: string, from: number): number {
  let at = record.indexOf('"', from)
  while (at >= 0 && record[at + 1] === '"') at = record.indexOf('"', at + 2)
  return at < 0 ? record.length : at
}
