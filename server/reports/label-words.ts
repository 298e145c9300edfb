import type { Label } from '../../contract/reading.ts'

const words: Readonly<Record<Label, string>> = {
  question: 'Question',
  complaint: 'Complaint',
  praise: 'Praise',
  suggestion: 'Suggestion',
  purchase: 'Wish to buy',
  urgent: 'Urgent',
  noise: 'Noise',
}

/** Titles of the labels of a reading. */
export const labelWords: ReadonlyMap<string, string> = new Map(Object.entries(words))
