import { Label } from '../contract/reading.ts'
import type { Reader } from '../server/readings/create-reader.ts'
import { OWN_SENTENCES } from '../server/readings/own-sentences.ts'

export interface LabelScore {
  readonly label: Label
  /** How many of our own sentences should have it. */
  readonly count: number
  readonly precision: number
  readonly recall: number
}

/** Precision and recall of each label on our own sentences. */
export function measureLabels(read: Reader): readonly LabelScore[] {
  const found = OWN_SENTENCES.map((sentence) => read(sentence.text).labels)
  return Label.options.map((label) => {
    const count = OWN_SENTENCES.filter((sentence) => sentence.labels.includes(label)).length
    const given = found.filter((labels) => labels.includes(label)).length
    const right = OWN_SENTENCES.filter(
      (sentence, i) => sentence.labels.includes(label) && found[i]?.includes(label),
    ).length
    return { label, count, precision: right / (given || 1), recall: right / count }
  })
}
