/**
 * Features of a text for the linear heads.
 *
 * Sparse: hashed word 1-2-grams (a word in reach of a negator is another word) and character
 * 3-4-grams inside words, each kind scaled by 1/sqrt of its count so that long texts do not shout.
 * Dense: what the word lists, emoji and the shape of the writing tell (shape-features.ts).
 */
import { finishHash, HASH_START, hashMore, hashUnit } from './hash-text.ts'
import type { Scan } from './scan-text.ts'
import type { Token } from './split-words.ts'

export interface SparseFeatures {
  /** Hashes, 32 bits unsigned; a head keeps as many low bits as it has buckets. */
  readonly hashes: readonly number[]
  /** Token that each feature belongs to, for explanations. */
  readonly owners: readonly number[]
  /** How many of them, from the start, are word features; the rest are character features. */
  readonly wordCount: number
}

const WORD_SEED = hashUnit(HASH_START, 1)
const PAIR_SEED = hashUnit(HASH_START, 2)
const LETTER_SEED = hashUnit(HASH_START, 3)
const NEGATED = 0x21
const EDGE = 0x5f
const LONGEST_WORD = 24
/** More words than this add nothing to what a text means and only cost time. */
const MOST_TOKENS = 300

export function sparseFeatures(scan: Scan): SparseFeatures {
  const hashes: number[] = []
  const owners: number[] = []
  const size = Math.min(scan.tokens.length, MOST_TOKENS)
  addWords(scan, size, hashes, owners)
  const wordCount = hashes.length
  for (let at = 0; at < size; at++) {
    const token = scan.tokens[at]
    if (token && (token.kind === 'word' || token.kind === 'tag')) addLetters(token.text, at, hashes, owners)
  }
  return { hashes, owners, wordCount }
}

function addWords(scan: Scan, size: number, hashes: number[], owners: number[]): void {
  let before = hashMore(PAIR_SEED, '^')
  for (let at = 0; at < size; at++) {
    const token = scan.tokens[at]
    if (!token || isSkipped(token)) continue
    const text = wordForm(token)
    const own = hashMore(WORD_SEED, text)
    hashes.push(finishHash(scan.negated[at] ? hashUnit(own, NEGATED) : own))
    owners.push(at)
    hashes.push(finishHash(hashMore(hashUnit(before, 0x20), text)))
    owners.push(at)
    before = hashMore(PAIR_SEED, text)
  }
}

function isSkipped(token: Token): boolean {
  return token.kind === 'handle' || token.kind === 'pause'
}

/** Figures count as figures, not each as a word of its own. */
function wordForm(token: Token): string {
  if (token.kind === 'number') return token.text.endsWith('%') ? '0%' : '0'
  if (token.kind === 'stop') return token.text.slice(0, 2)
  return token.text
}

function addLetters(word: string, at: number, hashes: number[], owners: number[]): void {
  const length = Math.min(word.length, LONGEST_WORD)
  for (let start = -1; start < length - 1; start++) {
    let hash = LETTER_SEED
    const end = Math.min(start + 4, length + 1)
    for (let i = start; i < end; i++) {
      hash = hashUnit(hash, i < 0 || i >= length ? EDGE : word.charCodeAt(i))
      if (i - start < 2) continue
      hashes.push(finishHash(hash))
      owners.push(at)
    }
  }
}
