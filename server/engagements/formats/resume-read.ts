import type { Format, FormatItem, FormatOptions } from './format.ts'
import type { Archive } from './read-archive.ts'
import { readArchive } from './read-archive.ts'
import { HEAD_BYTES } from './format.ts'
import { countNewlines } from './split-records.ts'

/** Opens the file at an offset. */
export type OpenBytes = (startByte: number) => AsyncIterable<Uint8Array>

/**
 * Reads a file from its beginning, or from `startByte`, a `byteEnd` that an earlier read handed out: the head
 * is read again for what the format must know of it. Without `startLine` the lines before are counted.
 */
export async function* resumeRead(
  format: Format,
  open: OpenBytes,
  options: Omit<FormatOptions, 'context'>,
): AsyncGenerator<FormatItem> {
  const { startByte = 0 } = options
  if (format.isReadWhole) return yield* readWhole(format, open, options)
  if (startByte === 0) return yield* format.read(open(0), options)
  const context = format.readContext(await readFirst(open(0), HEAD_BYTES))
  const startLine = options.startLine ?? (await lineAt(open(0), startByte))
  yield* format.read(open(startByte), { ...options, context, startLine })
}

/** Likewise of an archive. */
export async function* resumeArchive(
  format: Format,
  archive: Archive,
  options: Omit<FormatOptions, 'context'>,
): AsyncGenerator<FormatItem> {
  const { startByte = 0 } = options
  const anew = { ...options, startByte: 0, startLine: 1 }
  for await (const item of readArchive(format, archive, anew)) if (item.byteEnd > startByte) yield item
}

async function* readWhole(
  format: Format,
  open: OpenBytes,
  options: Omit<FormatOptions, 'context'>,
): AsyncGenerator<FormatItem> {
  const { startByte = 0 } = options
  const anew = { ...options, startByte: 0, startLine: 1 }
  const found = await format.survey?.(open(0), anew)
  for await (const item of format.read(open(0), { ...anew, ...found })) {
    if (item.byteEnd > startByte || item.byteEnd === 0) yield item
  }
}

async function readFirst(bytes: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> {
  const head = new Uint8Array(size)
  let filled = 0
  for await (const chunk of bytes) {
    const part = chunk.subarray(0, size - filled)
    head.set(part, filled)
    filled += part.length
    if (filled === size) break
  }
  return head.subarray(0, filled)
}

async function lineAt(bytes: AsyncIterable<Uint8Array>, byte: number): Promise<number> {
  let line = 1
  let left = byte
  for await (const chunk of bytes) {
    line += countNewlines(chunk, 0, Math.min(left, chunk.length))
    left -= chunk.length
    if (left <= 0) break
  }
  return line
}
