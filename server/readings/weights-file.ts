/**
 * The weights as one file: `HRDW`, length of the head (u32, little endian), the head as JSON in UTF-8,
 * then for each linear head its int8 weights, bucket by bucket, one byte a column.
 */
export interface LinearHead {
  /** Buckets are 2 to this power. */
  readonly bits: number
  /** Number of scores the head gives; each is a log-odds against its reference class. */
  readonly columns: number
  /** For each column: a stored `q` weighs `q * |q| * scale`. */
  readonly scales: readonly number[]
  /** One row for each shape feature, one number for each column. */
  readonly shape: readonly (readonly number[])[]
  readonly bias: readonly number[]
  /** Scores are divided by this before they become probabilities; found on held-out texts. */
  readonly temperature: number
  readonly weights: Int8Array
}

export interface Weights {
  /** Goes into every reading. */
  readonly version: string
  /** Shape features the heads were trained with, to refuse weights that do not fit the code. */
  readonly shapeNames: readonly string[]
  /** Two columns: negative and positive, each against neutral. */
  readonly sentiment: LinearHead
  /** The same for languages without training texts: no buckets to speak of, word lists and shape only. */
  readonly foreign: LinearHead
  /** One column: asks for an answer, against does not. */
  readonly question: LinearHead
  /** Below this probability the sentiment should not be believed. */
  readonly abstainBelow: number
}

const MAGIC = 'HRDW'
type HeadFields = Omit<LinearHead, 'weights'>

export function encodeWeights(weights: Weights): Uint8Array<ArrayBuffer> {
  const head = {
    ...weights,
    sentiment: fieldsOf(weights.sentiment),
    foreign: fieldsOf(weights.foreign),
    question: fieldsOf(weights.question),
  }
  const json = new TextEncoder().encode(JSON.stringify(head))
  const bodies = [weights.sentiment.weights, weights.foreign.weights, weights.question.weights]
  const size = bodies.reduce((sum, body) => sum + body.length, 8 + json.length)
  const file = new Uint8Array(size)
  file.set(new TextEncoder().encode(MAGIC))
  new DataView(file.buffer).setUint32(4, json.length, true)
  file.set(json, 8)
  let at = 8 + json.length
  for (const body of bodies) {
    file.set(new Uint8Array(body.buffer, body.byteOffset, body.length), at)
    at += body.length
  }
  return file
}

function fieldsOf(head: LinearHead): HeadFields {
  const { weights: _, ...fields } = head
  return fields
}

/** Throws where the file is not one of ours, or is cut short. */
export function decodeWeights(file: Uint8Array): Weights {
  const magic = new TextDecoder().decode(file.subarray(0, 4))
  if (file.length < 8 || magic !== MAGIC) throw new Error('not a file of reading weights')
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const bodyAt = 8 + view.getUint32(4, true)
  const head = JSON.parse(new TextDecoder().decode(file.subarray(8, bodyAt))) as HeadOfFile
  const foreignAt = bodyAt + sizeOf(head.sentiment)
  const questionAt = foreignAt + sizeOf(head.foreign)
  if (file.length !== questionAt + sizeOf(head.question)) throw new Error('reading weights are cut short')
  return {
    ...head,
    sentiment: { ...head.sentiment, weights: bytesAt(file, bodyAt, sizeOf(head.sentiment)) },
    foreign: { ...head.foreign, weights: bytesAt(file, foreignAt, sizeOf(head.foreign)) },
    question: { ...head.question, weights: bytesAt(file, questionAt, sizeOf(head.question)) },
  }
}

type HeadOfFile = Omit<Weights, 'sentiment' | 'foreign' | 'question'> & {
  readonly sentiment: HeadFields
  readonly foreign: HeadFields
  readonly question: HeadFields
}

function sizeOf(head: HeadFields): number {
  return 2 ** head.bits * head.columns
}

function bytesAt(file: Uint8Array, at: number, size: number): Int8Array {
  return new Int8Array(file.buffer, file.byteOffset + at, size)
}
