// Values at given paths of a JSON document (RFC 8259) of any size, cut out as it streams by; what lies elsewhere is only
// passed over, in constant memory. What stands before the document (`window.YTD.tweets.part0 = `) and behind it is none of
// it. A line break inside a string is no JSON, so there a string that was never closed is given up, and its record with it.

import { RECORD_LIMIT } from './format.ts'
import type { RawRecord } from './raw-record.ts'
import { EXCERPT_BYTES } from './raw-record.ts'

/** Keys joined by `/`; `*` stands for any key and for any place of a list. */
export interface JsonPaths {
  readonly items: readonly string[]
  /** Values that are told to each item after them below the same parent, by their own key. */
  readonly facts?: readonly string[]
}

export interface JsonRecord extends RawRecord {
  /** Keys from the top down; '' for a place of a list. */
  readonly path: readonly string[]
  readonly facts: Readonly<Record<string, unknown>>
}

export interface JsonSplitter {
  readonly push: (chunk: Uint8Array) => JsonRecord[]
  readonly end: () => JsonRecord[]
}

export function createPathSplitter(paths: JsonPaths): JsonSplitter {
  return new PathSplitter(paths)
}

const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_LIST = 91
const BACKSLASH = 92
const CLOSE_LIST = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125
const NEWLINE = 10
const FACT_LIMIT = 64 * 1024
const KEY_LIMIT = 1_000

const TOO_LONG = 'The record is longer than 1 MiB.'
const CUT_OFF = 'The file ends in the middle of this record.'
const NOT_CLOSED = 'The file ends before its list is closed; what stood behind is missing.'
const OPEN_STRING = 'A string of this record is not closed on its line.'

interface Pattern {
  readonly parts: readonly string[]
  readonly isFact: boolean
}

/** An object or list on the way to a record. */
interface Frame {
  readonly isList: boolean
  /** Patterns that still fit. */
  readonly alive: readonly Pattern[]
  key: string
  /** The next string is a key. */
  awaitsKey: boolean
  readonly facts: Record<string, unknown>
}

interface Capture {
  readonly pattern: Pattern
  readonly byteStart: number
  readonly line: number
  parts: Uint8Array[]
  size: number
  /** Where in the chunk at hand it goes on. */
  from: number
  broken: string | undefined
}

class PathSplitter implements JsonSplitter {
  readonly #patterns: readonly Pattern[]
  readonly #frames: Frame[] = []
  #base = 0
  #line = 1
  #lastLine = 0
  #isOver = false
  #hasBegun = false
  #isString = false
  #isEscaped = false
  /** Bytes of the key that is being read. */
  #key: number[] | undefined
  /** How deep in a value that is not looked into: passed over, or captured as a whole. */
  #inside = 0
  #isPlain = false
  #capture: Capture | undefined
  #records: JsonRecord[] = []

  constructor({ items, facts = [] }: JsonPaths) {
    const toPattern = (path: string, isFact: boolean): Pattern => ({ parts: path.split('/'), isFact })
    this.#patterns = [
      ...items.map((path) => toPattern(path, false)),
      ...facts.map((path) => toPattern(path, true)),
    ]
  }

  push(chunk: Uint8Array): JsonRecord[] {
    if (this.#capture) this.#capture.from = 0
    for (let at = 0; at < chunk.length && !this.#isOver; at += 1) {
      const byte = chunk[at] ?? 0
      if (this.#isString) this.#inString(byte, chunk, at)
      else if (this.#inside > 0) this.#passOver(byte, chunk, at)
      else this.#step(byte, chunk, at)
      if (byte === NEWLINE) this.#line += 1
    }
    this.#hold(chunk, chunk.length)
    this.#base += chunk.length
    return this.#taken()
  }

  end(): JsonRecord[] {
    if (this.#capture && !this.#capture.pattern.isFact) {
      this.#capture.broken ??= CUT_OFF
      this.#emit(this.#capture, this.#base)
    } else if (this.#hasBegun && !this.#isOver) {
      const place = { byteStart: this.#base, byteEnd: this.#base + 1, ...this.#lines(this.#line) }
      this.#records.push({ ...place, bytes: new Uint8Array(0), broken: NOT_CLOSED, path: [], facts: {} })
    }
    return this.#taken()
  }

  #taken(): JsonRecord[] {
    const records = this.#records
    this.#records = []
    return records
  }

  #inString(byte: number, chunk: Uint8Array, at: number): void {
    if (byte === NEWLINE) {
      this.#isString = false
      this.#isEscaped = false
      if (this.#capture) this.#capture.broken ??= OPEN_STRING
      if (this.#key) this.#endKey()
      else if (this.#inside === 0) this.#endValue(chunk, at)
      return
    }
    if (this.#isEscaped) this.#isEscaped = false
    else if (byte === BACKSLASH) this.#isEscaped = true
    else if (byte === QUOTE) {
      this.#isString = false
      if (this.#key) this.#endKey()
      else if (this.#inside === 0) this.#endValue(chunk, at + 1)
      return
    }
    if (this.#key && this.#key.length < KEY_LIMIT) this.#key.push(byte)
  }

  #endKey(): void {
    const frame = this.#frames.at(-1)
    const written = new TextDecoder().decode(new Uint8Array(this.#key ?? []))
    this.#key = undefined
    if (!frame) return
    frame.awaitsKey = false
    frame.key = plainKey(written)
  }

  #passOver(byte: number, chunk: Uint8Array, at: number): void {
    if (byte === QUOTE) this.#isString = true
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#inside += 1
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      this.#inside -= 1
      if (this.#inside === 0) this.#endValue(chunk, at + 1)
    }
  }

  #step(byte: number, chunk: Uint8Array, at: number): void {
    if (this.#isPlain) {
      if (!endsPlain(byte)) return
      this.#isPlain = false
      this.#endValue(chunk, at)
    }
    if (byte === 32 || byte === NEWLINE || byte === 13 || byte === 9) return
    const frame = this.#frames.at(-1)
    if (!frame) {
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#beginDocument(byte)
      return
    }
    if (byte === COMMA) frame.awaitsKey = !frame.isList
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#close()
    else if (byte === QUOTE && frame.awaitsKey) {
      this.#isString = true
      this.#key = []
    } else if (byte !== COLON) this.#beginValue(frame, byte, at)
  }

  #beginDocument(byte: number): void {
    this.#hasBegun = true
    this.#open(byte, this.#patterns)
  }

  #open(byte: number, alive: readonly Pattern[]): void {
    const isList = byte === OPEN_LIST
    this.#frames.push({ isList, alive, key: '', awaitsKey: !isList, facts: {} })
  }

  #close(): void {
    this.#frames.pop()
    this.#isOver = this.#frames.length === 0
  }

  #beginValue(frame: Frame, byte: number, at: number): void {
    const depth = this.#frames.length - 1
    const alive = frame.alive.filter(({ parts }) => parts[depth] === '*' || parts[depth] === frame.key)
    const pattern = alive.find(({ parts }) => parts.length === depth + 1)
    if (pattern) {
      const place = { byteStart: this.#base + at, line: this.#line, from: at }
      this.#capture = { pattern, ...place, parts: [], size: 0, broken: undefined }
    }
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (pattern || alive.length === 0) this.#inside = 1
      else this.#open(byte, alive)
    } else if (byte === QUOTE) this.#isString = true
    else this.#isPlain = true
  }

  #endValue(chunk: Uint8Array, end: number): void {
    const capture = this.#capture
    if (!capture) return
    this.#hold(chunk, end)
    this.#capture = undefined
    if (capture.pattern.isFact) this.#keepFact(capture)
    else this.#emit(capture, this.#base + end)
  }

  #hold(chunk: Uint8Array, end: number): void {
    const capture = this.#capture
    if (!capture) return
    const part = chunk.subarray(capture.from, end)
    capture.size += part.length
    if (capture.size > RECORD_LIMIT) {
      capture.broken ??= TOO_LONG
      capture.parts = [joined([...capture.parts, part]).slice(0, EXCERPT_BYTES)]
    } else capture.parts.push(part)
  }

  #keepFact({ parts, broken, size }: Capture): void {
    const frame = this.#frames.at(-1)
    if (!frame || broken !== undefined || size > FACT_LIMIT) return
    try {
      frame.facts[frame.key] = JSON.parse(new TextDecoder().decode(joined(parts)))
    } catch {
      // What is no JSON is no fact.
    }
  }

  #emit({ byteStart, line, parts, broken }: Capture, byteEnd: number): void {
    const path = this.#frames.map(({ key }) => key)
    const facts: Record<string, unknown> = Object.assign({}, ...this.#frames.map((frame) => frame.facts))
    const bytes = joined(parts)
    const record = { byteStart, byteEnd, ...this.#lines(line), path, facts }
    if (broken === undefined) this.#records.push({ ...record, bytes })
    else this.#records.push({ ...record, bytes: bytes.subarray(0, EXCERPT_BYTES), broken })
  }

  /** Where a document has no line breaks, records are counted instead. */
  #lines(line: number): { readonly line: number; readonly nextLine: number } {
    this.#lastLine = Math.max(line, this.#lastLine + 1)
    return { line: this.#lastLine, nextLine: Math.max(this.#line, this.#lastLine + 1) }
  }
}

function endsPlain(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte <= 32
}

function plainKey(written: string): string {
  if (!written.includes('\\')) return written
  try {
    const key: unknown = JSON.parse(`"${written}"`)
    return typeof key === 'string' ? key : written
  } catch {
    return written
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts
  if (parts.length === 1 && first) return first
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
