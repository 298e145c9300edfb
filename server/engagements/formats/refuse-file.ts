import type { RefusedItem } from './format.ts'
import { cleanExcerpt } from './clean-excerpt.ts'

const SIGNATURES: readonly (readonly [readonly number[], string])[] = [
  [[0xff, 0xfe], 'The file is encoded as UTF-16. Save it as UTF-8 and import it again.'],
  [[0xfe, 0xff], 'The file is encoded as UTF-16. Save it as UTF-8 and import it again.'],
  [
    [0x50, 0x4b, 0x03, 0x04],
    'The file is a workbook or a ZIP archive. Save the sheet as CSV (UTF-8), or unpack the archive, and import that.',
  ],
  [[0x1f, 0x8b], 'The file is compressed with gzip. Unpack it and import the result.'],
]

/** Why a file cannot be read at all, judged by its first bytes; undefined when it may be. */
export function refuseByFirstBytes(firstBytes: Uint8Array): string | undefined {
  if (firstBytes.length === 0) return 'The file is empty.'
  for (const [signature, reason] of SIGNATURES) {
    if (signature.every((byte, index) => firstBytes[index] === byte)) return reason
  }
  if (looksLikeUtf16(firstBytes))
    return 'The file is encoded as UTF-16. Save it as UTF-8 and import it again.'
  return undefined
}

function looksLikeUtf16(firstBytes: Uint8Array): boolean {
  const sample = firstBytes.subarray(0, 64)
  if (sample.length < 8) return false
  let zeros = 0
  for (const byte of sample) if (byte === 0) zeros++
  return zeros * 2.5 >= sample.length
}

export function refuseFile(reason: string, firstBytes: Uint8Array): RefusedItem {
  const place = { line: 1, nextLine: 1, byteStart: 0, byteEnd: 0 }
  return { ...place, reason, excerpt: cleanExcerpt(firstBytes), wholeFile: true }
}

/** Length of a UTF-8 byte order mark at the beginning. */
export function markLength(firstBytes: Uint8Array): number {
  return firstBytes[0] === 0xef && firstBytes[1] === 0xbb && firstBytes[2] === 0xbf ? 3 : 0
}
