import { expect, test } from 'vitest'
import { createReader } from './create-reader.ts'
import { SHAPE_NAMES } from './shape-features.ts'
import { decodeWeights, encodeWeights } from './weights-file.ts'
import type { LinearHead, Weights } from './weights-file.ts'

function head(bits: number, columns: number): LinearHead {
  const perColumn = Array.from({ length: columns }, () => 0.5)
  return {
    bits,
    columns,
    scales: perColumn,
    shape: SHAPE_NAMES.map(() => perColumn),
    bias: perColumn,
    temperature: 1.25,
    weights: Int8Array.from({ length: 2 ** bits * columns }, (_, i) => (i % 255) - 127),
  }
}

const weights: Weights = {
  version: 'test',
  shapeNames: SHAPE_NAMES,
  sentiment: head(6, 2),
  foreign: head(0, 2),
  question: head(4, 1),
  abstainBelow: 0.5,
}

test('weights come back from their file as they went in', () => {
  expect(decodeWeights(encodeWeights(weights))).toEqual(weights)
})

test('a file that is cut short or not ours is refused', () => {
  const file = encodeWeights(weights)
  expect(() => decodeWeights(file.subarray(0, file.length - 1))).toThrow('cut short')
  expect(() => decodeWeights(new Uint8Array(20))).toThrow('not a file of reading weights')
  expect(() => decodeWeights(new Uint8Array(0))).toThrow('not a file of reading weights')
})

test('weights trained for other features are refused with what to do', () => {
  expect(() => createReader({ ...weights, shapeNames: ['length'] })).toThrow('npm run train')
})
