import { eld } from 'eld/extrasmall'
import type { Token } from './split-words.ts'

/** ISO 639-2 for "undetermined". */
const UNKNOWN_LANGUAGE = 'und'

/** Fewer words than this say too little, unless the script itself tells. */
const FEWEST_WORDS = 3
/** Up to so many words eld's own score is asked for; it costs time and longer texts hardly ever miss. */
const SCORED_WORDS = 8
const LOWEST_SCORE = 0.4
/** Scripts of one language, or of few that eld tells apart by letters alone. */
const TELLING_SCRIPT =
  /[\p{sc=Greek}\p{sc=Hebrew}\p{sc=Armenian}\p{sc=Georgian}\p{sc=Thai}\p{sc=Lao}\p{sc=Ethiopic}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Gujarati}\p{sc=Gurmukhi}\p{sc=Bengali}]{2}/u
const MOST_LETTERS = 160
/** Words that no other language writing the same letters has often; three different ones are proof enough. */
const ENGLISH_WORDS = new Set(
  'the and you your this that with have has was were are what they been from but not just would there when which because about thanks please'.split(
    ' ',
  ),
)
const ENGLISH_PROOF = 3

export interface DetectedLanguage {
  /** ISO 639-1, or `und`. */
  readonly language: string
  /** Why it is so, in a few words. */
  readonly reason: string
}

/** Language of a text already split, without its links, handles, tags and figures. */
export function detectLanguage(tokens: readonly Token[], hint?: string): DetectedLanguage {
  const words = tokens.filter((token) => token.kind === 'word').map((token) => token.raw)
  const text = words.join(' ').slice(0, MOST_LETTERS)
  if (words.length < FEWEST_WORDS && !TELLING_SCRIPT.test(text)) return unsure(hint, 'fewer than three words')
  if (hasEnglishWords(words)) return { language: 'en', reason: 'its common words' }
  const found = eld.detect(text)
  if (!found.language) return unsure(hint, 'no language fits')
  if (words.length <= SCORED_WORDS && (found.getScores()[found.language] ?? 0) < LOWEST_SCORE) {
    return unsure(hint, 'no language fits well')
  }
  return { language: found.language, reason: 'its letters and word parts' }
}

/** Much quicker than letters, and right: see the decision page on reading. */
function hasEnglishWords(words: readonly string[]): boolean {
  const seen = new Set<string>()
  for (const word of words) {
    if (word.length <= 7 && ENGLISH_WORDS.has(word.toLowerCase())) seen.add(word.toLowerCase())
    if (seen.size >= ENGLISH_PROOF) return true
  }
  return false
}

function unsure(hint: string | undefined, reason: string): DetectedLanguage {
  if (hint) return { language: hint, reason: `${reason}; taken from the thread or account` }
  return { language: UNKNOWN_LANGUAGE, reason }
}
