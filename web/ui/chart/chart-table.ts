export type Cell = string | number | null

/** What a picture shows, as rows: read as a table, downloaded as CSV, drawn as marks in the same order. */
export interface ChartTable {
  readonly columns: readonly ChartColumn[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface ChartColumn {
  readonly title: string
  readonly isNumber?: boolean
  /** How a cell is read in the table; CSV keeps the bare value. */
  readonly say?: (cell: Cell) => string
}

/** RFC 4180. Text that a spreadsheet would run as a formula is kept as text by a leading apostrophe. */
export function toCsv(table: ChartTable): string {
  const lines = [table.columns.map((column) => column.title), ...table.rows]
  return lines.map((line) => line.map(csvCell).join(',')).join('\r\n') + '\r\n'
}

export function sayCell(cell: Cell, column: ChartColumn): string {
  if (column.say !== undefined) return column.say(cell)
  if (cell === null) return '–'
  return typeof cell === 'number' ? cell.toLocaleString() : cell
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
