import { expect, test } from 'vitest'
import { OWN_SENTENCES } from '../server/readings/own-sentences.ts'
import { ownExamples } from './own-examples.ts'
import { seededRandom } from './seeded-random.ts'

test('templates are spoken out in full, the same for the same seed', () => {
  const examples = ownExamples(seededRandom(1))
  expect(examples.every((example) => !/[{}|]/.test(example.text) && example.text !== '')).toBe(true)
  expect(ownExamples(seededRandom(1))).toEqual(examples)
})

test('no sentence that tests the reader was made for its training', () => {
  const spoken = new Set(ownExamples(seededRandom(20)).map((example) => bare(example.text)))
  expect(OWN_SENTENCES.filter((sentence) => spoken.has(bare(sentence.text)))).toEqual([])
})

function bare(text: string): string {
  return text
    .replace(/@\w+/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
}
