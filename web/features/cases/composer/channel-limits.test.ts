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
    expect(measureRoom('äöü', rules, { preview: undefined, isExact: false })).toMatchObject({
      used: 6,
      limit: 10,
      isOver: false,
    })
    expect(measureRoom('äöüäöü', rules, { preview: undefined, isExact: false })).toMatchObject({
      used: 12,
      isOver: true,
    })
    expect(measureRoom('1234567890', rules, { preview: undefined, isExact: false })).toMatchObject({
      isTight: true,
      isOver: false,
    })
  })

  test('is the server’s count where there is one, and what is split is not too long', () => {
    expect(measureRoom('x', null, { preview: three, isExact: true })).toEqual({
      used: 900,
      limit: 300,
      isOver: false,
      isTight: false,
      parts: 3,
      isShown: true,
    })
    expect(measureRoom('x', null, { preview: { ...three, parts: ['a'] }, isExact: true })).toMatchObject({
      isOver: true,
    })
  })

  test('knows from an older preview that the place splits', () => {
    const rules = { unit: 'grapheme', max: 3 } as const
    expect(measureRoom('long text', rules, { preview: three, isExact: false })).toMatchObject({
      used: 9,
      isOver: false,
    })
  })

  test('is only counted aloud where it is small or nearly used up', () => {
    const shown = (length: number, max: number) =>
      measureRoom('x'.repeat(length), { unit: 'utf16', max }, { preview: undefined, isExact: false }).isShown
    expect([shown(5, 300), shown(5, 4_096), shown(3_000, 4_096), shown(3_400, 4_096)]).toEqual([
      true,
      false,
      false,
      true,
    ])
    expect(shown(0, 1_000_000)).toBe(false)
  })

  test('has no end where the channel sets none', () => {
    expect(measureRoom('x'.repeat(5000), null, { preview: undefined, isExact: false })).toMatchObject({
      limit: null,
      isOver: false,
    })
  })
})
