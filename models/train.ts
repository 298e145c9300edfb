/**
 * `npm run train [folder of the data]`: trains the heads that ship, writes models/weights/reader.bin and
 * models/MODEL_CARD.md. The same data and code give the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { encodeWeights } from '../server/readings/weights-file.ts'
import type { Weights } from '../server/readings/weights-file.ts'
import { SHAPE_NAMES } from '../server/readings/shape-features.ts'
import { readRated, readRequests, readTweets } from './examples.ts'
import { modelCard } from './model-card.ts'
import { ownExamples } from './own-examples.ts'
import { questionExamples } from './question-examples.ts'
import { measureReader } from './measure-reader.ts'
import { seededRandom } from './seeded-random.ts'
import { trainQuestion } from './train-question.ts'
import {
  prepareEnglish,
  prepareForeign,
  temperatureOn,
  trainEnglish,
  trainForeign,
} from './train-sentiment.ts'

const VERSION = 'reader-1'
/** Every twentieth tweet is kept from a first training, to find the temperature; the second sees all. */
const HELD_OUT_EVERY = 20
/** A sentiment that is less likely right than wrong should not be believed. */
const ABSTAIN_BELOW = 0.5

const folder = process.argv[2] ?? fileURLToPath(new URL('../../shared/data', import.meta.url))
const startedAt = performance.now()
const random = seededRandom(20)
const tweets = readTweets(folder, 'train')
const heldOut = tweets.filter((_, i) => i % HELD_OUT_EVERY === 0)
const others = [...readRated(folder), ...readRequests(folder), ...ownExamples(random)]
const learned = [...tweets, ...others]
const isFirst = (_: unknown, i: number) => i >= tweets.length || i % HELD_OUT_EVERY !== 0
say(`${learned.length} texts for sentiment`)
const english = prepareEnglish(learned)
const sentiment = {
  ...trainEnglish(english, random),
  temperature: temperatureOn(trainEnglish(english.filter(isFirst), random), heldOut),
}
say('English done')
const abroad = prepareForeign(learned, random)
const foreign = {
  ...trainForeign(abroad, random),
  temperature: temperatureOn(trainForeign(abroad.filter(isFirst), random), heldOut),
}
const asked = questionExamples(folder)
say(`${asked.length} texts for questions`)
const question = trainQuestion(asked, random)

const weights: Weights = {
  version: VERSION,
  shapeNames: SHAPE_NAMES,
  sentiment,
  foreign,
  question,
  abstainBelow: ABSTAIN_BELOW,
}
const file = encodeWeights(weights)
const scores = measureReader(weights, readTweets(folder, 'val'))
mkdirSync(new URL('weights/', import.meta.url), { recursive: true })
writeFileSync(new URL('weights/reader.bin', import.meta.url), file)
writeFileSync(
  new URL('MODEL_CARD.md', import.meta.url),
  modelCard({ weights, bytes: file.length, learned: learned.length, asked: asked.length, scores }),
)
say(`${file.length} bytes, macro-recall ${scores.sentiment.macroRecall.toFixed(4)}`)

function say(what: string): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  process.stdout.write(`${what} (${seconds} s)\n`)
}
