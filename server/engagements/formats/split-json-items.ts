// Items of a JSON array (RFC 8259) inside a document of any size, cut without reading the document as a whole.
// Only quotes, backslashes and brackets are looked at; each item is parsed by itself afterwards. A line break
// inside a string is no JSON, so there a string that was never closed is given up, and its item with it.

import { RECORD_LIMIT } from './format.ts'
import type { RawRecord, Splitter } from './raw-record.ts'
import type { Cut, SkipUntil, SplitStart } from './split-records.ts'
import { createSplitter } from './split-records.ts'

const QUOTE = 34
const COMMA = 44
const BACKSLASH = 92
const OPEN_LIST = 91
const CLOSE_LIST = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125
const NEWLINE = 10

const TOO_LONG = 'The item is longer than 1 MiB.'
const CUT_OFF = 'The file ends in the middle of this item.'
const NOT_CLOSED = 'The file ends before its list is closed; what stood behind is missing.'
const OPEN_STRING = 'A string of this item is not closed on its line.'

interface ItemState {
  depth: number
  isString: boolean
  isEscaped: boolean
  isBroken: boolean
}

/** Ends in a broken record when the list was never closed. */
export function createItemSplitter(start: SplitStart): Splitter {
  let isClosed = false
  let last = { line: start.line, nextLine: start.line, byteStart: start.byte, byteEnd: start.byte }
  const splitter = createSplitter((buffer, at, isFinal) => {
    const cut = scanItem(buffer, at, isFinal)
    isClosed ||= cut.kind === 'stop'
    return cut
  }, start)
  const keepLast = (records: RawRecord[]): RawRecord[] => {
    last = records.at(-1) ?? last
    return records
  }
  return {
    push: (chunk) => keepLast(splitter.push(chunk)),
    end: () => {
      const records = keepLast(splitter.end())
      if (isClosed || records.some(({ broken }) => broken === CUT_OFF)) return records
      const { nextLine, byteEnd } = last
      const place = { line: nextLine, nextLine, byteStart: byteEnd, byteEnd }
      return [...records, { ...place, bytes: new Uint8Array(0), broken: NOT_CLOSED }]
    },
  }
}

function scanItem(buffer: Uint8Array, at: number, isFinal: boolean): Cut {
  let from = at
  while (from < buffer.length && isBetween(buffer[from])) from++
  if (from > at) return { kind: 'blank', next: from }
  if (buffer[at] === CLOSE_LIST) return { kind: 'stop' }
  const state: ItemState = { depth: 0, isString: false, isEscaped: false, isBroken: false }
  const end = endOfItem(state, buffer, at, Math.min(buffer.length, at + RECORD_LIMIT))
  if (end >= 0) return { kind: 'record', end, next: end, ...(state.isBroken ? { broken: OPEN_STRING } : {}) }
  if (buffer.length - at > RECORD_LIMIT) return tooLong(state, buffer, at)
  if (!isFinal) return { kind: 'more' }
  return { kind: 'record', end: buffer.length, next: buffer.length, broken: CUT_OFF }
}

/** Skipping begins again at `at`; the first call continues behind what was already looked at. */
function tooLong(state: ItemState, buffer: Uint8Array, at: number): Cut {
  let behind = at + RECORD_LIMIT
  const until: SkipUntil = (chunk, from) => {
    const begin = chunk === buffer ? Math.max(from, behind) : from
    behind = 0
    const end = endOfItem(state, chunk, begin, chunk.length)
    return end < 0 ? { at: chunk.length, isEnd: false } : { at: end, isEnd: true }
  }
  return { kind: 'skip', reason: TOO_LONG, until }
}

function isBetween(byte: number | undefined): boolean {
  return byte === 32 || byte === NEWLINE || byte === 13 || byte === 9 || byte === COMMA
}

/** Index behind the item, or -1 when it goes on; the state is carried to the next call. */
function endOfItem(state: ItemState, buffer: Uint8Array, from: number, to: number): number {
  for (let index = from; index < to; index++) {
    const byte = buffer[index]
    if (state.isString) {
      readInString(state, byte)
      continue
    }
    if (byte === QUOTE) state.isString = true
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) state.depth++
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (state.depth === 0) return byte === CLOSE_OBJECT ? index + 1 : index
      state.depth--
      if (state.depth === 0) return index + 1
    } else if (byte === COMMA && state.depth === 0) return index
  }
  return -1
}

function readInString(state: ItemState, byte: number | undefined): void {
  if (byte === NEWLINE) {
    state.isString = false
    state.isEscaped = false
    state.isBroken = true
  } else if (state.isEscaped) state.isEscaped = false
  else if (byte === BACKSLASH) state.isEscaped = true
  else if (byte === QUOTE) state.isString = false
}

/** Index behind the `[` of `orderedItems` or `items` of a document (or of a bare list); -1 when there is none. */
export function findItems(head: Uint8Array): number {
  let depth = 0
  let key = ''
  for (let index = 0; index < head.length; index++) {
    const byte = head[index]
    if (byte === QUOTE) {
      const close = closingQuote(head, index + 1)
      if (depth === 1) key = new TextDecoder().decode(head.subarray(index + 1, close))
      index = close
    } else if (byte === OPEN_LIST && (depth === 0 || (depth === 1 && isItemsKey(key)))) return index + 1
    else if (byte === COMMA && depth === 1) key = ''
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--
    if (depth < 0 || (depth === 0 && byte === CLOSE_OBJECT)) return -1
  }
  return -1
}

function isItemsKey(key: string): boolean {
  return key === 'orderedItems' || key === 'items'
}

function closingQuote(bytes: Uint8Array, from: number): number {
  let index = from
  while (index < bytes.length && bytes[index] !== QUOTE) index += bytes[index] === BACKSLASH ? 2 : 1
  return index
}
