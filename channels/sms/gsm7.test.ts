import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roomIn, toMessages } from './gsm7.ts'

const plain = Array.from('abc XYZ 019 äöüñ @£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&()*+,-./:;<=>?¡§¿à\n')
const double = Array.from('^{}\\[~]|€')

describe('a text as short messages', () => {
  test.each([
    ['', 'gsm7', 0, 1],
    ['a'.repeat(160), 'gsm7', 160, 1],
    ['a'.repeat(161), 'gsm7', 161, 2],
    ['a'.repeat(306), 'gsm7', 306, 2],
    ['a'.repeat(307), 'gsm7', 307, 3],
    ['€'.repeat(80), 'gsm7', 160, 1],
    ['€'.repeat(81), 'gsm7', 162, 2],
    // 153 septets hold 76 signs of two, and one stays empty.
    ['€'.repeat(153), 'gsm7', 306, 3],
    ['я'.repeat(70), 'ucs2', 70, 1],
    ['я'.repeat(71), 'ucs2', 71, 2],
    ['я'.repeat(134), 'ucs2', 134, 2],
    ['👩'.repeat(35), 'ucs2', 70, 1],
    ['👩'.repeat(36), 'ucs2', 72, 2],
    ['ç', 'ucs2', 1, 1],
    ['`', 'ucs2', 1, 1],
  ])('%j', (text, coding, length, count) => {
    const messages = toMessages(text)
    expect(messages).toMatchObject({ coding, length })
    expect(messages.parts).toHaveLength(count)
  })

  test('loses nothing, tears no sign and fills no message more than it holds', () => {
    const sign = fc.oneof(
      fc.constantFrom(...plain),
      fc.constantFrom(...double),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    const texts = fc.oneof(
      fc.array(fc.constantFrom(...plain, ...double), { maxLength: 700 }),
      fc.array(sign, { maxLength: 300 }),
    )
    fc.assert(
      fc.property(texts, (signs) => {
        const text = signs.join('').toWellFormed()
        const { coding, parts, length } = toMessages(text)
        expect(parts.join('')).toBe(text)
        if (parts.length > 1) {
          for (const part of parts) {
            // A torn sign is shown whole with the later part, which then is one unit longer.
            expect(toMessages(part).length).toBeLessThanOrEqual(
              roomIn(coding, 2) / 2 + (coding === 'ucs2' ? 1 : 0),
            )
            expect(part.isWellFormed()).toBe(true)
          }
        } else {
          expect(length).toBeLessThanOrEqual(roomIn(coding, 1))
        }
      }),
    )
  })
})
