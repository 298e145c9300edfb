import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvCell, csvLines } from './csv.ts'

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xd7ff }).map((code) => String.fromCharCode(code)),
})

describe('a cell of a CSV file', () => {
  test.each([
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    [' blank', '" blank"'],
    ['', ''],
    [null, ''],
    [true, 'true'],
    [-5.5, '-5.5'],
    [Number.NaN, ''],
    ['=1+1', "'=1+1"],
    ['+49 30 1234', "'+49 30 1234"],
    ['-5', "'-5"],
    ['@acme help', "'@acme help"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['＝1+1', "'＝1+1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['1=1', '1=1'],
  ])('%j is written %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })

  test('is read back as it was, but for the apostrophe that disarms a formula', () => {
    const row = fc.array(fc.oneof(anyText, fc.constantFrom('=x', '+1', '"', ',', '\r\n', '@', '')), {
      minLength: 2,
      maxLength: 5,
    })
    fc.assert(
      fc.property(row, (values) => {
        const text = [
          ...csvLines(
            values.map((_, i) => `c${i}`),
            [values],
          ),
        ].join('')
        const [, read]: string[][] = parse(text, { relax_column_count: false })
        expect(
          read?.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n\u2212\uff1d\uff0b\uff0d\uff20])/, '')),
        ).toEqual(
          values.map((value) => value.replace(/^'(?=[=+\-@\t\r\n\u2212\uff1d\uff0b\uff0d\uff20])/, '')),
        )
      }),
    )
  })

  test('never begins a formula, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [[read = ''] = []]: string[][] = parse(`${csvCell(text)},x\r\n`)
        expect(read).not.toMatch(/^[=+\-@\t\r\n]/)
      }),
    )
  })
})
