import { z } from 'zod'

export const headerPath = 'header.json'
export const totalsPath = 'totals.json'
export const filesPrefix = 'files/'

const Column = z.object({ name: z.string(), type: z.string() })
const Table = z.object({ schema: z.string(), name: z.string(), columns: z.array(Column).min(1) })
export type Table = z.infer<typeof Table>

/** The first entry of a backup: what it holds. */
export const Header = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  postgres: z.string(),
  /** Names of the migrations that the database had seen. */
  migrations: z.array(z.string()),
  tables: z.array(Table),
  hasFiles: z.boolean(),
})
export type Header = z.infer<typeof Header>

const Tally = z.object({ rows: z.int(), bytes: z.int(), sha256: z.string() })
/** Rows (or files), bytes, and SHA-256 over all bytes in their order. */
export type Tally = z.infer<typeof Tally>

/** The last entry of a backup: what was really written. */
export const Totals = z.object({ tables: z.record(z.string(), Tally), files: Tally })
export type Totals = z.infer<typeof Totals>

export interface Progress {
  readonly step: 'verify' | 'tables' | 'files'
  /** The table or folder that is worked on. */
  readonly what: string
  /** Bytes; `total` is an estimate while a backup is made. */
  readonly done: number
  readonly total: number
}

export interface BackupSummary {
  readonly header: Header
  readonly totals: Totals
}

export function tableKey(table: { readonly schema: string; readonly name: string }): string {
  return `${table.schema}.${table.name}`
}

/** Path of a piece of a table; numbers begin at 1. */
export function tablePath(table: Table, number: number): string {
  return `tables/${tableKey(table)}/${String(number).padStart(6, '0')}.copy`
}

/** Key of the table that an entry belongs to. */
export function tableOfPath(path: string): string | undefined {
  return path.match(/^tables\/(.+)\/\d{6,}\.copy$/)?.[1]
}
