// Limits on a mail before anybody takes it apart: a mail is bytes of a stranger, and taking one apart costs time for
// each part, each nesting and each header.

export interface Bounded {
  readonly bytes: Uint8Array
  /** What was left out; null where nothing was. */
  readonly cut: string | null
}

export const mostBytes = 25 * 1024 * 1024
/** Lines that may be borders between parts. */
const mostBorders = 1_000
/** All headers of all parts together, as the parser counts them. */
export const mostHeaderBytes = 256 * 1024
export const deepestParts = 30
export const deepestMails = 2

const newline = 10
const dash = 45

/** The mail up to its limits; the beginning is always kept. */
export function boundMail(bytes: Uint8Array): Bounded {
  const short = bytes.length > mostBytes ? bytes.subarray(0, mostBytes) : bytes
  const end = endOfBorders(short)
  if (end < short.length) {
    return { bytes: short.subarray(0, end), cut: `more than ${mostBorders} parts` }
  }
  return { bytes: short, cut: short === bytes ? null : 'more than 25 MiB' }
}

function endOfBorders(bytes: Uint8Array): number {
  let borders = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) {
    if (bytes[at + 1] !== dash || bytes[at + 2] !== dash) continue
    borders += 1
    if (borders > mostBorders) return at
  }
  return bytes.length
}

/** The headers alone, at most `most` bytes. */
export function headOf(bytes: Uint8Array, most: number): Uint8Array {
  const within = bytes.subarray(0, most)
  for (let at = within.indexOf(newline); at >= 0; at = within.indexOf(newline, at + 1)) {
    const next = within[at + 1] === 13 ? at + 2 : at + 1
    if (within[next] === newline) return within.subarray(0, next + 1)
  }
  return within
}
