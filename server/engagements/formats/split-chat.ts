// WhatsApp's export of a chat: a message begins on a line with date and time, `[20/06/21, 14:30:05] Ann: ...` on iPhones
// and `20/06/2021, 2:30 pm - Ann: ...` on Android, written as the phone's region does; other lines go on with the text.
// Invisible marks of direction stand before and inside.

import { RECORD_LIMIT } from './format.ts'
import type { Splitter } from './raw-record.ts'
import type { Cut, Scan, SplitStart } from './split-records.ts'
import { createSplitter } from './split-records.ts'

const NEWLINE = 10
const RETURN = 13
/** No beginning is longer. */
const LINE_LIMIT = 160
const TOO_LONG = 'The message is longer than 1 MiB.'

const BEGINNING =
  /^\[?(\d{1,4})([./-])(\d{1,2})[./-](\d{1,4}),? (?:klo )?(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?: ?([ap])\.? ?m\.?)?(?:\] ?| - )/i

/** Date and time as written, and where they end. */
export interface ChatStamp {
  readonly numbers: readonly [number, number, number]
  readonly separator: string
  /** Minutes since midnight. */
  readonly minutes: number
  readonly seconds: number
  readonly isHalfDay: boolean
  readonly length: number
}

/** Marks of direction away, and the narrow spaces of newer phones as spaces. */
export function withoutMarks(text: string): string {
  return text
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replaceAll(/[\u00a0\u202f]/g, ' ')
}

/** Of a line without marks. */
export function readStamp(line: string): ChatStamp | undefined {
  const match = BEGINNING.exec(line)
  if (!match) return undefined
  const [first, second, third] = [Number(match[1]), Number(match[3]), Number(match[4])]
  const half = match[8]?.toLowerCase()
  const hour = half === undefined ? Number(match[5]) : (Number(match[5]) % 12) + (half === 'p' ? 12 : 0)
  if (hour > 23 || Number(match[6]) > 59) return undefined
  return {
    numbers: [first, second, third],
    separator: match[2] ?? '',
    minutes: hour * 60 + Number(match[6]),
    seconds: Number(match[7] ?? 0),
    isHalfDay: half !== undefined,
    length: match[0].length,
  }
}

export function createChatSplitter(start: SplitStart): Splitter {
  return createSplitter(createChatScan(), start)
}

function createChatScan(): Scan {
  let seen = 0
  return (buffer, at, isFinal): Cut => {
    const byte = buffer[at]
    if (byte === NEWLINE || byte === RETURN) return { kind: 'blank', next: at + 1 }
    const found = findBeginning(buffer, at + seen, isFinal)
    seen = found.isEnd || isFinal ? 0 : found.at - at
    if (found.at - at > RECORD_LIMIT) {
      seen = 0
      return { kind: 'skip', reason: TOO_LONG, until: (more, from) => findBeginning(more, from, false) }
    }
    if (found.isEnd) return { kind: 'record', end: found.at, next: found.at }
    return isFinal ? { kind: 'record', end: buffer.length, next: buffer.length } : { kind: 'more' }
  }
}

/** The next beginning behind a line end at or after `from`; else the place from which to look again. */
function findBeginning(buffer: Uint8Array, from: number, isFinal: boolean): { at: number; isEnd: boolean } {
  let newline = buffer.indexOf(NEWLINE, from)
  for (; newline >= 0; newline = buffer.indexOf(NEWLINE, newline + 1)) {
    const line = newline + 1
    if (buffer.length - line < LINE_LIMIT && !isFinal) return { at: newline, isEnd: false }
    const head = buffer.subarray(line, line + LINE_LIMIT)
    if (mayBegin(head[0]) && readStamp(withoutMarks(new TextDecoder().decode(head))))
      return { at: line, isEnd: true }
  }
  return { at: buffer.length, isEnd: false }
}

/** A digit, a bracket, or the first byte of a mark. */
function mayBegin(byte: number | undefined): boolean {
  return byte === 91 || byte === 0xe2 || (byte !== undefined && byte >= 48 && byte <= 57)
}
