import type { EngagementInput } from '../../../contract/engagement.ts'
import type { ImportFormat } from '../../../contract/engagements.ts'

/** Something the report should say that refuses nothing, such as an unknown column. Counts of one message add up. */
export interface Notice {
  readonly message: string
  readonly count: number
}

/** Where a record stands in the file. Lines count from 1; bytes from 0, `byteEnd` excluded. */
export interface Place {
  readonly line: number
  /** Line on which the next record begins: together with `byteEnd` the place to resume from. */
  readonly nextLine: number
  readonly byteStart: number
  readonly byteEnd: number
}

export interface ParsedItem extends Place {
  readonly input: EngagementInput
  readonly notices?: readonly Notice[]
}

export interface RefusedItem extends Place {
  /** A sentence for a person. */
  readonly reason: string
  /** Cleaned of control characters, at most 200 characters. */
  readonly excerpt: string
  /** The file as a whole cannot be read; nothing follows. */
  readonly wholeFile?: true
  readonly notices?: readonly Notice[]
}

export type FormatItem = ParsedItem | RefusedItem

export function isRefused(item: FormatItem): item is RefusedItem {
  return 'reason' in item
}

export interface FormatOptions {
  /** Offset in the file at which `bytes` begins: a `byteEnd` handed out before. Needs `context`. */
  readonly startByte?: number
  /** `nextLine` of the same item. */
  readonly startLine?: number
  /** What `readContext` found in the head of the file, or `survey` in all of it. */
  readonly context?: unknown
  /** Handles, ids or addresses that are ours, without @: what they write is `out`. */
  readonly ownHandles?: readonly string[]
  /** Name space of external ids where the file does not give one. */
  readonly source?: string
  readonly channel?: string
  /** Whose archive it is, as it says itself. */
  readonly owner?: Owner
  /** Path in the archive, or the name of the file. */
  readonly path?: string
  /** Milliseconds since 1970; what lies more than a day ahead is refused. */
  readonly now: number
}

/** Reads in constant memory and never throws for bad data: each record comes out once, parsed or refused. */
export type FormatReader = (
  bytes: AsyncIterable<Uint8Array>,
  options: FormatOptions,
) => AsyncGenerator<FormatItem>

export interface Format {
  readonly id: ImportFormat
  readonly title: string
  readonly description: string
  /** With the dot. */
  readonly extensions: readonly string[]
  readonly read: FormatReader
  /** What a resumed read needs to know of the file's beginning (first `HEAD_BYTES`). */
  readonly readContext: (firstBytes: Uint8Array) => unknown
  /** A resumed read begins anew and passes over what was read before: what a record means depends on those before it. */
  readonly isReadWhole?: true
  /** Goes through the file once before it is read, for what must be known of all of it. */
  readonly survey?: (
    bytes: AsyncIterable<Uint8Array>,
    options: FormatOptions,
  ) => Promise<Pick<FormatOptions, 'context' | 'owner'>>
  /** Whether a file is surely of this format, by its first bytes. */
  readonly recognises?: (head: Uint8Array) => boolean
  /** Where the network hands out a ZIP archive. */
  readonly archive?: ArchiveSpec
}

export interface ArchiveSpec {
  /** Whether a file of the archive is read, by its path. */
  readonly isRead: (path: string) => boolean
  /** The file that says whose archive it is. */
  readonly owner?: {
    readonly isIt: (path: string) => boolean
    readonly find: (bytes: AsyncIterable<Uint8Array>) => Promise<Owner | undefined>
  }
}

/** An account of ours. */
export interface Owner {
  readonly externalId: string
  readonly handle?: string
  readonly name?: string
}

/** A record of a line based format may have this many bytes. */
export const RECORD_LIMIT = 1024 * 1024
/** A mail may have this many bytes. */
export const MAIL_LIMIT = 25 * 1024 * 1024
/** Header and encoding are judged by this many bytes. */
export const HEAD_BYTES = 64 * 1024
