import type { LabelEvidence } from './label-text.ts'
import { anyWords, quoted } from './listed-words.ts'
import type { Hit, Scan } from './scan-text.ts'

/** Evidence needed; a customer's message hardly ever gathers so much. */
const ENOUGH = 3
const MOST_LURES = 3

/**
 * Advertising by strangers, self-promotion, prizes. Never one sign alone: a phrase of promotion counts
 * two, luring words one each, links, money, shouting, numbers to call and piles of tags one each;
 * words of trouble, thanks or a request speak for a customer.
 */
export function noiseReason({ scan, text }: LabelEvidence): string | undefined {
  const promotion = different(anyWords(scan, 'promotion'))
  const lures = different(anyWords(scan, 'lures'))
  if (promotion.length === 0 && lures.length < 2) return undefined
  const evidence = promotion.length * 2 + Math.min(lures.length, MOST_LURES) + signsOf(scan, text)
  const least = promotion.length > 0 ? ENOUGH : ENOUGH + 1
  if (evidence - pleadings(scan) < least) return undefined
  return `words of promotion: ${quoted([...promotion, ...lures])}`
}

function different(hits: readonly Hit[]): readonly Hit[] {
  return [...new Map(hits.map((hit) => [hit.text, hit])).values()]
}

function signsOf(scan: Scan, text: string): number {
  const signs = [
    scan.tokens.some((token) => token.kind === 'link'),
    scan.tokens.filter((token) => token.kind === 'tag').length > 3,
    /[$€£]\s?\d|\d\s?[$€£]/.test(text),
    /(?<!\d)\d{5,6}(?!\d)|(?<!\d)0\d{9,10}(?!\d)|\b[18]00\b/.test(text),
    /!!|‼/.test(text),
    scan.tokens.length === 0 || scan.tokens[0]?.kind !== 'handle',
  ]
  return signs.filter(Boolean).length
}

/** What customers say and advertisers do not. */
function pleadings(scan: Scan): number {
  const isAddressed = scan.tokens[0]?.kind === 'handle' ? 1 : 0
  const asks = Math.min(anyWords(scan, 'requests').length, 1)
  return (
    anyWords(scan, 'trouble').length * 2 +
    anyWords(scan, 'thanks').length * 2 +
    anyWords(scan, 'bad').length +
    asks +
    isAddressed
  )
}
