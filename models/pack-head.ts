import { SHAPE_NAMES } from '../server/readings/shape-features.ts'
import type { LinearHead } from '../server/readings/weights-file.ts'

export interface Fitted {
  /** By column, then class, as fitSoftmax gives them. */
  readonly weights: Float64Array
  readonly classes: number
  /** The class that the others are measured against; it gets no column. */
  readonly reference: number
  readonly bits: number
}

const LARGEST = 127

/** Log-odds against the reference class, in 8 bits whose squares are the weights: fine where weights are small. */
export function packHead(fitted: Fitted): LinearHead {
  const { bits, classes, reference } = fitted
  const buckets = 2 ** bits
  const others = [...Array(classes).keys()].filter((one) => one !== reference)
  const oddsOf = (column: number, one: number) =>
    (fitted.weights[column * classes + one] ?? 0) - (fitted.weights[column * classes + reference] ?? 0)
  const scales = others.map((one) => scaleFor(buckets, (bucket) => oddsOf(bucket, one)))
  const weights = new Int8Array(buckets * others.length)
  others.forEach((one, c) => {
    for (let bucket = 0; bucket < buckets; bucket++) {
      weights[bucket * others.length + c] = rounded(oddsOf(bucket, one), scales[c] ?? 1)
    }
  })
  return {
    bits,
    columns: others.length,
    scales,
    shape: SHAPE_NAMES.map((_, i) => others.map((one) => fourDigits(oddsOf(buckets + i, one)))),
    bias: others.map((one) => fourDigits(oddsOf(buckets + SHAPE_NAMES.length, one))),
    temperature: 1,
    weights,
  }
}

function scaleFor(buckets: number, oddsOf: (bucket: number) => number): number {
  let top = 0
  for (let bucket = 0; bucket < buckets; bucket++) top = Math.max(top, Math.abs(oddsOf(bucket)))
  return top / LARGEST ** 2 || 1
}

function rounded(value: number, scale: number): number {
  return Math.sign(value) * Math.round(Math.sqrt(Math.abs(value) / scale))
}

function fourDigits(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
