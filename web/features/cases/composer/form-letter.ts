/**
 * Whether an answer reads like a form letter: much of it is stock phrases, and nothing in it takes up the
 * customer's own words. A pointer before sending, never a bar. Words shorter than four letters and the
 * commonest words do not count as taken up.
 */
import { commonWords, stockPhrases } from './stock-phrases.ts'

export interface FormLetterCheck {
  readonly isFormLetter: boolean
  /** Stock phrases found, as written. */
  readonly phrases: readonly string[]
  /** Share of the answer's words that stand in stock phrases, 0 to 1. */
  readonly share: number
  /** Words of the customer that the answer takes up. */
  readonly takenUp: readonly string[]
}

const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu

function wordsOf(text: string): string[] {
  return [...text.toLowerCase().replaceAll('’', "'").matchAll(wordPattern)].map((match) => match[0])
}

function contentWords(text: string): Set<string> {
  return new Set(wordsOf(text).filter((word) => word.length > 3 && !commonWords.has(word)))
}

/** "ordered" and "order" are the same word for this purpose. */
function isSameWord(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.length > 3 && long.startsWith(short) && long.length - short.length <= 3
}

function phrasesIn(words: readonly string[]): { phrases: string[]; covered: number } {
  const isCovered = Array.from({ length: words.length }, () => false)
  const phrases: string[] = []
  for (const phrase of stockPhrases) {
    for (let start = 0; start + phrase.length <= words.length; start += 1) {
      if (!phrase.every((word, offset) => words[start + offset] === word)) continue
      phrases.push(phrase.join(' '))
      isCovered.fill(true, start, start + phrase.length)
    }
  }
  return { phrases, covered: isCovered.filter(Boolean).length }
}

/** Compares an answer with stock phrases and with what the customer wrote. */
export function checkFormLetter(answer: string, customer: string): FormLetterCheck {
  const words = wordsOf(answer)
  const { phrases, covered } = phrasesIn(words)
  const share = words.length === 0 ? 0 : covered / words.length
  const mine = [...contentWords(answer)]
  const takenUp = [...contentWords(customer)].filter((word) => mine.some((own) => isSameWord(own, word)))
  const isMostlyStock = share >= 0.4
  const isStockOnly = takenUp.length === 0 && (phrases.length >= 2 || share >= 0.25)
  return { isFormLetter: phrases.length > 0 && (isMostlyStock || isStockOnly), phrases, share, takenUp }
}
