import type { LabelEvidence } from './label-text.ts'
import { anyWords, quoted } from './listed-words.ts'

/** Evidence needed; a customer's message hardly ever gathers so much. */
const ENOUGH = 3

/**
 * Advertising by strangers, self-promotion, prizes. Never one sign alone: phrases of promotion count two,
 * links, shouted figures and piles of tags one each; words of trouble or a request speak for a customer.
 */
export function noiseReason({ scan, text }: LabelEvidence): string | undefined {
  const promotion = anyWords(scan, 'promotion')
  if (promotion.length === 0) return undefined
  const links = scan.tokens.filter((token) => token.kind === 'link').length
  const tags = scan.tokens.filter((token) => token.kind === 'tag').length
  const signs = [
    new Set(promotion.map((hit) => hit.text)).size * 2,
    links > 0 ? 1 : 0,
    tags > 3 ? 1 : 0,
    /[$€£]\s?\d|\d\s?(?:%|[$€£])|\d{5,}/.test(text) ? 1 : 0,
    /!!|‼/.test(text) ? 1 : 0,
  ]
  const against = anyWords(scan, 'trouble').length * 2 + anyWords(scan, 'thanks').length
  const evidence = signs.reduce((sum, sign) => sum + sign, 0) - against
  return evidence >= ENOUGH ? `words of promotion: ${quoted(promotion)}` : undefined
}
