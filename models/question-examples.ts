/**
 * Questions without their question marks: a text that had one is a question. So the head learns the
 * wording, from tweets and from what customers asked a bank, a hotel and an assistant.
 */
import { readLines, readTweets } from './examples.ts'

export interface AskedExample {
  readonly text: string
  readonly isQuestion: boolean
  readonly weight: number
}

const REQUESTS = 0.5

export function questionExamples(folder: string): readonly AskedExample[] {
  const tweets = readTweets(folder, 'train').map(({ text }) => unmarked(text, 1))
  const bank = readLines(folder, 'banking77/train.jsonl').map((line) =>
    unmarked(String(line['text']), REQUESTS),
  )
  const hotel = readLines(folder, 'nlupp/nlupp.jsonl').map((line) => unmarked(String(line['text']), REQUESTS))
  return [...tweets, ...bank, ...hotel]
}

function unmarked(text: string, weight: number): AskedExample {
  const withoutLinks = text.replace(/https?\S*/g, '')
  return { text: withoutLinks.replace(/[?!.]+/g, ' '), isQuestion: withoutLinks.includes('?'), weight }
}
