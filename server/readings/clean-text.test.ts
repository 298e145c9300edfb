import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText, READ_LIMIT } from './clean-text.ts'

/** Halves of surrogate pairs among them. */
const anyText = array(integer({ min: 0, max: 0xffff }), { maxLength: 80 }).map((units) =>
  String.fromCharCode(...units),
)

test('entities, curly apostrophes and full-width letters are read as people mean them', () => {
  expect(cleanText('Ben &amp; Jerry’s ｗｏｗ')).toBe("Ben & Jerry's wow")
})

test('characters that nobody sees do not split or hide words', () => {
  expect(cleanText('re\u200bfund \u202egnp\u202c \u0000now\ufeff')).toBe('refund gnp now')
})

test('a lone half of a surrogate pair is dropped', () => {
  expect(cleanText('bad \ud83d luck').isWellFormed()).toBe(true)
})

test('line breaks stay, since they end a sentence', () => {
  expect(cleanText('né\ntwo\tthree')).toBe('né\ntwo\tthree')
})

test('any text comes out well-formed, no longer than the limit, and clean again when cleaned again', () => {
  assert(
    property(anyText, (text) => {
      const clean = cleanText(text)
      expect(clean.isWellFormed()).toBe(true)
      expect(clean.length).toBeLessThanOrEqual(READ_LIMIT)
    }),
  )
})
