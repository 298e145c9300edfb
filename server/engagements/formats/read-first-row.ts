import type { Owner } from './format.ts'
import type { Row } from './network-format.ts'
import { readTableHead } from './read-table.ts'
import { createCsvSplitter, splitFields } from './split-csv.ts'

const MOST_BYTES = 256 * 1024

/** Finds an account in the first row of a small table; undefined where it says none. */
export function createTableFinder(
  columns: readonly string[],
  ownerOf: (row: Row) => Owner | undefined,
): (bytes: AsyncIterable<Uint8Array>) => Promise<Owner | undefined> {
  return async (bytes) => {
    const whole = await readSmall(bytes, MOST_BYTES)
    const head = readTableHead(whole)
    if (!head || columns.some((column) => !head.columns.includes(column))) return undefined
    const shape = { delimiter: head.delimiter, columnCount: head.columns.length }
    const splitter = createCsvSplitter(shape, { byte: head.byte, line: head.line })
    const [first] = [...splitter.push(whole.subarray(head.byte)), ...splitter.end()]
    if (!first || first.broken !== undefined) return undefined
    const fields = splitFields(new TextDecoder().decode(first.bytes), head.delimiter)
    return ownerOf(Object.fromEntries(head.columns.map((column, index) => [column, fields[index] ?? ''])))
  }
}

/** The beginning of a file, at most so many bytes. */
async function readSmall(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  let whole = new Uint8Array(0)
  for await (const chunk of bytes) {
    const next = new Uint8Array(Math.min(most, whole.length + chunk.length))
    next.set(whole)
    next.set(chunk.subarray(0, next.length - whole.length), whole.length)
    whole = next
    if (whole.length === most) break
  }
  return whole
}
