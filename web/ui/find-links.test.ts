import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findLinks } from './find-links.ts'

describe("links in strangers' text", () => {
  test('an address becomes a link and the full stop after it stays text', () => {
    expect(findLinks('See https://example.org/a. Thanks')).toEqual([
      { type: 'text', text: 'See ' },
      { type: 'link', text: 'https://example.org/a', href: 'https://example.org/a' },
      { type: 'text', text: '. Thanks' },
    ])
  })

  test('brackets round an address stay outside and brackets within it stay inside', () => {
    expect(findLinks('(https://example.org/a_(b))')).toContainEqual({
      type: 'link',
      text: 'https://example.org/a_(b)',
      href: 'https://example.org/a_(b)',
    })
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,<b>',
    'https://bank@evil.example',
    'vbscript:x',
    'file:///etc',
  ])('%s never becomes a link', (text) => {
    expect(findLinks(text).every((part) => part.type === 'text')).toBe(true)
  })

  test('a hostile address of any length is read at once', () => {
    const began = performance.now()
    findLinks(`https://${'.'.repeat(90_000)}x https://${')'.repeat(90_000)}`)
    expect(performance.now() - began).toBeLessThan(500)
  })

  test('no letter of any text is lost or added', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, path) => {
        const whole = `${text} https://example.org/${path} ${text}`
        expect(
          findLinks(whole)
            .map((part) => part.text)
            .join(''),
        ).toBe(whole)
      }),
    )
  })
})
