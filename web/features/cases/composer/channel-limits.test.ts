import { expect, test } from 'vitest'
import { countGraphemes, measureRoom } from './channel-limits.ts'

test('an emoji of a family counts as one character, as a person counts it', () => {
  expect(countGraphemes('👨‍👩‍👧 ok')).toBe(4)
  expect(countGraphemes('e\u0301')).toBe(1)
})

test('a short network has a limit, our own form has none', () => {
  expect(measureRoom('a'.repeat(281), 'twitter')).toEqual({
    used: 281,
    limit: 280,
    isOver: true,
    isTight: true,
  })
  expect(measureRoom('a'.repeat(5000), 'web')).toEqual({
    used: 5000,
    limit: null,
    isOver: false,
    isTight: false,
  })
})

test('the last tenth is tight but not over; blanks at the ends do not count', () => {
  expect(measureRoom(`  ${'a'.repeat(280)}\n`, 'Twitter')).toEqual({
    used: 280,
    limit: 280,
    isOver: false,
    isTight: true,
  })
  expect(measureRoom('a'.repeat(252), 'twitter').isTight).toBe(false)
})
