import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayLine, displayText, storableText } from './clean-text.ts'

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\0',
      '\ud800',
      '\udc00',
      '\u202e',
      '\u2066',
      '\r',
      '\n',
      'e',
      '\u0301',
      '\u200d',
      '🏴',
      '\u{e0067}',
      '\u{e007f}',
    ),
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  ),
})

describe('text to keep', () => {
  test('loses what the database refuses, and nothing else', () => {
    expect(storableText('a\0b')).toBe('ab')
    expect(storableText('half \ud83d here')).toBe('half \ufffd here')
    expect(storableText('\u202eabc\r\n\u0007')).toBe('\u202eabc\r\n\u0007')
  })

  test('is always whole and free of NUL', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(storableText(text).isWellFormed()).toBe(true)
        expect(storableText(text)).not.toContain('\0')
      }),
    )
  })
})

describe('text to show', () => {
  test.each([
    ['a composed letter', 'e\u0301', '\u00e9'],
    ['direction overrides', 'abc\u202egpj.exe\u202c', 'abcgpj.exe'],
    ['isolates', '\u2067abc\u2069', 'abc'],
    ['control characters', 'a\u0007b\u001b[31mc\u0090', 'ab[31mc'],
    ['line ends of three kinds', 'a\r\nb\rc\nd\u2028e', 'a\nb\nc\nd\ne'],
    ['tabs', 'a\tb', 'a\tb'],
    ['halves of characters', '\udc00x', '\ufffdx'],
    ['hidden tags', 'hi\u{e0041}\u{e0042}', 'hi'],
    ['the flag of Wales', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
    ['a family', '👩‍👩‍👧', '👩‍👩‍👧'],
    ['a Persian word with its joiner', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['a mark for Hebrew beside Latin', 'abc\u200f!', 'abc\u200f!'],
    ['byte order marks', '\ufeffhello', 'hello'],
  ])('handles %s', (_name, text, expected) => {
    expect(displayText(text)).toBe(expected)
  })

  test('is the same after a second time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(displayText(displayText(text))).toBe(displayText(text))
        expect(displayLine(displayLine(text))).toBe(displayLine(text))
        expect(displayText(text)).not.toMatch(/[\0\u202a-\u202e\u2066-\u2069\r]/)
      }),
      { numRuns: 500 },
    )
  })

  test('of a name is one line', () => {
    expect(displayLine('  Ada\r\n\tLovelace\u202e ')).toBe('Ada Lovelace')
  })
})
