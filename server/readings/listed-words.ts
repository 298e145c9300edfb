import { bitOf } from './lexicon.ts'
import type { Hit, Scan } from './scan-text.ts'
import type { WordGroup } from './words/word-list.ts'

/** Words of a group that no negator turns round. */
export function meantWords(scan: Scan, group: WordGroup): readonly Hit[] {
  const bit = bitOf(group)
  return scan.hits.filter((hit) => hit.groups & bit && !hit.negated)
}

export function anyWords(scan: Scan, group: WordGroup): readonly Hit[] {
  const bit = bitOf(group)
  return scan.hits.filter((hit) => hit.groups & bit)
}

/** The first few, each once, for a reason: `"refund", "on hold"`. */
export function quoted(hits: readonly Hit[]): string {
  const words = [...new Set(hits.map((hit) => hit.text))].slice(0, 3)
  return words.map((word) => `"${word}"`).join(', ')
}
