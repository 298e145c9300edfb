// mbox (RFC 4155, in the mboxrd variant): each mail begins with a line "From sender date"; lines of the mail
// that would look so are quoted by ">". A line counts as such a beginning when it carries a time and a year, so
// that an unquoted "From here on" in a letter does not cut it in two. A file without any is one mail (.eml).

import { MAIL_LIMIT } from './format.ts'
import type { Splitter } from './raw-record.ts'
import type { Cut, Scan, SkipUntil, SplitStart } from './split-records.ts'
import { createSplitter } from './split-records.ts'

const NEWLINE = 10
const RETURN = 13
const FROM = [70, 114, 111, 109, 32]
const QUOTE = 62
const BEGINNING = /^From \S.*\b\d{1,2}:\d\d(?::\d\d)?\b.*\b(?:19|20)\d\d\b/
/** No beginning is longer. */
const LINE_LIMIT = 512

const TOO_LARGE = 'The mail is larger than 25 MiB.'

export function createMboxSplitter(start: SplitStart): Splitter {
  return createSplitter(createMboxScan(), start)
}

function createMboxScan(): Scan {
  /** How much of the current mail was looked through. */
  let seen = 0
  return (buffer, at, isFinal): Cut => {
    const byte = buffer[at]
    if (byte === NEWLINE || byte === RETURN) return { kind: 'blank', next: at + 1 }
    const found = findBeginning(buffer, at + seen, isFinal)
    seen = found.isEnd || isFinal ? 0 : found.at - at
    if (found.at - at > MAIL_LIMIT) {
      seen = 0
      return { kind: 'skip', reason: TOO_LARGE, until: skipMail }
    }
    if (found.isEnd) return { kind: 'record', end: found.at, next: found.at }
    if (!isFinal) return { kind: 'more' }
    return { kind: 'record', end: buffer.length, next: buffer.length }
  }
}

const skipMail: SkipUntil = (buffer, from) => findBeginning(buffer, from, false)

/** The next beginning behind a line end at or after `from`; else the place from which to look again. */
function findBeginning(buffer: Uint8Array, from: number, isFinal: boolean): { at: number; isEnd: boolean } {
  for (
    let newline = buffer.indexOf(NEWLINE, from);
    newline >= 0;
    newline = buffer.indexOf(NEWLINE, newline + 1)
  ) {
    const line = newline + 1
    if (!startsWithFrom(buffer, line)) {
      if (buffer.length - line < FROM.length && !isFinal) return { at: newline, isEnd: false }
      continue
    }
    const end = buffer.indexOf(NEWLINE, line)
    if (end < 0 && !isFinal && buffer.length - line < LINE_LIMIT) return { at: newline, isEnd: false }
    if (isBeginning(buffer, line, end < 0 ? buffer.length : end)) return { at: line, isEnd: true }
  }
  return { at: buffer.length, isEnd: false }
}

function startsWithFrom(buffer: Uint8Array, at: number): boolean {
  return FROM.every((byte, index) => buffer[at + index] === byte)
}

function isBeginning(buffer: Uint8Array, at: number, end: number): boolean {
  if (end - at > LINE_LIMIT) return false
  return BEGINNING.test(new TextDecoder('latin1').decode(buffer.subarray(at, end)))
}

/** The mail as it was sent: without its "From " line, and with quoted "From " lines as written. */
export function unquoteMail(record: Uint8Array): Uint8Array {
  const begin = startsWithFrom(record, 0) ? record.indexOf(NEWLINE) + 1 || record.length : 0
  const mail = new Uint8Array(record.length - begin)
  let filled = 0
  let from = begin
  for (
    let newline = record.indexOf(NEWLINE, begin);
    newline >= 0;
    newline = record.indexOf(NEWLINE, newline + 1)
  ) {
    let at = newline + 1
    while (record[at] === QUOTE) at++
    if (at === newline + 1 || !startsWithFrom(record, at)) continue
    mail.set(record.subarray(from, newline + 1), filled)
    filled += newline + 1 - from
    from = newline + 2
  }
  mail.set(record.subarray(from), filled)
  return mail.subarray(0, filled + record.length - from)
}
