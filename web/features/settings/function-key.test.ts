import { expect, test } from 'vitest'
import { keyOfTitle } from './function-key.ts'

test.each([
  ['Customer Service', [], 'customer-service'],
  ['Großkunden & Verträge', [], 'gro-kunden-vertrage'],
  ['Sales', ['sales', 'sales-2'], 'sales-3'],
  ['24/7 desk', [], 'desk'],
  ['広報', [], 'function'],
  ['  ', [], undefined],
])('the function “%s” beside %j gets the key %s', (title, taken, key) => {
  expect(keyOfTitle(title, taken)).toBe(key)
})
