/**
 * Whole words and phrases in a text, whatever their case. A phrase begins and ends where a word does, except
 * next to a script that writes without spaces (Han, Kana, Thai, Lao, Khmer, Myanmar).
 */

const WORD = /[\p{L}\p{M}\p{N}_]/u
const WORDS = /[\p{L}\p{M}\p{N}_]+/gu
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Compatibility forms, case, apostrophes and runs of white space made alike. */
function foldText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/\s+/g, ' ')
}

/** A text made ready to be asked for many phrases. */
export interface SearchedText {
  readonly folded: string
  /** Null where words cannot be told by their spaces. */
  readonly words: ReadonlySet<string> | null
}

/** A phrase made ready to be looked for in many texts. */
export interface SoughtPhrase {
  readonly folded: string
  /** A word that a text with the phrase must have; null where the phrase has none. */
  readonly key: string | null
}

export function searchText(text: string): SearchedText {
  const folded = foldText(text)
  return { folded, words: UNSPACED.test(folded) ? null : new Set(folded.match(WORDS) ?? []) }
}

/** Throws a RangeError for a phrase of nothing but white space. */
export function seekPhrase(phrase: string): SoughtPhrase {
  const folded = foldText(phrase).trim()
  if (folded === '') throw new RangeError('nothing to look for')
  return { folded, key: folded.match(WORDS)?.[0] ?? null }
}

export function containsPhrase(text: SearchedText, phrase: SoughtPhrase): boolean {
  const { folded, words } = text
  if (words && phrase.key !== null && !words.has(phrase.key)) return false
  for (let at = folded.indexOf(phrase.folded); at >= 0; at = folded.indexOf(phrase.folded, at + 1)) {
    if (isEdge(folded, at) && isEdge(folded, at + phrase.folded.length)) return true
  }
  return false
}

/** Whether a word may begin or end between the code units before and at `index`. */
function isEdge(text: string, index: number): boolean {
  const before = characterBefore(text, index)
  const after = characterAt(text, index)
  if (!WORD.test(before) || !WORD.test(after)) return true
  return UNSPACED.test(before) || UNSPACED.test(after)
}

function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index)
  return code === undefined ? '' : String.fromCodePoint(code)
}

function characterBefore(text: string, index: number): string {
  const pair = text.codePointAt(index - 2)
  if (pair !== undefined && pair > 0xffff) return String.fromCodePoint(pair)
  return index > 0 ? characterAt(text, index - 1) : ''
}
