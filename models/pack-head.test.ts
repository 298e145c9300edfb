import { expect, test } from 'vitest'
import { SHAPE_NAMES } from '../server/readings/shape-features.ts'
import { packHead } from './pack-head.ts'
import { seededRandom } from './seeded-random.ts'

test('packed into bytes, weights stay within a hundredth of the largest, and small ones far closer', () => {
  const random = seededRandom(3)
  const bits = 8
  const weights = Float64Array.from(
    { length: (2 ** bits + SHAPE_NAMES.length + 1) * 3 },
    () => (random() - 0.5) ** 3 * 16,
  )
  const head = packHead({ weights, classes: 3, reference: 1, bits })
  expect(head.columns).toBe(2)
  for (let bucket = 0; bucket < 2 ** bits; bucket++) {
    const meant = (weights[bucket * 3] ?? 0) - (weights[bucket * 3 + 1] ?? 0)
    const stored = head.weights[bucket * 2] ?? 0
    const packed = stored * Math.abs(stored) * (head.scales[0] ?? 0)
    expect(Math.abs(packed - meant)).toBeLessThan(0.01 * 4)
    if (Math.abs(meant) < 0.04) expect(Math.abs(packed - meant)).toBeLessThan(0.004)
  }
})
