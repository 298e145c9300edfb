import type { Place } from './format.ts'
import type { RawRecord, Splitter } from './raw-record.ts'
import { EXCERPT_BYTES } from './raw-record.ts'

/** Looks for the end of what is skipped. What lies before `at` is done with; not at the end, more is needed. */
export type SkipUntil = (buffer: Uint8Array, from: number) => { readonly at: number; readonly isEnd: boolean }

/** What stands at a place of the buffer. `end` is the end of the record, `next` the beginning of what follows. */
export type Cut =
  | { readonly kind: 'record'; readonly end: number; readonly next: number; readonly broken?: string }
  | { readonly kind: 'blank'; readonly next: number }
  | { readonly kind: 'more' }
  | { readonly kind: 'skip'; readonly reason: string; readonly until: SkipUntil }
  | { readonly kind: 'stop' }

/** Judges the buffer from `at`; `isFinal` says that no byte follows. Never answers `more` when final. */
export type Scan = (buffer: Uint8Array, at: number, isFinal: boolean) => Cut

export interface SplitStart {
  readonly byte: number
  readonly line: number
}

interface Skipping {
  readonly line: number
  readonly byteStart: number
  readonly beginning: Uint8Array
  readonly reason: string
  readonly until: SkipUntil
}

const NEWLINE = 10

/** Drives a scan over chunks. Holds the unfinished record only; what is skipped for its size is not held. */
export function createSplitter(scan: Scan, start: SplitStart): Splitter {
  return new RecordSplitter(scan, start)
}

class RecordSplitter implements Splitter {
  readonly #scan: Scan
  readonly #buffer = new AppendBuffer()
  /** Where the held bytes begin in the file. */
  #base: number
  /** How far the held bytes are done with. */
  #at = 0
  #line: number
  #skipping: Skipping | undefined
  #hasStopped = false

  constructor(scan: Scan, start: SplitStart) {
    this.#scan = scan
    this.#base = start.byte
    this.#line = start.line
  }

  push(chunk: Uint8Array): RawRecord[] {
    if (this.#hasStopped) return []
    this.#buffer.append(chunk)
    return this.#run(false)
  }

  end(): RawRecord[] {
    const records = this.#run(true)
    if (this.#skipping) records.push(this.#finishSkip(this.#skipping, this.#at))
    return records
  }

  #run(isFinal: boolean): RawRecord[] {
    const records: RawRecord[] = []
    let goesOn = true
    while (goesOn && !this.#hasStopped && this.#at < this.#buffer.held.length) {
      goesOn = this.#skipping
        ? this.#skipOn(this.#skipping, isFinal, records)
        : this.#cut(this.#scan(this.#buffer.held, this.#at, isFinal), records)
    }
    this.#buffer.drop(this.#at)
    this.#base += this.#at
    this.#at = 0
    return records
  }

  /** False when more bytes are needed. */
  #cut(cut: Cut, records: RawRecord[]): boolean {
    switch (cut.kind) {
      case 'more':
        return false
      case 'stop':
        this.#hasStopped = true
        return false
      case 'skip':
        this.#skipping = this.#beginSkip(cut)
        return true
      case 'blank':
        this.#moveTo(cut.next)
        return true
      case 'record':
        records.push(this.#record(cut))
        return true
    }
  }

  #record(cut: Cut & { kind: 'record' }): RawRecord {
    const begin = this.#at
    const { held } = this.#buffer
    const line = this.#line
    this.#moveTo(cut.next)
    const place = this.#place(line, this.#base + begin)
    if (cut.broken === undefined) return { ...place, bytes: held.subarray(begin, cut.end) }
    const end = Math.min(cut.end, begin + EXCERPT_BYTES)
    return { ...place, bytes: held.subarray(begin, end), broken: cut.broken }
  }

  #beginSkip(cut: Cut & { kind: 'skip' }): Skipping {
    const beginning = this.#buffer.held.slice(this.#at, this.#at + EXCERPT_BYTES)
    const { reason, until } = cut
    return { line: this.#line, byteStart: this.#base + this.#at, beginning, reason, until }
  }

  /** False when the end was not found yet; what was passed over is let go. */
  #skipOn(skip: Skipping, isFinal: boolean, records: RawRecord[]): boolean {
    const reached = skip.until(this.#buffer.held, this.#at)
    if (!reached.isEnd && !isFinal) {
      this.#moveTo(reached.at)
      return false
    }
    records.push(this.#finishSkip(skip, reached.isEnd ? reached.at : this.#buffer.held.length))
    return true
  }

  #finishSkip(skip: Skipping, end: number): RawRecord {
    this.#moveTo(end)
    this.#skipping = undefined
    return { ...this.#place(skip.line, skip.byteStart), bytes: skip.beginning, broken: skip.reason }
  }

  #moveTo(next: number): void {
    this.#line += countNewlines(this.#buffer.held, this.#at, next)
    this.#at = next
  }

  #place(line: number, byteStart: number): Place {
    return { line, nextLine: this.#line, byteStart, byteEnd: this.#base + this.#at }
  }
}

/** Bytes that are appended at the end and dropped at the beginning; views once handed out stay as they are. */
class AppendBuffer {
  held: Uint8Array = new Uint8Array(0)
  #store: Uint8Array = new Uint8Array(0)
  #filled = 0

  append(chunk: Uint8Array): void {
    const size = this.held.length + chunk.length
    if (this.#filled + chunk.length > this.#store.length) {
      this.#store = new Uint8Array(size > chunk.length * 2 ? size * 2 : size)
      this.#store.set(this.held)
      this.#filled = this.held.length
    }
    this.#store.set(chunk, this.#filled)
    this.#filled += chunk.length
    this.held = this.#store.subarray(this.#filled - size, this.#filled)
  }

  drop(count: number): void {
    this.held = this.held.subarray(count)
  }
}

export function countNewlines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) lines++
  return lines
}
