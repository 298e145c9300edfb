import { expect, test } from 'vitest'
import { findPlaceholders } from './placeholders.ts'

test.each([
  ['Hi {{first_name}}, thanks', ['{{first_name}}']],
  ['Hi {name}, your order [order number] left', ['{name}', '[order number]']],
  ['Dear <CUSTOMER NAME>, call ___', ['<CUSTOMER NAME>', '___']],
  ['Order XXXX and %LINK%', ['XXXX', '%LINK%']],
  ['[Name] and [Name] again', ['[Name]']],
])('%s has places that were never filled', (text, expected) => {
  expect(findPlaceholders(text)).toEqual(expected)
})

test.each([
  'Your order [1234] left on Monday <3',
  'Use {} in the template, or a < b > c',
  'See [1] and [our shop](https://example.org)',
  'XL and XXL are in stock',
  '100% sure, 50% OFF% no',
])('%s has none', (text) => {
  expect(findPlaceholders(text)).toEqual([])
})
