import { coalesceChunks } from './coalesce-chunks.ts'
import type { FormatItem, FormatOptions } from './format.ts'
import type { RawRecord, Splitter } from './raw-record.ts'
import { markLength, refuseByFirstBytes, refuseFile } from './refuse-file.ts'
import type { SplitStart } from './split-records.ts'

/** Chooses how to split by the first bytes; a string says why the file cannot be read. Resumed: no first bytes. */
export type ChooseSplitter = (start: SplitStart, firstBytes: Uint8Array | undefined) => Splitter | string

export type ConvertRecord = (record: RawRecord) => FormatItem | Promise<FormatItem>

/** Drives a splitter over a file: judges its first bytes, skips a byte order mark, converts each record. */
export async function* readSplit(
  bytes: AsyncIterable<Uint8Array>,
  options: FormatOptions,
  choose: ChooseSplitter,
  convert: ConvertRecord,
): AsyncGenerator<FormatItem> {
  const chunks = coalesceChunks(bytes)
  const startByte = options.startByte ?? 0
  let body: Uint8Array | undefined
  let mark = 0
  if (startByte === 0) {
    const first: Uint8Array = (await chunks.next()).value ?? new Uint8Array(0)
    const reason = refuseByFirstBytes(first)
    if (reason !== undefined) return yield refuseFile(reason, first)
    mark = markLength(first)
    body = first.subarray(mark)
  }
  const splitter = choose({ byte: startByte + mark, line: options.startLine ?? 1 }, body)
  if (typeof splitter === 'string') return yield refuseFile(splitter, body ?? new Uint8Array(0))
  if (body) for (const record of splitter.push(body)) yield await convert(record)
  for await (const chunk of chunks) for (const record of splitter.push(chunk)) yield await convert(record)
  for (const record of splitter.end()) yield await convert(record)
}
