import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containsPhrase, searchText, seekPhrase } from './find-words.ts'

function finds(text: string, phrase: string): boolean {
  return containsPhrase(searchText(text), seekPhrase(phrase))
}

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xd7ff }).map((code) => String.fromCharCode(code)),
})

describe('whole words', () => {
  test.each([
    ['I want a REFUND now', 'refund', true],
    ['refund', 'Refund', true],
    ['refunded', 'refund', false],
    ['unrefund', 'refund', false],
    ['refunded, then a refund!', 'refund', true],
    ['give me my money\n  back', 'money back', true],
    ['give me my moneyback', 'money back', false],
    ['it’s broken', "it's broken", true],
    ['#refund please', 'refund', true],
    ['ist das Gerät kaputt?', 'gerät', true],
    ['ｒｅｆｕｎｄ', 'refund', true],
    ['Straße', 'stra', false],
    ['返金してください', '返金', true],
    ['อยากคืนเงินค่ะ', 'คืนเงิน', true],
    ['a😀refund😀b', 'refund', true],
    ['𝔸𝔹', 'a', false],
    ['', 'refund', false],
    ['a_refund', 'refund', false],
    ['see #refund-now today', '#refund', true],
    ['返金refund', 'refund', true],
    ['so :-) nice', ':-)', true],
  ])('in %j: %j is there: %s', (text, phrase, expected) => {
    expect(finds(text, phrase)).toBe(expected)
  })

  test('are found wherever spaces set them apart, in any text', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    fc.assert(
      fc.property(anyText, word, anyText, (before, phrase, after) => {
        expect(finds(`${before} ${phrase} ${after}`, phrase)).toBe(true)
      }),
    )
  })

  test('are not looked for without any', () => {
    expect(() => seekPhrase('  ')).toThrow(RangeError)
  })

  test('are found in time that grows with the text only', () => {
    const started = process.threadCpuUsage().user
    expect(finds('a'.repeat(100_000), 'a'.repeat(50))).toBe(false)
    expect(process.threadCpuUsage().user - started).toBeLessThan(1_000_000)
  })
})
