// What the formats of the networks' own archives share: an archive has files of several kinds; each can also be given by
// itself, and is then told by how it begins.

import { checkInput } from './check-input.ts'
import { coalesceChunks } from './coalesce-chunks.ts'
import type { Format, FormatItem, FormatOptions, FormatReader, Notice } from './format.ts'
import { HEAD_BYTES } from './format.ts'
import { gatherLeftOut } from './left-out.ts'
import type { OwnAccount } from './own-account.ts'
import { NEEDS_OWN, ownAccount } from './own-account.ts'
import { parseJsonObject } from './parse-json.ts'
import { placeOf, refuse } from './raw-record.ts'
import type { Converted } from './read-table.ts'
import { readTable, readTableHead } from './read-table.ts'
import { refuseByFirstBytes, refuseFile } from './refuse-file.ts'
import type { JsonPaths, JsonRecord } from './split-json-paths.ts'
import { createPathSplitter } from './split-json-paths.ts'

/** One kind of file in a network's archive. */
export interface Part {
  /** Of its path in the archive. */
  readonly path: RegExp
  /** Whether a file is one, by its first bytes. */
  readonly isIt: (head: Uint8Array) => boolean
  readonly read: FormatReader
}

export interface NetworkFormat extends Pick<
  Format,
  'id' | 'title' | 'description' | 'extensions' | 'survey'
> {
  readonly parts: readonly Part[]
  readonly owner?: NonNullable<Format['archive']>['owner']
}

export function createNetworkFormat({ parts, owner, ...format }: NetworkFormat): Format {
  return {
    ...format,
    isReadWhole: true,
    read: (bytes, options) => gatherLeftOut(readPart(format.title, parts, { bytes, options })),
    readContext: () => undefined,
    recognises: (head) => parts.some(({ isIt }) => isIt(head)),
    archive: {
      isRead: (path) => parts.some((part) => part.path.test(path)),
      ...(owner === undefined ? {} : { owner }),
    },
  }
}

interface Given {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly options: FormatOptions
}

async function* readPart(
  title: string,
  parts: readonly Part[],
  { bytes, options }: Given,
): AsyncGenerator<FormatItem> {
  const chunks = coalesceChunks(bytes)
  const first: Uint8Array = (await chunks.next()).value ?? new Uint8Array(0)
  const part = parts.find(({ isIt }) => isIt(first.subarray(0, HEAD_BYTES)))
  if (part) return yield* part.read(backTogether(first, chunks), options)
  const reason = refuseByFirstBytes(first) ?? `This is none of the files of ${title} that can be imported.`
  yield refuseFile(reason, first)
}

async function* backTogether(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first
  yield* rest
}

/** What a record says in the words of the contract, unchecked; or why it says nothing. */
export type Made =
  | { readonly candidate: Readonly<Record<string, unknown>>; readonly notices?: readonly Notice[] }
  | { readonly reason: string }

export type Row = Readonly<Record<string, string>>

/** All that a converter is told beside the record. */
export interface Around {
  readonly own: OwnAccount
  readonly options: FormatOptions
}

export interface TablePart {
  readonly path: RegExp
  /** Columns in normal form: small letters, `_` for spaces. */
  readonly required: readonly string[]
  readonly known: readonly string[]
  readonly convert: (row: Row, around: Around) => Made
  /** Mends how the file is written before it is read; keeps the number of bytes. */
  readonly mend?: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
  /** Set where everything in it was said to us, so that nobody must be asked who we are. */
  readonly account?: (options: FormatOptions) => OwnAccount
}

export function tablePart(part: TablePart): Part {
  const { path, required, known, convert, mend, account } = part
  return {
    path,
    isIt: (head) => {
      const columns = readTableHead(head)?.columns ?? []
      return required.every((column) => columns.includes(column))
    },
    async *read(bytes, options) {
      const own = account?.(options) ?? ownAccount(options)
      if (own === undefined) return yield refuseFile(NEEDS_OWN, new Uint8Array(0))
      const bind = (columns: readonly string[]) => (fields: readonly string[]) =>
        checked(convert(rowOf(columns, fields), { own, options }), options.now)
      const source = mend === undefined ? bytes : mend(bytes)
      yield* readTable(source, options, { required, known: [...required, ...known], bind })
    },
  }
}

function rowOf(columns: readonly string[], fields: readonly string[]): Row {
  const row: Record<string, string> = {}
  for (const [index, column] of columns.entries()) row[column] = fields[index] ?? ''
  return row
}

function checked(made: Made, now: number): Converted {
  if ('reason' in made) return made
  const found = checkInput(withoutUndefined(made.candidate), now)
  if ('reason' in found) return found
  const notices = [...(made.notices ?? []), ...(found.notices ?? [])]
  return notices.length === 0 ? found : { ...found, notices }
}

function withoutUndefined(candidate: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(candidate).filter(([, value]) => value !== undefined))
}

export type Json = Readonly<Record<string, unknown>>

export interface JsonPart extends Pick<Part, 'path' | 'isIt'> {
  readonly paths: JsonPaths
  /** A record may say several things, such as a review and its answer. */
  readonly convert: (record: Json, around: JsonAround) => Made | readonly Made[]
  readonly account?: (options: FormatOptions) => OwnAccount
}

export interface JsonAround extends Around, Pick<JsonRecord, 'path' | 'facts'> {}

export function jsonPart({ path, isIt, paths, convert, account }: JsonPart): Part {
  return {
    path,
    isIt,
    async *read(bytes, options) {
      const own = account?.(options) ?? ownAccount(options)
      if (own === undefined) return yield refuseFile(NEEDS_OWN, new Uint8Array(0))
      for await (const record of readRecords(bytes, paths)) {
        const parsed = parseJsonObject(record)
        if ('reason' in parsed) {
          yield refuse(record, parsed.reason)
          continue
        }
        const around = { own, options, path: record.path, facts: record.facts }
        yield* placed(record, [convert(parsed.object, around)].flat(), options.now)
      }
    },
  }
}

export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  paths: JsonPaths,
): AsyncGenerator<JsonRecord> {
  const splitter = createPathSplitter(paths)
  for await (const chunk of coalesceChunks(bytes)) yield* splitter.push(chunk)
  yield* splitter.end()
}

/** Of several things one record says, each has its own end, so that reading can go on between them. */
function* placed(record: JsonRecord, all: readonly Made[], now: number): Generator<FormatItem> {
  for (const [index, made] of all.entries()) {
    const before = all.length - 1 - index
    const place = { ...placeOf(record), byteEnd: record.byteEnd - before }
    const found = checked(made, now)
    if ('reason' in found) yield { ...refuse(record, found.reason), ...place }
    else yield { ...place, ...found }
  }
}

/** Whether the document begins with these words, apart from spaces. */
export function beginsWith(pattern: RegExp): (head: Uint8Array) => boolean {
  return (head) => pattern.test(new TextDecoder().decode(head.subarray(0, 4_096)).trimStart())
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** An ISO time of seconds or milliseconds since 1970; the text itself where it is none, to be refused. */
export function timeOf(value: unknown, unit: 'seconds' | 'milliseconds'): string {
  const number = typeof value === 'number' ? value : Number(textOf(value) || Number.NaN)
  const at = unit === 'seconds' ? number * 1_000 : number
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(value)
}
