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
  const shapes = SHAPE_NAMES.map((name, i) => ({ name, push: pushOf(sentiment, score.byShape, i) }))
  const pushes = scan.tokens.map((_, at) => pushOf(sentiment, score.byToken, at))
  FEELING_GROUPS.forEach((group, i) => shareOut(scan, bitOf(group), shapes[i]?.push ?? 0, pushes))
  const words = scan.tokens.map((token, at) => ({ detail: token.raw, weight: pushes[at] ?? 0 }))
  const signs = shapes.slice(FEELING_GROUPS.length).map((shape) => ({ detail: shape.name, weight: shape.push }))
  return [...strongest(words, 'word', MOST_WORDS), ...strongest(signs, 'rule', 2)]
}

/** What a group of listed words said is said by those words. */
function shareOut(scan: Scan, bit: number, push: number, pushes: number[]): void {
  const meant = scan.hits.filter((hit) => hit.groups & bit && !hit.negated)
  for (const hit of meant) pushes[hit.at] = (pushes[hit.at] ?? 0) + push / meant.length
}

interface Weighed {
  readonly detail: string
  readonly weight: number
}

function strongest(parts: readonly Weighed[], by: ReadingReason['by'], most: number): readonly ReadingReason[] {
  return parts
    .filter((part) => part.weight >= LEAST_WEIGHT)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, most)
    .map((part) => ({ about: 'sentiment', by, detail: part.detail, weight: rounded(part.weight) }))
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
