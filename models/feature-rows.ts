import { cleanText } from '../server/readings/clean-text.ts'
import { scanText } from '../server/readings/scan-text.ts'
import { sparseValues } from '../server/readings/score-head.ts'
import { SHAPE_NAMES, shapeFeatures } from '../server/readings/shape-features.ts'
import { splitWords } from '../server/readings/split-words.ts'
import { sparseFeatures } from '../server/readings/text-features.ts'
import { lexiconFor } from '../server/readings/words/all-languages.ts'
import type { Row } from './fit-softmax.ts'

/** Columns of a row: buckets first, then the shape features, last a one for the bias. */
export function rowWidth(bits: number): number {
  return 2 ** bits + SHAPE_NAMES.length + 1
}

/** All training texts are English. */
export function rowOf(text: string, bits: number): Row {
  const clean = cleanText(text)
  const scan = scanText(splitWords(clean), lexiconFor('en'))
  const features = sparseFeatures(scan)
  const shape = shapeFeatures(scan, clean)
  const buckets = 2 ** bits
  const value = sparseValues(features)
  const present = [...shape.keys()].filter((i) => shape[i] !== 0)
  const size = features.hashes.length + present.length + 1
  const columns = new Int32Array(size)
  const values = new Float32Array(size)
  features.hashes.forEach((hash, i) => {
    columns[i] = hash & (buckets - 1)
    values[i] = i < features.wordCount ? value.word : value.letters
  })
  present.forEach((name, i) => {
    columns[features.hashes.length + i] = buckets + name
    values[features.hashes.length + i] = shape[name] ?? 0
  })
  columns[size - 1] = buckets + SHAPE_NAMES.length
  values[size - 1] = 1
  return { columns, values }
}

/** Without buckets but one that is never set: what the word lists and the shape tell, with some words overlooked. */
export function shapeRowOf(text: string, isOverlooked: () => boolean): Row {
  const clean = cleanText(text)
  const scan = scanText(splitWords(clean), lexiconFor('en'))
  const shape = shapeFeatures({ ...scan, hits: scan.hits.filter(() => !isOverlooked()) }, clean)
  const present = [...shape.keys()].filter((i) => shape[i] !== 0)
  return {
    columns: Int32Array.from([...present.map((i) => i + 1), SHAPE_NAMES.length + 1]),
    values: Float32Array.from([...present.map((i) => shape[i] ?? 0), 1]),
  }
}

/** Rows without the buckets that fewer than `least` rows have. */
export function withoutRare(rows: readonly Row[], bits: number, least: number): readonly Row[] {
  const seen = new Uint32Array(rowWidth(bits))
  for (const row of rows) for (const column of new Set(row.columns)) seen[column] = (seen[column] ?? 0) + 1
  return rows.map((row) => {
    const kept = [...row.columns.keys()].filter((i) => (seen[row.columns[i] ?? 0] ?? 0) >= least)
    return {
      columns: Int32Array.from(kept, (i) => row.columns[i] ?? 0),
      values: Float32Array.from(kept, (i) => row.values[i] ?? 0),
    }
  })
}
