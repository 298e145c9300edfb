// A post holds 300 graphemes and 3,000 bytes (lexicon app.bsky.feed.post). A longer text becomes a thread of parts, cut
// where a sentence ends, else between words, else between signs; never within a link that a part could hold.
import type { Preview } from '../acting.ts'

const most = { graphemes: 300, bytes: 3_000, parts: 25 }
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

export interface Range {
  readonly start: number
  readonly end: number
}

/** A piece of a text; `start` is where it stands in the whole, in UTF-16 units. */
export interface Part {
  readonly text: string
  readonly start: number
}

/** The text as it is counted, split and sent. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replaceAll('\0', '').trim()
}

export function countGraphemes(text: string): number {
  let count = 0
  for (const _ of graphemes.segment(text)) count += 1
  return count
}

const links = /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"'`]+/giu

/** Web addresses in a text, without the punctuation after them. */
export function findLinks(text: string): readonly Range[] {
  return [...text.matchAll(links)].map((match) => {
    const closes = match[0].includes('(') ? /[.,;:!?\]}…]+$/u : /[.,;:!?)\]}…]+$/u
    return { start: match.index, end: match.index + match[0].replace(closes, '').length }
  })
}

/** `clean` as `cleanText` gives it. At least one part; the parts lose nothing but white space between them. */
export function splitText(clean: string): readonly Part[] {
  const whole = findLinks(clean)
  const parts: Part[] = []
  let start = 0
  while (start < clean.length) {
    const end = endOfPart(clean, start, whole)
    const piece = clean.slice(start, end)
    const text = piece.trim()
    if (text !== '') parts.push({ text, start: start + piece.indexOf(text) })
    start = end
  }
  return parts.length === 0 ? [{ text: '', start: 0 }] : parts
}

function endOfPart(text: string, start: number, whole: readonly Range[]): number {
  const full = endOfWindow(text, start)
  if (full === text.length) return full
  const cut = niceCut(text, start, full)
  const link = whole.find((range) => range.start < cut && cut < range.end)
  if (link === undefined) return cut
  return link.start > start ? link.start : full
}

/** As many graphemes as a post holds, white space at its beginning not counted. */
function endOfWindow(text: string, start: number): number {
  let count = 0
  let bytes = 0
  let end = start
  for (const { segment } of graphemes.segment(text.slice(start, start + most.bytes * 2))) {
    const isLeading = bytes === 0 && segment.trim() === ''
    const size = isLeading ? 0 : Buffer.byteLength(segment)
    if (count === most.graphemes || bytes + size > most.bytes) break
    count += isLeading ? 0 : 1
    bytes += size
    end += segment.length
  }
  // One sign of more than a whole post: cut between its code points.
  return end > start ? end : endOfBytes(text, start)
}

function endOfBytes(text: string, start: number): number {
  let bytes = 0
  let end = start
  for (const point of text.slice(start, start + most.bytes)) {
    bytes += Buffer.byteLength(point)
    if (bytes > most.bytes) break
    end += point.length
  }
  return end
}

/** The end of the last sentence that leaves a part of some size, else of the last word. */
function niceCut(text: string, start: number, full: number): number {
  const piece = text.slice(start, full)
  const least = piece.length / 3
  let cut = 0
  for (const { index } of sentences.segment(text.slice(start, full + 1)))
    if (index <= piece.length) cut = index
  if (cut >= least) return start + cut
  const word = Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\n'), piece.lastIndexOf('\t'))
  return word > 0 && piece.slice(0, word).trim() !== '' ? start + word : full
}

export function previewText(text: string): Preview {
  const clean = cleanText(text)
  const length = countGraphemes(clean)
  const parts = splitText(clean).map((part) => part.text)
  const { graphemes: max } = most
  if (parts.length === 1) return { length, max, warnings: [], parts }
  if (parts.length <= most.parts)
    return { length, max, warnings: [`Becomes a thread of ${parts.length} posts.`], parts }
  return { length, max, warnings: [`Too long: ${parts.length} posts, and a thread holds ${most.parts}.`] }
}

/** Null where it does not fit into one thread. */
export function partsToSend(text: string): readonly Part[] | null {
  const parts = splitText(cleanText(text))
  return parts.length > most.parts ? null : parts
}
