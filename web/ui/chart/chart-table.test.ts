import { expect, test } from 'vitest'
import { toCsv } from './chart-table.ts'

const columns = [{ title: 'Name' }, { title: 'Turns', isNumber: true }]

test('a table becomes CSV with quotes where they are needed', () => {
  expect(
    toCsv({
      columns,
      rows: [
        ['Acme, "the" shop', 3],
        ['Other', null],
      ],
    }),
  ).toBe('Name,Turns\r\n"Acme, ""the"" shop",3\r\nOther,\r\n')
})

test('a name that a spreadsheet would run as a formula stays text', () => {
  expect(toCsv({ columns, rows: [['=HYPERLINK("x")', -3]] })).toBe(
    'Name,Turns\r\n"\'=HYPERLINK(""x"")",-3\r\n',
  )
})
