/** NDJSON in, NDJSON out: `{"id", "text"}` a line becomes a reading a line, in the same order. */
import { z } from 'zod'
import type { Reading, ReadingReason } from '../../contract/reading.ts'
import type { Reader } from './create-reader.ts'
import { splitLines } from './split-lines.ts'

const Asked = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  language: z.string().optional(),
})

export interface ReadNdjsonOptions {
  readonly read: Reader
  /** A line that could not be read; the others go on. Lines count from 1. */
  readonly onError: (line: number, reason: string) => void
}

/**
 * Reads to the end of `input`. `write` gets lines without their line break; where it returns a promise,
 * no more input is taken until it is kept. Gives the number of lines read and refused.
 */
export async function readNdjson(
  input: AsyncIterable<Uint8Array | string>,
  write: (line: string) => void | Promise<void>,
  options: ReadNdjsonOptions,
): Promise<{ readonly read: number; readonly refused: number }> {
  let read = 0
  let refused = 0
  for await (const line of splitLines(input)) {
    const answer = line.text === undefined ? 'the line is too long' : answerTo(line.text, options.read)
    if (answer === undefined) continue
    if (typeof answer === 'string') {
      refused++
      options.onError(line.number, answer)
      continue
    }
    const waiting = write(JSON.stringify(answer))
    if (waiting) await waiting
    read++
  }
  return { read, refused }
}

interface Answer {
  readonly id: string | number
  readonly language: string
  readonly sentiment: Reading['sentiment']
  readonly probability: number
  readonly abstain: boolean
  readonly labels: readonly string[]
  readonly reasons: readonly string[]
}

/** The answer, or why there is none; undefined for an empty line. */
function answerTo(line: string, read: Reader): Answer | string | undefined {
  if (line.trim() === '') return undefined
  const json = parsed(line)
  if (json === undefined) return 'not JSON'
  const asked = Asked.safeParse(json)
  if (!asked.success) return 'needs "id" (string or number) and "text" (string)'
  const { id, text, language: languageHint } = asked.data
  const reading = read(text, languageHint === undefined ? {} : { languageHint })
  const { language, sentiment, probability, abstain, labels } = reading
  return { id, language, sentiment, probability, abstain, labels, reasons: reading.reasons.map(inShort) }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function inShort(reason: ReadingReason): string {
  if (reason.by === 'rule' && reason.about !== 'sentiment') return `${reason.about}: ${reason.detail}`
  return `${reason.about}: ${reason.detail} +${reason.weight}`
}
