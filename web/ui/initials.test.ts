import { expect, test } from 'vitest'
import { initialsOf } from './initials.ts'

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['Jean-Luc de la Tour', 'JT'],
  ['@115712', '1'],
  ['  ', '?'],
  ['李 小龙', '李小'],
  ['😀 smile', 'S'],
])('%s is shortened to %s', (name, expected) => {
  expect(initialsOf(name)).toBe(expected)
})
