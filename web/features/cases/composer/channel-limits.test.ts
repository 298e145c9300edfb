import { describe, expect, test } from 'vitest'
import type { Preview } from '../../../../contract/replies.ts'
import { countGraphemes, measureRoom } from './channel-limits.ts'

const three: Preview = {
  length: 900,
  max: 300,
  unit: 'grapheme',
  warnings: [],
  parts: ['a', 'b', 'c'],
  cost: null,
}

describe('the room of an answer', () => {
  test('counts characters as a person sees them', () => {
    expect(countGraphemes('👩‍👩‍👧‍👦é')).toBe(2)
  })

  test('follows the rules of the channel until the server has counted', () => {
    const rules = { unit: 'bytes', max: 10 } as const
    expect(measureRoom('äöü', rules, undefined)).toMatchObject({ used: 6, limit: 10, isOver: false })
    expect(measureRoom('äöüäöü', rules, undefined)).toMatchObject({ used: 12, isOver: true })
    expect(measureRoom('1234567890', rules, undefined)).toMatchObject({ isTight: true, isOver: false })
  })

  test('is the server’s count where there is one, and what is split is not too long', () => {
    expect(measureRoom('x', null, three)).toEqual({
      used: 900,
      limit: 300,
      isOver: false,
      isTight: false,
      parts: 3,
    })
    expect(measureRoom('x', null, { ...three, parts: ['a'] })).toMatchObject({ isOver: true })
  })

  test('has no end where the channel sets none', () => {
    expect(measureRoom('x'.repeat(5000), null, undefined)).toMatchObject({ limit: null, isOver: false })
  })
})
