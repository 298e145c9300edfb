import type { Reading } from '../../contract/reading.ts'
import { cleanText } from './clean-text.ts'
import { detectLanguage } from './detect-language.ts'
import { feelSentiment } from './feel-sentiment.ts'
import { labelText } from './label-text.ts'
import { scanText } from './scan-text.ts'
import { scoreHead } from './score-head.ts'
import type { HeadInput } from './score-head.ts'
import { SHAPE_NAMES, shapeFeatures } from './shape-features.ts'
import { splitWords } from './split-words.ts'
import { sparseFeatures } from './text-features.ts'
import type { Weights } from './weights-file.ts'
import { lexiconFor } from './words/all-languages.ts'

export interface ReadOptions {
  /** Language of the account or of the thread, ISO 639-1, for texts too short to tell. */
  readonly languageHint?: string
}

export type Reader = (text: string, options?: ReadOptions) => Reading

/** Pure; any string is safe to read. Throws here, once, where the weights do not fit the code. */
export function createReader(weights: Weights): Reader {
  if (weights.shapeNames.join() !== SHAPE_NAMES.join()) {
    throw new Error('reading weights were trained for other features: run `npm run train`')
  }
  return (text, options = {}) => readText(weights, cleanText(text), options)
}

function readText(weights: Weights, text: string, options: ReadOptions): Reading {
  const tokens = splitWords(text)
  const { language, reason } = detectLanguage(tokens, options.languageHint)
  const scan = scanText(tokens, lexiconFor(language))
  const isEnglish = isReadAsEnglish(language)
  const input: HeadInput = {
    features: sparseFeatures(scan),
    shape: shapeFeatures(scan, text),
    tokenCount: tokens.length,
  }
  const feeling = feelSentiment(isEnglish ? weights.sentiment : weights.foreign, input, scan)
  const asking = isEnglish ? logistic(scoreHead(weights.question, input).scores[0] ?? 0) : undefined
  const labelled = labelText({ scan, text, probabilities: feeling.probabilities, asking })
  const probability = feeling.probabilities[feeling.sentiment]
  return {
    language,
    sentiment: feeling.sentiment,
    probability: Math.round(probability * 1000) / 1000,
    abstain: probability < weights.abstainBelow,
    labels: [...labelled.labels],
    reasons: [
      ...feeling.reasons,
      ...labelled.reasons,
      { about: 'language', by: 'rule', detail: reason, weight: 1 },
    ],
    version: weights.version,
  }
}

/** The large heads know English only; texts too short to tell are mostly English here. */
function isReadAsEnglish(language: string): boolean {
  return language === 'en' || language === 'und'
}

function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score))
}
