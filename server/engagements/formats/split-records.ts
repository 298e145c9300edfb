import type { RawRecord, Splitter } from './raw-record.ts'
import { EXCERPT_BYTES } from './raw-record.ts'

/** Index just after what is skipped, or -1 when its end is not in the buffer; called with each further chunk. */
export type SkipUntil = (buffer: Uint8Array, from: number) => number

/** What stands at a place of the buffer. `end` is the end of the record, `next` the beginning of what follows. */
export type Cut =
  | { readonly kind: 'record'; readonly end: number; readonly next: number; readonly broken?: string }
  | { readonly kind: 'blank'; readonly next: number }
  | { readonly kind: 'more' }
  | { readonly kind: 'skip'; readonly reason: string; readonly until: SkipUntil }
  | { readonly kind: 'stop' }

/** Judges the buffer from `at`; `isFinal` says that no byte follows. Never answers `more` when final. */
export type Scan = (buffer: Uint8Array, at: number, isFinal: boolean) => Cut

interface Skipping {
  readonly line: number
  readonly byteStart: number
  readonly beginning: Uint8Array
  readonly reason: string
  readonly until: SkipUntil
}

export interface SplitStart {
  readonly byte: number
  readonly line: number
}

const NEWLINE = 10

/**
 * Drives a scan over chunks. Holds the unfinished record only; what is skipped for its size is not held.
 * `bytes` of a record are a view that is valid until the next `push`.
 */
export function createSplitter(scan: Scan, start: SplitStart): Splitter {
  let held: Uint8Array = new Uint8Array(0)
  let base = start.byte
  let line = start.line
  let skipping: Skipping | undefined
  let hasStopped = false

  function take(from: number, next: number): { line: number; nextLine: number } {
    const before = line
    line += countNewlines(held, from, next)
    return { line: before, nextLine: line }
  }

  function record(at: number, cut: Cut & { kind: 'record' }): RawRecord {
    const place = { ...take(at, cut.next), byteStart: base + at, byteEnd: base + cut.next }
    const bytes = held.subarray(at, cut.end)
    if (cut.broken === undefined) return { ...place, bytes }
    return { ...place, bytes: bytes.subarray(0, EXCERPT_BYTES), broken: cut.broken }
  }

  function finishSkip(skip: Skipping, next: number, end: number): RawRecord {
    line += countNewlines(held, next, end)
    const place = { line: skip.line, nextLine: line, byteStart: skip.byteStart, byteEnd: base + end }
    skipping = undefined
    return { ...place, bytes: skip.beginning, broken: skip.reason }
  }

  function startSkip(at: number, cut: Cut & { kind: 'skip' }): Skipping {
    const beginning = held.slice(at, at + EXCERPT_BYTES)
    return { line, byteStart: base + at, beginning, reason: cut.reason, until: cut.until }
  }

  /** Goes on skipping; answers the index reached, the record too when the end was found. */
  function skipOn(skip: Skipping, at: number, isFinal: boolean): { at: number; record?: RawRecord } {
    const found = skip.until(held, at)
    const end = found < 0 ? held.length : found
    if (found >= 0 || isFinal) return { at: end, record: finishSkip(skip, at, end) }
    line += countNewlines(held, at, end)
    return { at: end }
  }

  function run(isFinal: boolean): RawRecord[] {
    const records: RawRecord[] = []
    let at = 0
    while (at < held.length && !hasStopped) {
      if (skipping) {
        const went = skipOn(skipping, at, isFinal)
        at = went.at
        if (went.record) records.push(went.record)
        continue
      }
      const cut = scan(held, at, isFinal)
      if (cut.kind === 'more') break
      if (cut.kind === 'stop') hasStopped = true
      if (cut.kind === 'skip') skipping = startSkip(at, cut)
      if (cut.kind === 'record') records.push(record(at, cut))
      if (cut.kind === 'blank') take(at, cut.next)
      if (cut.kind === 'record' || cut.kind === 'blank') at = cut.next
    }
    held = held.subarray(at)
    base += at
    return records
  }

  return {
    push: (chunk) => {
      if (hasStopped) return []
      held = held.length === 0 ? chunk : join(held, chunk)
      return run(false)
    },
    end: () => {
      const records = run(true)
      if (skipping) records.push(finishSkip(skipping, 0, 0))
      return records
    },
  }
}

export function countNewlines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) lines++
  return lines
}

export function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}
