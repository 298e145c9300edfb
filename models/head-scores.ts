import { cleanText } from '../server/readings/clean-text.ts'
import { scanText } from '../server/readings/scan-text.ts'
import { scoreHead } from '../server/readings/score-head.ts'
import { shapeFeatures } from '../server/readings/shape-features.ts'
import { splitWords } from '../server/readings/split-words.ts'
import { sparseFeatures } from '../server/readings/text-features.ts'
import type { LinearHead } from '../server/readings/weights-file.ts'
import { lexiconFor } from '../server/readings/words/all-languages.ts'

/** What a packed head says of an English text, one score a column. */
export function headScores(head: LinearHead, text: string): readonly number[] {
  const clean = cleanText(text)
  const scan = scanText(splitWords(clean), lexiconFor('en'))
  return scoreHead(head, {
    features: sparseFeatures(scan),
    shape: shapeFeatures(scan, clean),
    tokenCount: scan.tokens.length,
  }).scores
}
