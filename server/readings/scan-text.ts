import { bitOf, groupsOf, withoutAccents } from './lexicon.ts'
import type { Lexicon } from './lexicon.ts'
import type { Token } from './split-words.ts'
import { emojiMood } from './words/emoji.ts'
import type { EmojiMood } from './words/emoji.ts'

/** How far a negator reaches, in words. */
const REACH = 4
const NEGATORS = bitOf('negators')
const TURNS = bitOf('turns')

/** A word or phrase of the word lists, found in the text. */
export interface Hit {
  readonly text: string
  /** Bits of its groups, see lexicon.ts. */
  readonly groups: number
  readonly negated: boolean
  /** Stands after the last "but". */
  readonly afterTurn: boolean
  /** Index of its first token. */
  readonly at: number
}

/** A text once looked at: all that features and rules need. */
export interface Scan {
  readonly tokens: readonly Token[]
  /** For each token, whether a negator reaches it. */
  readonly negated: readonly boolean[]
  readonly hits: readonly Hit[]
  readonly moods: readonly EmojiMood[]
}

export function scanText(tokens: readonly Token[], lexicon: Lexicon): Scan {
  const folded = tokens.map((token) => foldedForm(token))
  const negated: boolean[] = []
  const hits: Hit[] = []
  const moods: EmojiMood[] = []
  let reach = 0
  let coveredTo = 0
  tokens.forEach((token, at) => {
    if (token.kind === 'stop' || token.kind === 'emoji') reach = 0
    negated.push(reach > 0)
    const found = coveredTo > at ? undefined : longestHit(lexicon, folded, at)
    if (found) {
      coveredTo = at + found.words
      hits.push({ text: found.text, groups: found.groups, negated: reach > 0, afterTurn: false, at })
    }
    const own = folded[at] ? groupsOf(lexicon, folded[at]) : 0
    if (reach > 0) reach--
    if (own & NEGATORS) reach = REACH
    const mood = token.kind === 'emoji' ? emojiMood(token.text) : undefined
    if (mood) moods.push(mood)
  })
  return { tokens, negated, hits: markTurn(hits), moods }
}

function foldedForm(token: Token): string {
  if (token.kind !== 'word' && token.kind !== 'tag' && token.kind !== 'number') return ''
  return withoutAccents(token.text)
}

interface Found {
  readonly text: string
  readonly groups: number
  readonly words: number
}

function longestHit(lexicon: Lexicon, folded: readonly string[], at: number): Found | undefined {
  const first = folded[at]
  if (!first) return undefined
  const longest = lexicon.phraseLengths.get(first) ?? 1
  for (let words = longest; words > 1; words--) {
    const text = phraseAt(folded, at, words)
    const groups = text ? groupsOf(lexicon, text) : 0
    if (groups) return { text, groups, words }
  }
  const groups = groupsOf(lexicon, first) || groupsOf(lexicon, afterElision(first))
  return groups ? { text: first, groups, words: 1 } : undefined
}

function phraseAt(folded: readonly string[], at: number, words: number): string {
  let text = folded[at] ?? ''
  for (let i = 1; i < words; i++) {
    const next = folded[at + i]
    if (!next) return ''
    text += ` ${next}`
  }
  return text
}

/** `l'attesa` -> `attesa`; English contractions are in the lists themselves. */
function afterElision(word: string): string {
  const cut = word.indexOf("'")
  return cut > 0 && cut < 5 ? word.slice(cut + 1) : ''
}

function markTurn(hits: readonly Hit[]): readonly Hit[] {
  const last = hits.findLastIndex((hit) => (hit.groups & TURNS) !== 0)
  return last < 0 ? hits : hits.map((hit, i) => (i > last ? { ...hit, afterTurn: true } : hit))
}
