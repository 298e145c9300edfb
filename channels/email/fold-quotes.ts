// What a mail says anew, apart from what it repeats of earlier mails (quotes) and of its writer (signature). Knows
// quotes by ">" (RFC 3676 4.5), Outlook's header block and divider, lines that say who wrote, and "-- " (RFC 3676
// 4.3). Each line is looked at a fixed number of times, so that no mail makes it slow.
import {
  attributionOpenings,
  attributionVerbs,
  dateLabels,
  deviceSignatures,
  forwardDividers,
  fromLabels,
  originalDividers,
  subjectLabels,
  toLabels,
} from './quote-words.ts'

export interface Folded {
  readonly text: string
  /** Nothing is new in it; `text` is the whole. */
  readonly isOldOnly: boolean
  /** Whether anything was folded away. */
  readonly hasQuote: boolean
  readonly hasSignature: boolean
}

interface Segment {
  readonly isQuote: boolean
  readonly lines: readonly string[]
}

/** Of quoted words between two answers so many lines are kept: enough to see what is answered. */
const contextLines = 4
const longestAttribution = 3
const longestHeaderBlock = 8
const longestSignature = 15

/** The new words of a mail. Inline answers keep the lines that they answer; a mail of quotes only stays whole. */
export function foldQuotes(whole: string): Folded {
  const lines = whole.replaceAll('\r\n', '\n').split('\n')
  const end = findOldMail(lines)
  const split = splitSegments(lines.slice(0, end))
  const signed = split.map((segment) => (segment.isQuote ? segment : withoutSignature(segment)))
  const hasSignature = signed.some((segment, index) => segment !== split[index])
  const said = keepContext(dropOuterQuotes(signed.filter(isSaid)))
  const text = join(said)
  if (text === '') return { text: whole.trim(), isOldOnly: true, hasQuote: false, hasSignature: false }
  const hasQuote = end < lines.length || split.some((segment) => segment.isQuote)
  return { text, isOldOnly: false, hasQuote, hasSignature }
}

function isSaid({ isQuote, lines }: Segment): boolean {
  return isQuote || lines.some((line) => line.trim() !== '')
}

function join(segments: readonly Segment[]): string {
  return segments
    .map(({ lines }) => lines.join('\n').trim())
    .filter((text) => text !== '')
    .join('\n\n')
}

// Where the old mail begins -----------------------------------------------------------------------------------------

/** The line from which on everything is an earlier mail without ">"; the number of lines where nothing is. */
function findOldMail(lines: readonly string[]): number {
  for (const [index, line] of lines.entries()) {
    if (isQuoteLine(line) || line.trim() === '') continue
    const divider = dividerWords(line)
    if (divider !== null && forwardDividers.has(divider)) return lines.length
    const isOld =
      (divider !== null && originalDividers.has(divider)) ||
      isHeaderBlock(lines, index) ||
      (isRule(line) && isHeaderBlock(lines, nextSaid(lines, index + 1))) ||
      isBareAttribution(lines, index)
    if (isOld && lines.slice(0, index).some((before) => before.trim() !== '')) return index
  }
  return lines.length
}

/** The words between dashes, or before a colon, of a line that divides; null for any other line. */
function dividerWords(line: string): string | null {
  const plain = line.trim()
  if (plain.length > 120) return null
  if (plain.startsWith('--')) return stripEdges(plain, '-').toLowerCase()
  if (plain.endsWith(':')) return plain.slice(0, -1).trim().toLowerCase()
  return null
}

function stripEdges(text: string, sign: string): string {
  let from = 0
  let to = text.length
  while (from < to && text[from] === sign) from += 1
  while (to > from && text[to - 1] === sign) to -= 1
  return text.slice(from, to).trim()
}

function isRule(line: string): boolean {
  const plain = line.trim()
  return plain.length >= 10 && (stripEdges(plain, '_') === '' || stripEdges(plain, '-') === '')
}

function nextSaid(lines: readonly string[], from: number): number {
  let index = from
  while (index < lines.length && index < from + 3 && (lines[index] ?? '').trim() === '') index += 1
  return index
}

/** "From:" with a time and a receiver or subject close below, in one language or another. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (!fromLabels.has(labelOf(lines[at] ?? ''))) return false
  const labels = lines.slice(at + 1, at + longestHeaderBlock).map(labelOf)
  const hasDate = labels.some((label) => dateLabels.has(label))
  return hasDate && labels.some((label) => toLabels.has(label) || subjectLabels.has(label))
}

function labelOf(line: string): string {
  const head = line.slice(0, 60).replaceAll(/[*_\u200e\u200f]/g, '')
  const colon = head.search(/[:：]/)
  return colon < 1 || colon > 25 ? '' : head.slice(0, colon).trim().toLowerCase()
}

/** Who wrote what follows though no ">" follows, as Yahoo and telephones write it: with a time or an address in it. */
function isBareAttribution(lines: readonly string[], at: number): boolean {
  if (!opensAttribution(plainLine(lines[at]))) return false
  for (let length = 1; length <= longestAttribution; length += 1) {
    const joined = lines
      .slice(at, at + length)
      .join(' ')
      .trim()
      .toLowerCase()
    if (joined.length > 300) return false
    if (!/[:：]$/.test(joined)) continue
    if (isQuoteLine(lines[nextSaid(lines, at + length)] ?? '')) return false
    const isDated = /\d[:.h]\d\d|@/.test(joined) && /\d/.test(joined)
    return isDated && attributionVerbs.some((verb) => joined.includes(verb))
  }
  return false
}

/** A line as it is compared: small letters, without marks of direction. */
function plainLine(line: string | undefined): string {
  const start = (line ?? '').slice(0, 1_000)
  return start
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .toLowerCase()
}

function opensAttribution(line: string): boolean {
  return attributionOpenings.some((opening) => line.startsWith(opening))
}

// Quotes by ">" -----------------------------------------------------------------------------------------------------

function isQuoteLine(line: string): boolean {
  return /^ {0,3}>/.test(line)
}

/** New words and quotes in turn; who wrote a quote counts to the quote, empty lines inside a quote too. */
function splitSegments(lines: readonly string[]): readonly Segment[] {
  const segments: { isQuote: boolean; lines: string[] }[] = []
  for (const line of lines) {
    const isQuote = isQuoteLine(line)
    const last = segments.at(-1)
    if (last === undefined || last.isQuote !== isQuote) segments.push({ isQuote, lines: [line] })
    else last.lines.push(line)
  }
  return joinBroken(segments).map((segment, index, all) =>
    !segment.isQuote && all[index + 1]?.isQuote === true ? withoutAttribution(segment) : segment,
  )
}

/** Quotes with nothing but empty lines between them are one. */
function joinBroken(segments: readonly Segment[]): readonly Segment[] {
  const joined: { isQuote: boolean; lines: string[] }[] = []
  for (const [index, segment] of segments.entries()) {
    const last = joined.at(-1)
    const isGap =
      !segment.isQuote &&
      last?.isQuote === true &&
      segments[index + 1]?.isQuote === true &&
      segment.lines.every((line) => line.trim() === '')
    if (last !== undefined && (isGap || last.isQuote === segment.isQuote)) last.lines.push(...segment.lines)
    else joined.push({ isQuote: segment.isQuote, lines: [...segment.lines] })
  }
  return joined
}

function withoutAttribution(segment: Segment): Segment {
  const { lines } = segment
  let last = lines.length - 1
  while (last >= 0 && (lines[last] ?? '').trim() === '') last -= 1
  const closing = plainLine(lines[last])
  if (!/[:：]$/.test(closing) && !attributionVerbs.some((verb) => closing.endsWith(verb))) return segment
  for (let first = last; first > last - longestAttribution && first >= 0; first -= 1) {
    const line = plainLine(lines[first])
    if (line === '') break
    const joined = lines.slice(first, last + 1).join(' ')
    if (opensAttribution(line) && /\d|@/.test(joined)) return { ...segment, lines: lines.slice(0, first) }
  }
  const isNamed =
    /@|\d{4}|\d[:.]\d\d/.test(closing) || attributionVerbs.some((verb) => closing.includes(verb))
  return isNamed ? { ...segment, lines: lines.slice(0, last) } : segment
}

/** Quotes above the first and below the last new words are what was said before. */
function dropOuterQuotes(segments: readonly Segment[]): readonly Segment[] {
  const first = segments.findIndex((segment) => !segment.isQuote)
  const last = segments.findLastIndex((segment) => !segment.isQuote)
  return first < 0 ? [] : segments.slice(first, last + 1)
}

function keepContext(segments: readonly Segment[]): readonly Segment[] {
  return segments.map((segment) => {
    if (!segment.isQuote) return segment
    const direct = segment.lines.filter((line) => /^ {0,3}> ?[^>\s]/.test(line))
    return { ...segment, lines: direct.slice(-contextLines) }
  })
}

// Signatures --------------------------------------------------------------------------------------------------------

function withoutSignature(segment: Segment): Segment {
  const marked = segment.lines.findIndex(
    (line, index) =>
      line === '-- ' || (line.trim() === '--' && segment.lines.length - index <= longestSignature),
  )
  const lines = marked > 0 ? segment.lines.slice(0, marked) : segment.lines
  const kept = withoutDevice(lines)
  return kept.length === segment.lines.length ? segment : { ...segment, lines: kept }
}

function withoutDevice(lines: readonly string[]): readonly string[] {
  let last = lines.length - 1
  while (last >= 0 && (lines[last] ?? '').trim() === '') last -= 1
  const line = (lines[last] ?? '')
    .trim()
    .replace(/^[[<*_]+/, '')
    .toLowerCase()
  const isDevice = last > 0 && line.length <= 160 && deviceSignatures.some((start) => line.startsWith(start))
  if (!isDevice) return lines
  let end = last
  while (end > 0 && ((lines[end - 1] ?? '').trim() === '' || isRule(lines[end - 1] ?? ''))) end -= 1
  return end === 0 ? lines : lines.slice(0, end)
}
