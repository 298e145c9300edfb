/**
 * Lines of RFC 4180: cells with comma, quote or line break in quotes, quotes doubled, CRLF at the end.
 * Text that a spreadsheet would take for a formula (it begins with = + - @ tab or a line break, half or full
 * width) gets an apostrophe in front. Numbers stay numbers, minus sign and all.
 */
export type CsvValue = string | number | boolean | null

const FORMULA = /^[=+\-@\t\r\n\u2212\uff1d\uff0b\uff0d\uff20]/
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/

export function csvCell(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'boolean') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

/** Header and rows, a line at a time, so that a file of any size can be streamed. */
export function* csvLines(
  columns: readonly string[],
  rows: Iterable<readonly CsvValue[]>,
): Generator<string, void> {
  yield csvLine(columns)
  for (const row of rows) yield csvLine(row)
}
