import type { LabelEvidence } from './label-text.ts'
import { bitOf } from './lexicon.ts'
import type { Scan } from './scan-text.ts'
import { isQuestionMark } from './shape-features.ts'
import type { Token } from './split-words.ts'

const ASKS = bitOf('asks')
const REQUESTS = bitOf('requests')
/** Probability from which the question head is believed without a question mark. */
const BELIEVED = 0.8

/** Asks for an answer: a question mark after words, a request, a sentence that opens like a question. */
export function questionReason({ scan, asking }: LabelEvidence): string | undefined {
  const marked = scan.tokens.some((token, at) => isQuestionMark(token) && hasWordBefore(scan.tokens, at))
  if (marked) return 'question mark'
  const request = scan.hits.find((hit) => hit.groups & REQUESTS && !hit.negated)
  if (request && (asking === undefined || asking >= 0.4)) return `asks: "${request.text}"`
  const opening = opensLikeQuestion(scan)
  if (opening && asking !== undefined && asking >= 0.6) return `opens with "${opening}"`
  if (asking !== undefined && asking >= BELIEVED) return 'reads as a question'
  return undefined
}

function hasWordBefore(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(0, at).some((token) => token.kind === 'word' || token.kind === 'number')
}

/** The first word of a sentence, where it is one that asks. */
function opensLikeQuestion(scan: Scan): string | undefined {
  const hit = scan.hits.find((one) => one.groups & ASKS && startsSentence(scan.tokens, one.at))
  return hit?.text
}

function startsSentence(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(0, at).findLast((token) => token.kind !== 'handle' && token.kind !== 'pause')
  return before === undefined || before.kind === 'stop'
}
