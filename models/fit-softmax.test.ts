import { expect, test } from 'vitest'
import { fitSoftmax, scoreRow } from './fit-softmax.ts'
import type { Row } from './fit-softmax.ts'
import { seededRandom } from './seeded-random.ts'

function row(...columns: readonly number[]): Row {
  return { columns: Int32Array.from(columns), values: Float32Array.from(columns, () => 1) }
}

const rows = [row(0, 3), row(1, 3), row(2, 3), row(0, 1, 3)]
const problem = { rows, targets: [0, 1, 2, 0], weights: [1, 1, 1, 1], classes: 3, width: 4, freeFrom: 3 }

function fit(seed: number): Float64Array {
  return fitSoftmax(problem, {
    epochs: 200,
    rate: 0.5,
    penalty: 1e-3,
    caution: 0.1,
    random: seededRandom(seed),
  })
}

test('texts that can be told apart are told apart', () => {
  const weights = fit(1)
  const found = rows.map((one) => {
    const scores = new Float64Array(3)
    scoreRow(one, weights, scores)
    return scores.indexOf(Math.max(...scores))
  })
  expect(found).toEqual([0, 1, 2, 0])
})

test('the same seed gives the same weights to the last bit', () => {
  expect(fit(7)).toEqual(fit(7))
})

test('a row that counts for nothing changes nothing', () => {
  const random = () => 0.5
  const options = { epochs: 3, rate: 0.1, penalty: 0, caution: 0.1, random }
  const weights = fitSoftmax({ ...problem, weights: [0, 0, 0, 0] }, options)
  expect(weights.every((weight) => weight === 0)).toBe(true)
})
