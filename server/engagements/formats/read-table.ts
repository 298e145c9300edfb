import { z } from 'zod'
import type { EngagementInput } from '../../../contract/engagement.ts'
import { coalesceChunks } from './coalesce-chunks.ts'
import { decodeText } from './decode-text.ts'
import type { FormatItem, FormatOptions, Notice } from './format.ts'
import { HEAD_BYTES } from './format.ts'
import type { RawRecord } from './raw-record.ts'
import { placeOf, refuse } from './raw-record.ts'
import { markLength, refuseByFirstBytes, refuseFile } from './refuse-file.ts'
import { createCsvSplitter, splitFields } from './split-csv.ts'

export type Converted =
  | { readonly input: EngagementInput; readonly notices?: readonly Notice[] }
  | { readonly reason: string }

export interface TableSpec {
  readonly required: readonly string[]
  readonly known: readonly string[]
  /** Called once with the columns of the file; the function it returns is called with the fields of each row. */
  readonly bind: (
    columns: readonly string[],
    options: FormatOptions,
  ) => (fields: readonly string[]) => Converted
}

const TableHead = z.object({
  columns: z.array(z.string()),
  delimiter: z.string().length(1),
  /** Where the rows begin. */
  byte: z.number(),
  line: z.number(),
})
type TableHead = z.infer<typeof TableHead>

const DELIMITERS = [',', ';', '\t']

/** Header of a table, in normal form; undefined when there is no line of text. */
export function readTableHead(firstBytes: Uint8Array): TableHead | undefined {
  let byte = markLength(firstBytes)
  for (let line = 1; byte < firstBytes.length; line++) {
    const found = firstBytes.indexOf(10, byte)
    const end = found < 0 ? Math.min(firstBytes.length, HEAD_BYTES) : found
    const decoded = decodeText(firstBytes.subarray(byte, end))
    if ('reason' in decoded) return undefined
    byte = end + 1
    if (decoded.text.trim() === '') continue
    const next = Math.min(byte, firstBytes.length)
    return { ...splitHeader(decoded.text.replace(/\r$/, '')), byte: next, line: line + 1 }
  }
  return undefined
}

function splitHeader(header: string): { columns: string[]; delimiter: string } {
  let best: string[] = []
  let delimiter = ','
  for (const candidate of DELIMITERS) {
    const columns = splitFields(header, candidate)
    if (columns.length <= best.length) continue
    best = columns
    delimiter = candidate
  }
  return { columns: best.map(normalColumn), delimiter }
}

function normalColumn(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
}

function refuseHead(head: TableHead | undefined, spec: TableSpec): string | undefined {
  if (!head) return 'The first line is not a header of readable text.'
  const missing = spec.required.filter((column) => !head.columns.includes(column))
  if (missing.length > 0) return `The header lacks ${missing.join(', ')}.`
  const twice = head.columns.find((column, index) => column !== '' && head.columns.indexOf(column) !== index)
  if (twice) return `The header names the column ${twice} twice.`
  return undefined
}

function noticesOf(head: TableHead, spec: TableSpec): Notice[] {
  const unknown = head.columns.filter((column) => !spec.known.includes(column))
  return unknown.map((column) => ({
    message: `The column "${column.slice(0, 60)}" is not known and was left out.`,
    count: 1,
  }))
}

export async function* readTable(
  bytes: AsyncIterable<Uint8Array>,
  options: FormatOptions,
  spec: TableSpec,
): AsyncGenerator<FormatItem> {
  const chunks = coalesceChunks(bytes)
  let head = options.startByte ? TableHead.parse(options.context) : undefined
  let rest: Uint8Array | undefined
  let notices: Notice[] = []
  if (!head) {
    const first = (await chunks.next()).value ?? new Uint8Array(0)
    const found = readTableHead(first)
    const reason = refuseByFirstBytes(first) ?? refuseHead(found, spec)
    if (reason !== undefined || !found) return yield refuseFile(reason ?? 'The file is empty.', first)
    head = found
    rest = first.subarray(found.byte)
    notices = noticesOf(found, spec)
  }
  const start = { byte: options.startByte || head.byte, line: options.startLine ?? head.line }
  const splitter = createCsvSplitter({ delimiter: head.delimiter, columnCount: head.columns.length }, start)
  const convert = convertRecord(spec.bind(head.columns, options), head.delimiter)
  const announce = (item: FormatItem): FormatItem => {
    if (notices.length === 0) return item
    const first = { ...item, notices: [...notices, ...(item.notices ?? [])] }
    notices = []
    return first
  }
  if (rest) for (const record of splitter.push(rest)) yield announce(convert(record))
  for await (const chunk of chunks) for (const record of splitter.push(chunk)) yield announce(convert(record))
  for (const record of splitter.end()) yield announce(convert(record))
}

function convertRecord(bound: (fields: readonly string[]) => Converted, delimiter: string) {
  return (record: RawRecord): FormatItem => {
    if (record.broken !== undefined) return refuse(record, record.broken)
    const decoded = decodeText(record.bytes)
    if ('reason' in decoded) return refuse(record, decoded.reason)
    const converted = bound(splitFields(decoded.text, delimiter))
    if ('reason' in converted) return refuse(record, converted.reason)
    return { ...placeOf(record), ...converted }
  }
}
