import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCsvSplitter, splitFields } from './split-csv.ts'
import { toBytes } from './read-all.fixture.ts'
import type { RawRecord } from './raw-record.ts'

function split(content: string | Uint8Array, columnCount: number, chunkSize = 7): RawRecord[] {
  const bytes = toBytes(content)
  const splitter = createCsvSplitter({ delimiter: ',', columnCount }, { byte: 0, line: 1 })
  const records: RawRecord[] = []
  for (let at = 0; at < bytes.length; at += chunkSize) {
    for (const record of splitter.push(bytes.subarray(at, at + chunkSize))) records.push(record)
  }
  return [...records, ...splitter.end()]
}

function rows(records: readonly RawRecord[]): string[][] {
  return records.map((record) => splitFields(new TextDecoder().decode(record.bytes), ','))
}

/** Line numbers; a broken record in brackets. */
function outline(records: readonly RawRecord[]): string {
  return records.map(({ line, broken }) => (broken === undefined ? `${line}` : `[${line}]`)).join(' ')
}

test.each([
  ['sound rows', 'a,b\n"c\nd",e\r\n\nf,"g""h"', '1 2 5'],
  ['an unclosed quote costs its own line only', 'a,b\nc,"d\ne,f\ng,"h"\ni,j\n', '1 [2] 3 4 5'],
  ['an unclosed quote in a file without other quotes', 'a,b\nc,"d\ne,f\ng,h\n', '1 [2] 3 4'],
  ['text after a closing quote', 'a,"b"c\nd,e\n', '[1] 2'],
  ['a quote that is not doubled', 'a,"he said "no" to me"\nd,e\n', '[1] 2'],
  ['a quote inside an unquoted field is text', 'a,5" screen\nd,e\n', '1 2'],
  ['too few and too many columns', 'a\na,b,c\nd,e\n', '[1] [2] 3'],
  ['an unclosed quote that a later quote seems to close', 'a,"b\nc,",d"\ne,f\n', '[1] 2 3'],
  ['an unclosed quote at the end of the file', 'a,b\nc,"d', '1 [2]'],
])('%s', (_, content, expected) => {
  for (const chunkSize of [1, 3, 1000]) expect(outline(split(content, 2, chunkSize))).toBe(expected)
})

test('a line of 10 MB is refused without being held, and the next row is read', () => {
  const long = new Uint8Array(10_000_000).fill(97)
  const bytes = new Uint8Array([...toBytes('a,b\n'), ...long, ...toBytes('\nc,d\n')])
  const records = split(bytes, 2, 65_536)
  expect(outline(records)).toBe('1 [2] 3')
  expect(records[1]?.broken).toContain('longer than 1 MiB')
  expect(records[1]?.bytes.length).toBeLessThan(1000)
})

test('a quoted field of more than 1 MiB is given up after its first line', () => {
  const content = `a,b\nc,"${'x\n'.repeat(600_000)}`
  const records = split(content, 2, 65_536)
  expect(outline(records.slice(0, 2))).toBe('1 [2]')
  expect(records).toHaveLength(600_001)
})

test('a file made so that every line must be read again costs a bounded time', () => {
  const content = 'a",x,"\n'.repeat(300_000)
  const started = performance.now()
  const records = split(content, 1000, 262_144)
  expect(performance.now() - started).toBeLessThan(5000)
  expect(records.every(({ broken }) => broken !== undefined)).toBe(true)
})

test('on sound files it reads the same fields as csv-parse', () => {
  const field = fc.string({
    unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', ' ', '🙂'),
    maxLength: 6,
  })
  const table = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 })
  const quote = (value: string) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 40 }), (given, chunkSize) => {
      const content = given.map((row) => row.map(quote).join(',')).join('\n') + '\n'
      const oracle: unknown = parse(content, { relax_quotes: true, skip_empty_lines: true })
      expect(rows(split(content, 3, chunkSize))).toEqual(oracle)
    }),
    { numRuns: 500 },
  )
})
