import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { array, assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Reading } from '../../contract/reading.ts'
import { measureClasses } from '../../models/measure-classes.ts'
import { measureLabels } from '../../models/measure-labels.ts'
import { OWN_SENTENCES } from './own-sentences.ts'
import { loadReader } from './read-text.ts'

const DATA = new URL('../../../shared/data/', import.meta.url)
const read = loadReader()
/** Halves of surrogate pairs among them. */
const anyText = array(integer({ min: 0, max: 0xffff }), { maxLength: 80 }).map((units) =>
  String.fromCharCode(...units),
)

test('the shipped weights are small and load in no time', () => {
  const file = readFileSync(new URL('../../models/weights/reader.bin', import.meta.url))
  expect(file.length).toBeLessThan(1_000_000)
  const startedAt = performance.now()
  loadReader()
  expect(performance.now() - startedAt).toBeLessThan(200)
})

test('a complaint is read as one, with the words that counted and the rule that fired', () => {
  const reading = read('@acme still waiting for my refund after three weeks, this is ridiculous')
  expect(reading).toMatchObject({ language: 'en', sentiment: 'negative', abstain: false })
  expect(reading.labels).toContain('complaint')
  const words = reading.reasons.filter((reason) => reason.about === 'sentiment' && reason.by === 'word')
  expect(words.map((reason) => reason.detail)).toContain('ridiculous')
  expect(words.every((reason) => reason.weight > 0)).toBe(true)
  expect(reading.reasons.find((reason) => reason.about === 'complaint')).toMatchObject({
    by: 'rule',
    detail: 'trouble words: "still waiting", "refund"',
  })
})

test('by the label rules, a price question is neutral and thanks after a repair are positive', () => {
  expect(read('@acme how much is the family plan?').sentiment).toBe('neutral')
  expect(read('@acme the router works again, thank you so much for the quick help!').sentiment).toBe(
    'positive',
  )
})

test('where the likeliest sentiment is less likely than not, the reading abstains and still names it', () => {
  const readings = OWN_SENTENCES.map((sentence) => read(sentence.text))
  for (const reading of readings) expect(reading.abstain).toBe(reading.probability < 0.5)
  expect(readings.some((reading) => reading.abstain)).toBe(true)
})

test('a short text takes the language of its thread, and its words with it', () => {
  expect(read('pésimo servicio', { languageHint: 'es' })).toMatchObject({
    language: 'es',
    sentiment: 'negative',
  })
  expect(read('pésimo servicio').language).toBe('und')
})

test('the same text is always read the same, whatever was read before', () => {
  const first = read('my flight was cancelled')
  read('lovely crew!')
  expect(read('my flight was cancelled')).toEqual(first)
})

test('any text gives a valid reading', () => {
  assert(
    property(anyText, (text) => {
      expect(Reading.safeParse(read(text)).success).toBe(true)
    }),
    { numRuns: 200 },
  )
})

describe('on our own sentences', () => {
  const spoken = OWN_SENTENCES.filter((sentence) => !sentence.labels.includes('noise'))

  test('there are enough of them', () => {
    expect(OWN_SENTENCES.length).toBeGreaterThanOrEqual(120)
  })

  test('sentiment has a macro-recall of at least .80', () => {
    const scores = measureClasses(
      spoken.map((sentence) => sentence.sentiment),
      spoken.map((sentence) => read(sentence.text).sentiment),
    )
    expect(scores.macroRecall).toBeGreaterThanOrEqual(0.8)
  })

  test.each(measureLabels(read))(
    '$label is found well enough: precision $precision, recall $recall of $count',
    (score) => {
      expect(score.precision).toBeGreaterThanOrEqual(0.8)
      expect(score.recall).toBeGreaterThanOrEqual(0.75)
    },
  )
})

const TWEETS = new URL('tweeteval_sentiment/val.jsonl', DATA)
if (!existsSync(TWEETS))
  process.stderr.write(
    'SKIPPED: the sentiment test needs ../shared/data/tweeteval_sentiment, which is not here\n',
  )

describe.skipIf(!existsSync(TWEETS))('on 2,000 tweets that were not trained on', () => {
  test('macro-recall is at least .68', () => {
    const rows = linesOf(TWEETS)
    const scores = measureClasses(
      rows.map((row) => String(row['sentiment'])),
      rows.map((row) => read(String(row['text'])).sentiment),
    )
    expect(scores.macroRecall).toBeGreaterThanOrEqual(0.68)
  })
})

const CUSTOMERS = new URL('twcs/twcs_part.csv', DATA)
if (!existsSync(CUSTOMERS))
  process.stderr.write('SKIPPED: the noise test needs ../shared/data/twcs, which is not here\n')

describe.skipIf(!existsSync(CUSTOMERS))('on 1,305 customers writing to companies', () => {
  test('fewer than 1 in 100 are taken for noise', () => {
    const rows: readonly Readonly<Record<string, string>>[] = parse(readFileSync(CUSTOMERS), {
      columns: true,
    })
    const texts = rows.filter((row) => row['inbound'] === 'True').map((row) => row['text'] ?? '')
    const alarms = texts.filter((text) => read(text).labels.includes('noise'))
    expect(texts.length).toBe(1305)
    expect(alarms.length / texts.length).toBeLessThan(0.01)
  })
})

function linesOf(file: URL): readonly Readonly<Record<string, unknown>>[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
