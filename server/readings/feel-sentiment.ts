import type { ReadingReason, Sentiment } from '../../contract/reading.ts'
import { bitOf } from './lexicon.ts'
import type { Scan } from './scan-text.ts'
import { scoreHead } from './score-head.ts'
import type { HeadInput, HeadScore } from './score-head.ts'
import { FEELING_GROUPS, SHAPE_NAMES } from './shape-features.ts'
import type { LinearHead } from './weights-file.ts'

export interface Feeling {
  readonly sentiment: Sentiment
  /** Calibrated, of negative, neutral and positive; they add up to 1. */
  readonly probabilities: Readonly<Record<Sentiment, number>>
  readonly reasons: readonly ReadingReason[]
}

const SENTIMENTS = ['negative', 'neutral', 'positive'] as const
const COLUMNS = 2
const MOST_WORDS = 5
const MOST_SIGNS = 2
const LONGEST_DETAIL = 40
const FEELING_BITS = FEELING_GROUPS.map(bitOf)
/** In log-odds; what says less is not worth a line. */
const LEAST_WEIGHT = 0.15

export function feelSentiment(head: LinearHead, input: HeadInput, scan: Scan): Feeling {
  const score = scoreHead(head, input)
  const [negative = 0, positive = 0] = score.scores
  const odds = { negative: Math.exp(negative), neutral: 1, positive: Math.exp(positive) }
  const sum = odds.negative + odds.neutral + odds.positive
  const probabilities = {
    negative: odds.negative / sum,
    neutral: odds.neutral / sum,
    positive: odds.positive / sum,
  }
  const sentiment = likeliest(probabilities)
  return { sentiment, probabilities, reasons: explain(sentiment, score, scan) }
}

function likeliest(probabilities: Readonly<Record<Sentiment, number>>): Sentiment {
  let best: Sentiment = 'neutral'
  for (const one of SENTIMENTS) if (probabilities[one] > probabilities[best]) best = one
  return best
}

/** How far one part of the text moved the chosen sentiment away from the other two, in log-odds. */
function pushOf(sentiment: Sentiment, table: Float64Array, at: number): number {
  const negative = table[at * COLUMNS] ?? 0
  const positive = table[at * COLUMNS + 1] ?? 0
  if (sentiment === 'negative') return negative - positive / 2
  if (sentiment === 'positive') return positive - negative / 2
  return -(negative + positive) / 2
}

function explain(sentiment: Sentiment, score: HeadScore, scan: Scan): readonly ReadingReason[] {
  const pushes = scan.tokens.map((_, at) => pushOf(sentiment, score.byToken, at))
  FEELING_BITS.forEach((bit, i) => shareOut(scan, bit, pushOf(sentiment, score.byShape, i), pushes))
  const words: Weighed[] = []
  scan.tokens.forEach((token, at) => weigh(words, token.raw, pushes[at] ?? 0))
  const signs: Weighed[] = []
  for (let i = FEELING_BITS.length; i < SHAPE_NAMES.length; i++) {
    weigh(signs, SHAPE_NAMES[i] ?? '', pushOf(sentiment, score.byShape, i))
  }
  return [...strongest(words, 'word', MOST_WORDS), ...strongest(signs, 'rule', MOST_SIGNS)]
}

function weigh(parts: Weighed[], detail: string, weight: number): void {
  if (weight >= LEAST_WEIGHT) parts.push({ detail: detail.slice(0, LONGEST_DETAIL), weight })
}

/** What a group of listed words said is said by those words. */
function shareOut(scan: Scan, bit: number, push: number, pushes: number[]): void {
  if (push === 0) return
  const meant = scan.hits.filter((hit) => hit.groups & bit && !hit.negated)
  for (const hit of meant) pushes[hit.at] = (pushes[hit.at] ?? 0) + push / meant.length
}

interface Weighed {
  readonly detail: string
  readonly weight: number
}

function strongest(
  parts: readonly Weighed[],
  by: ReadingReason['by'],
  most: number,
): readonly ReadingReason[] {
  return parts
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, most)
    .map((part) => ({ about: 'sentiment', by, detail: part.detail, weight: rounded(part.weight) }))
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
