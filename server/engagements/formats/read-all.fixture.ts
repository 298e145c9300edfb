import type { Format, FormatItem, FormatOptions, ParsedItem, RefusedItem } from './format.ts'
import { isRefused } from './format.ts'

export const NOW = Date.UTC(2026, 0, 1)

export function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

/** The content in chunks of `size` bytes, as a file stream would hand it over. */
export async function* chunked(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}

export interface ReadAll {
  readonly items: readonly FormatItem[]
  readonly parsed: readonly ParsedItem[]
  readonly refused: readonly RefusedItem[]
}

export async function readAll(
  format: Format,
  content: string | Uint8Array,
  options: Partial<FormatOptions> & { readonly chunkSize?: number } = {},
): Promise<ReadAll> {
  const bytes = toBytes(content)
  const from = bytes.subarray(options.startByte ?? 0)
  const context = options.startByte ? format.readContext(bytes) : undefined
  const chunks = chunked(from, options.chunkSize ?? 65_536)
  const items: FormatItem[] = []
  for await (const item of format.read(chunks, { now: NOW, context, ...options })) items.push(item)
  const parsed = items.flatMap((item) => (isRefused(item) ? [] : [item]))
  return { items, parsed, refused: items.filter(isRefused) }
}
