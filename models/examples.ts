/**
 * The sets that shipped weights may be trained on (CC BY, MIT or Apache; see MODEL_CARD.md), as examples.
 * They lie outside the repository, in the folder given.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sentiment } from '../contract/reading.ts'

export interface Example {
  readonly text: string
  readonly sentiment: Sentiment
  /** How much it counts beside a tweet of the main set. */
  readonly weight: number
}

type Fields = Readonly<Record<string, unknown>>

/** Weights of the sets beside the tweets, chosen on the validation part of the tweets. */
const REVIEWS = 0.5
const OTHER_PROSE = 0.25
const BANK = 0.1
const ASSISTANT = 0.06
const HOTEL = 0.2

export function readTweets(folder: string, part: 'train' | 'val'): readonly Example[] {
  return readLines(folder, `tweeteval_sentiment/${part}.jsonl`).flatMap((line) => {
    const sentiment = sentimentNamed(line['sentiment'])
    return sentiment ? [{ text: textOf(line), sentiment, weight: 1 }] : []
  })
}

/** Sentences with the mean of twenty people's ratings from -4 to 4. */
export function readRated(folder: string): readonly Example[] {
  const read = (name: string, weight: number) =>
    readLines(folder, `vader/${name}.jsonl`).map((line) => ({
      text: textOf(line),
      sentiment: sentimentRated(Number(line['score'])),
      weight,
    }))
  return [...read('amazon', REVIEWS), ...read('movie', OTHER_PROSE), ...read('nyt', OTHER_PROSE)]
}

/** Customers' requests: neutral, unless their intent is that something went wrong. */
export function readRequests(folder: string): readonly Example[] {
  const bank = readLines(folder, 'banking77/train.jsonl').map((line) => ({
    text: textOf(line),
    sentiment: isTrouble(String(line['intent'])) ? ('negative' as const) : ('neutral' as const),
    weight: BANK,
  }))
  const assistant = readLines(folder, 'clinc150/train.jsonl').map((line) => ({
    text: textOf(line),
    sentiment: 'neutral' as const,
    weight: ASSISTANT,
  }))
  const hotel = readLines(folder, 'nlupp/nlupp.jsonl').map((line) => ({
    text: textOf(line),
    sentiment: sentimentOfIntents(line['intents']),
    weight: HOTEL,
  }))
  return [...bank, ...assistant, ...hotel]
}

const TROUBLE_INTENTS =
  /not_work|declin|fail|stolen|swallow|not_arr|not_rec|compromis|pending|wrong|charged_twice|_not_|blocked|lost|unrecog|dont_recog|extra_charge|reverted/

function isTrouble(intent: string): boolean {
  return TROUBLE_INTENTS.test(intent)
}

function sentimentOfIntents(intents: unknown): Sentiment {
  if (!Array.isArray(intents)) return 'neutral'
  if (intents.includes('wrong_notworking_notshowing')) return 'negative'
  return intents.includes('thank') ? 'positive' : 'neutral'
}

function sentimentRated(score: number): Sentiment {
  if (score < -0.5) return 'negative'
  return score > 0.5 ? 'positive' : 'neutral'
}

function sentimentNamed(name: unknown): Sentiment | undefined {
  return name === 'negative' || name === 'neutral' || name === 'positive' ? name : undefined
}

function textOf(line: Fields): string {
  return String(line['text'])
}

export function readLines(folder: string, file: string): readonly Fields[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Fields)
}
