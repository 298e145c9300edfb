/**
 * What an engagement is for. Each rule names itself and the words that made it fire; thresholds were
 * set on our own sentences (read-text.test.ts) and on the training data, see the decision page on reading.
 */
import type { Label, ReadingReason, Sentiment } from '../../contract/reading.ts'
import { anyWords, meantWords, quoted } from './listed-words.ts'
import { noiseReason } from './noise-rule.ts'
import { questionReason } from './question-rule.ts'
import type { Scan } from './scan-text.ts'

export interface LabelEvidence {
  readonly scan: Scan
  readonly text: string
  readonly probabilities: Readonly<Record<Sentiment, number>>
  /** Probability that it asks for an answer, by the question head; undefined outside English. */
  readonly asking: number | undefined
}

export interface Labelled {
  readonly labels: readonly Label[]
  readonly reasons: readonly ReadingReason[]
}

type Rule = (evidence: LabelEvidence) => string | undefined

const RULES: readonly (readonly [Label, Rule])[] = [
  ['question', questionReason],
  ['complaint', complaintReason],
  ['praise', praiseReason],
  ['suggestion', suggestionReason],
  ['purchase', purchaseReason],
  ['urgent', urgentReason],
]

export function labelText(evidence: LabelEvidence): Labelled {
  const noise = noiseReason(evidence)
  if (noise) return { labels: ['noise'], reasons: [reason('noise', noise)] }
  const labels: Label[] = []
  const reasons: ReadingReason[] = []
  for (const [label, rule] of RULES) {
    const why = rule(evidence)
    if (why === undefined) continue
    labels.push(label)
    reasons.push(reason(label, why))
  }
  return { labels, reasons }
}

function reason(about: Label, detail: string): ReadingReason {
  return { about, by: 'rule', detail, weight: 1 }
}

function complaintReason({ scan, probabilities }: LabelEvidence): string | undefined {
  const trouble = anyWords(scan, 'trouble')
  const bad = [...meantWords(scan, 'awful'), ...meantWords(scan, 'bad')]
  const { negative, positive } = probabilities
  if (trouble.length > 0 && negative >= 0.3 && positive < 0.5) return `trouble words: ${quoted(trouble)}`
  if (bad.length > 0 && negative >= 0.45) return `words of displeasure: ${quoted(bad)}`
  if (negative >= 0.6) return 'reads as negative'
  return undefined
}

function praiseReason({ scan, probabilities }: LabelEvidence): string | undefined {
  const { negative, positive } = probabilities
  const thanks = meantWords(scan, 'thanks')
  const great = [...meantWords(scan, 'great'), ...meantWords(scan, 'good')]
  if (positive < 0.5 || negative > 0.3) return undefined
  if (great.length > 0) return `words of praise: ${quoted(great)}`
  if (thanks.length > 0 && positive >= 0.6) return `words of thanks: ${quoted(thanks)}`
  if (scan.moods.some((mood) => mood === 'glad' || mood === 'loving') && positive >= 0.6)
    return 'emoji of joy'
  return positive >= 0.85 ? 'reads as positive' : undefined
}

function suggestionReason({ scan }: LabelEvidence): string | undefined {
  const wishes = anyWords(scan, 'wishes')
  return wishes.length > 0 ? `words of a wish: ${quoted(wishes)}` : undefined
}

function purchaseReason({ scan, probabilities }: LabelEvidence): string | undefined {
  const buying = meantWords(scan, 'buying')
  if (buying.length === 0 || probabilities.negative > 0.7) return undefined
  return `words of a buyer: ${quoted(buying)}`
}

function urgentReason({ scan, probabilities }: LabelEvidence): string | undefined {
  const urgent = meantWords(scan, 'urgent')
  if (urgent.length === 0 || probabilities.positive > 0.6) return undefined
  const needs = anyWords(scan, 'trouble').length > 0 || anyWords(scan, 'requests').length > 0
  if (needs || urgent.length > 1 || probabilities.negative >= 0.4)
    return `words of urgency: ${quoted(urgent)}`
  return undefined
}
