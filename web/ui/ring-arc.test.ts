import { describe, expect, test } from 'vitest'
import { ringArc, ringPath } from './ring-arc.ts'

describe('the gap ring', () => {
  test('everything within target closes the ring', () => {
    expect(ringArc(1)).toEqual({ from: 180, to: 540 })
  })

  test('the gap stands at the bottom and narrows as the share grows', () => {
    const half = ringArc(0.5)
    const most = ringArc(0.9)
    expect(half.from + half.to).toBe(720)
    expect(most.to - most.from).toBeGreaterThan(half.to - half.from)
  })

  test('a share out of bounds is drawn at the bound', () => {
    expect(ringArc(-1)).toEqual(ringArc(0))
    expect(ringArc(2)).toEqual(ringArc(1))
  })

  test('more than half a ring takes the long way round', () => {
    expect(ringPath({ from: 200, to: 520 }, 84)).toContain(' 0 1 1 ')
  })
})
