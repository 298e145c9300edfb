import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { facetsOf, handlesIn } from './facets.ts'
import { cleanText, countGraphemes, findLinks, previewText, splitText } from './split-text.ts'

const family = '👩‍👩‍👧'
const sign = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...'abc de. f! g? h\n'.split('')) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(family, '👍🏽', '🇨🇭', '❤️', 'e\u0301', 'שלום ', 'مرحبا. ', '漢字。', '\u202e'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ' https://example.org/a?b=c#d ',
      '(https://example.org/x)',
      ' @ada.test ',
      ' #tag ',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
)
const anyText = fc.array(sign, { maxLength: 1_500 }).map((signs) => signs.join(''))

describe('a text on Bluesky', () => {
  test('is counted in graphemes', () => {
    expect(previewText(`${family.repeat(3)} ok`)).toMatchObject({
      length: 6,
      max: 300,
      parts: [`${family.repeat(3)} ok`],
    })
  })

  test('is split where a sentence ends', () => {
    const sentence = 'This is a sentence of some words that ends here. '
    const { parts, warnings } = previewText(sentence.repeat(8))
    expect(parts).toEqual([sentence.repeat(6).trim(), sentence.repeat(2).trim()])
    expect(warnings).toEqual(['Becomes a thread of 2 posts.'])
  })

  test('is split before a link rather than within it', () => {
    const link = `https://example.org/${'x'.repeat(60)}`
    const { parts } = previewText(`${'word '.repeat(50)}${link} and more`)
    expect(parts?.[1]).toBe(`${link} and more`)
  })

  test('is refused where it fills more than 25 posts', () => {
    const { parts, length, warnings } = previewText('word '.repeat(2_000))
    expect(parts).toBeUndefined()
    expect(length).toBe(9_999)
    expect(warnings[0]).toContain('Too long')
  })

  test('of one sign with 4,000 bytes of marks is cut between its code points', () => {
    const parts = splitText(`e${'\u0301'.repeat(2_000)}`)
    expect(parts.map(({ text }) => Buffer.byteLength(text))).toEqual([2_999, 1_002])
  })

  test('keeps every sign but white space, whatever it is, and no part is too long', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text)
        const parts = splitText(clean)
        for (const { text: part, start } of parts) {
          expect(countGraphemes(part)).toBeLessThanOrEqual(300)
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(3_000)
          expect(clean.slice(start, start + part.length)).toBe(part)
        }
        const all = parts.map((part) => part.text).join('')
        expect(all.replaceAll(/\s/gu, '')).toBe(clean.replaceAll(/\s/gu, ''))
      }),
      { numRuns: 300 },
    )
  })
})

describe('links, mentions and tags', () => {
  const dids = new Map([['ada.test', 'did:plc:ada']])

  test('stand beside the text by byte offsets', () => {
    const text = `${family} @ada.test sees https://example.org/a, #straßen!`
    const [facets = []] = facetsOf(text, splitText(text), dids)
    const bytes = Buffer.from(text)
    const shown = facets.map(({ index, features }) => [
      bytes.subarray(index.byteStart, index.byteEnd).toString(),
      features[0]?.['uri'] ?? features[0]?.['did'] ?? features[0]?.['tag'],
    ])
    expect(shown).toEqual([
      ['https://example.org/a', 'https://example.org/a'],
      ['@ada.test', 'did:plc:ada'],
      ['#straßen', 'straßen'],
    ])
  })

  test('that lead nowhere stay plain text', () => {
    const text = 'mail a@b.test, @nobody.test, #1, http://, #'
    expect(handlesIn(text)).toEqual(['nobody.test'])
    expect(facetsOf(text, splitText(text), new Map())).toEqual([[]])
  })

  test('are found where brackets and full stops surround them', () => {
    const found = (text: string) => findLinks(text).map(({ start, end }) => text.slice(start, end))
    expect(found('(see https://example.org/a).')).toEqual(['https://example.org/a'])
    expect(found('https://example.org/a_(b) and')).toEqual(['https://example.org/a_(b)'])
  })

  test('of a link longer than a post lead to the whole address from each piece', () => {
    const link = `https://example.org/${'y'.repeat(400)}`
    const parts = splitText(link)
    const facets = facetsOf(link, parts, new Map())
    expect(parts.length).toBe(2)
    expect(facets.map(([only]) => only?.features[0]?.['uri'])).toEqual([link, link])
  })

  test('never reach beyond the part that they stand in', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text)
        const parts = splitText(clean)
        for (const [index, facets] of facetsOf(clean, parts, dids).entries()) {
          const size = Buffer.byteLength(parts[index]?.text ?? '')
          for (const { index: at } of facets) {
            expect(at.byteStart).toBeLessThan(at.byteEnd)
            expect(at.byteEnd).toBeLessThanOrEqual(size)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})
