import { expect, test } from 'vitest'
import { safeReturn } from './safe-return.ts'

test.each([
  ['/w/acme/desk?case=1#x', '/w/acme/desk?case=1#x'],
  ['//evil.example/a', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/\t/evil.example', '/'],
  [undefined, '/'],
])('after sign-in %s leads to %s', (to, path) => {
  expect(safeReturn(to)).toBe(path)
})
