// Limits on a mail before anybody takes it apart: a mail is bytes of a stranger, and taking one apart costs time for
// each part, each line, each end of an encoded run, each nesting and each header.

export interface Bounded {
  readonly bytes: Uint8Array
  /** What was left out; null where nothing was. */
  readonly cut: string | null
}

export const mostBytes = 25 * 1024 * 1024
/** All headers of all parts together, as the parser counts them. */
export const mostHeaderBytes = 128 * 1024
export const deepestParts = 30
export const deepestMails = 2

const newline = 10
const dash = 45
const equals = 61

/** Lines that may be borders between parts. */
const mostBorders = 1_000
/** 25 MB of base64 have 345,000. */
const mostLines = 400_000
/** Shorter lines are no base64, but words; a book has fewer. */
const shortLine = 40
const mostShortLines = 60_000
/** Base64 ends with them; quoted-printable has one for each sign beyond ASCII. */
const mostEquals = 100_000

/** The mail up to its limits; the beginning is always kept. */
export function boundMail(bytes: Uint8Array): Bounded {
  const short = bytes.length > mostBytes ? bytes.subarray(0, mostBytes) : bytes
  const lines = endOfLines(short)
  const signs = endOfSign(short.subarray(0, lines.end), equals, mostEquals)
  if (signs < lines.end) return { bytes: short.subarray(0, signs), cut: 'too much encoding' }
  if (lines.end < short.length) return { bytes: short.subarray(0, lines.end), cut: lines.why }
  return { bytes: short, cut: short === bytes ? null : 'more than 25 MiB' }
}

function endOfLines(bytes: Uint8Array): { readonly end: number; readonly why: string } {
  let borders = 0
  let lines = 0
  let short = 0
  let before = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) {
    lines += 1
    if (at - before < shortLine) short += 1
    before = at
    if (lines > mostLines || short > mostShortLines) return { end: at, why: 'too many lines' }
    if (bytes[at + 1] !== dash || bytes[at + 2] !== dash) continue
    borders += 1
    if (borders > mostBorders) return { end: at, why: `more than ${mostBorders} parts` }
  }
  return { end: bytes.length, why: '' }
}

function endOfSign(bytes: Uint8Array, sign: number, most: number): number {
  let count = 0
  for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1)) {
    count += 1
    if (count > most) return at
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
