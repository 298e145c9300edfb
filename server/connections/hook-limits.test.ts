import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openLimits } from './hook-limits.ts'

const limit = { most: 3, perMs: 60_000 }

function openAt(at: { now: number }, mostNames?: number) {
  return openLimits({ now: () => at.now }, mostNames)
}

test('who took all of it waits until a part of it came back, and nobody else does', () => {
  const at = { now: 1_000 }
  const limits = openAt(at)
  for (let i = 0; i < 3; i += 1) {
    expect(limits.waitOf('a', limit)).toBe(0)
    limits.take('a', limit)
  }
  expect(limits.waitOf('a', limit)).toBe(20_000)
  expect(limits.waitOf('b', limit)).toBe(0)
  at.now += 20_000
  expect(limits.waitOf('a', limit)).toBe(0)
})

test('however it is used, within any time no more gets through than fits', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }), (pauses) => {
      const at = { now: 0 }
      const limits = openAt(at)
      let through = 0
      for (const pause of pauses) {
        at.now += pause
        if (limits.waitOf('a', limit) > 0) continue
        limits.take('a', limit)
        through += 1
      }
      expect(through).toBeLessThanOrEqual(limit.most + (at.now * limit.most) / limit.perMs)
    }),
  )
})

test('many names do not fill the memory: the one used longest ago is forgotten', () => {
  const limits = openAt({ now: 0 }, 2)
  for (const name of ['a', 'b', 'b', 'b', 'a', 'c']) limits.take(name, limit)
  expect(limits.waitOf('b', limit)).toBe(0)
  for (let i = 0; i < 3; i += 1) limits.take('a', limit)
  expect(limits.waitOf('a', limit)).toBeGreaterThan(0)
})
