import type { FormatItem, Place } from './format.ts'
import { cleanExcerpt } from './clean-excerpt.ts'

/** A stretch of the file that is one record, not yet understood; `broken` says why it cannot be. */
export interface RawRecord extends Place {
  /** Without line end; of a broken record only the beginning. */
  readonly bytes: Uint8Array
  readonly broken?: string
}

/** Cuts chunks into records. Feed chunks in order, then `end` once. */
export interface Splitter {
  readonly push: (chunk: Uint8Array) => RawRecord[]
  readonly end: () => RawRecord[]
}

export const EXCERPT_BYTES = 800

export function refuse(record: RawRecord, reason: string): FormatItem {
  return { ...placeOf(record), reason, excerpt: cleanExcerpt(record.bytes) }
}

export function placeOf(place: Place): Place {
  return {
    line: place.line,
    nextLine: place.nextLine,
    byteStart: place.byteStart,
    byteEnd: place.byteEnd,
  }
}
