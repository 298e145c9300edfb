import type { SparseFeatures } from './text-features.ts'
import type { LinearHead } from './weights-file.ts'

/** What a head says of a text, and how much of it each token and each shape feature said. */
export interface HeadScore {
  /** One number for each column, after the temperature. */
  readonly scores: readonly number[]
  /** `byToken[token * columns + column]`. */
  readonly byToken: Float64Array
  /** `byShape[feature * columns + column]`. */
  readonly byShape: Float64Array
}

/** Value of a word feature and of a character feature in a text with these features. */
export function sparseValues(features: SparseFeatures): { readonly word: number; readonly letters: number } {
  const letterCount = features.hashes.length - features.wordCount
  return { word: 1 / Math.sqrt(features.wordCount || 1), letters: 1 / Math.sqrt(letterCount || 1) }
}

export interface HeadInput {
  readonly features: SparseFeatures
  readonly shape: Float32Array
  readonly tokenCount: number
}

/** `q * |q|` for each stored byte, see weights-file.ts. */
const SQUARES = Float64Array.from({ length: 256 }, (_, byte) => {
  const stored = (byte << 24) >> 24
  return stored * Math.abs(stored)
})

export function scoreHead(head: LinearHead, input: HeadInput): HeadScore {
  const { features, shape, tokenCount } = input
  const { columns, weights } = head
  const { hashes, owners, wordCount } = features
  const byToken = new Float64Array(tokenCount * columns)
  const byShape = new Float64Array(shape.length * columns)
  const value = sparseValues(features)
  const mask = 2 ** head.bits - 1
  for (let c = 0; c < columns; c++) {
    const scale = (head.scales[c] ?? 0) / head.temperature
    const wordStep = scale * value.word
    const letterStep = scale * value.letters
    for (let i = 0; i < hashes.length; i++) {
      const stored = weights[((hashes[i] ?? 0) & mask) * columns + c] ?? 0
      const at = (owners[i] ?? 0) * columns + c
      byToken[at] =
        (byToken[at] ?? 0) + (SQUARES[stored & 255] ?? 0) * (i < wordCount ? wordStep : letterStep)
    }
    for (let j = 0; j < shape.length; j++) {
      const felt = shape[j] ?? 0
      if (felt !== 0) byShape[j * columns + c] = (felt * (head.shape[j]?.[c] ?? 0)) / head.temperature
    }
  }
  const sums = head.bias.map((bias, c) => bias / head.temperature + columnSum(byToken, columns, c))
  return { scores: sums.map((sum, c) => sum + columnSum(byShape, columns, c)), byToken, byShape }
}

function columnSum(table: Float64Array, columns: number, column: number): number {
  let sum = 0
  for (let i = column; i < table.length; i += columns) sum += table[i] ?? 0
  return sum
}
