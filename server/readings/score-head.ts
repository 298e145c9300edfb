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

export function scoreHead(head: LinearHead, input: HeadInput): HeadScore {
  const { features, shape, tokenCount } = input
  const { columns } = head
  const byToken = new Float64Array(tokenCount * columns)
  const byShape = new Float64Array(shape.length * columns)
  const value = sparseValues(features)
  const mask = 2 ** head.bits - 1
  for (let c = 0; c < columns; c++) {
    const step = (head.scales[c] ?? 0) / head.temperature
    for (let i = 0; i < features.hashes.length; i++) {
      const stored = head.weights[((features.hashes[i] ?? 0) & mask) * columns + c] ?? 0
      if (stored === 0) continue
      const weight = stored * Math.abs(stored)
      const at = (features.owners[i] ?? 0) * columns + c
      byToken[at] = (byToken[at] ?? 0) + weight * step * (i < features.wordCount ? value.word : value.letters)
    }
    for (let j = 0; j < shape.length; j++) {
      byShape[j * columns + c] = ((shape[j] ?? 0) * (head.shape[j]?.[c] ?? 0)) / head.temperature
    }
  }
  const scores = head.bias.map((bias, c) => bias / head.temperature + columnSum(byToken, columns, c) + columnSum(byShape, columns, c))
  return { scores, byToken, byShape }
}

function columnSum(table: Float64Array, columns: number, column: number): number {
  let sum = 0
  for (let i = column; i < table.length; i += columns) sum += table[i] ?? 0
  return sum
}
