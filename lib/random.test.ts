import { expect, test } from 'vitest'
import { createRandom } from './random.ts'

test('the same seed gives the same numbers, another seed gives others', () => {
  const draw = (seed: number) => Array.from({ length: 20 }, createRandom(seed).next)
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test('numbers are spread evenly: chi-square of 100 cells stays below its 99.9 % point', () => {
  const random = createRandom(1)
  const cells = Array.from({ length: 100 }, () => 0)
  for (let draw = 0; draw < 100_000; draw++) {
    const cell = random.below(100)
    cells[cell] = (cells[cell] ?? 0) + 1
  }
  const chiSquare = cells.reduce((sum, seen) => sum + (seen - 1000) ** 2 / 1000, 0)
  expect(chiSquare).toBeLessThan(148.2)
})

test('weights are kept, normal deviates have mean 0 and deviation 1', () => {
  const random = createRandom(2)
  let heavy = 0
  let sum = 0
  let squares = 0
  for (let draw = 0; draw < 50_000; draw++) {
    if (random.weighted([['a', 3] as const, ['b', 1] as const]) === 'a') heavy++
    const deviate = random.normal()
    sum += deviate
    squares += deviate * deviate
  }
  expect(heavy / 50_000).toBeCloseTo(0.75, 1)
  expect(sum / 50_000).toBeCloseTo(0, 1)
  expect(squares / 50_000).toBeCloseTo(1, 1)
})

test('picking from nothing is a mistake of the caller', () => {
  expect(() => createRandom(1).pick([])).toThrow(RangeError)
})
