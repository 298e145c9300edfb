import pg from 'pg'
import type { Table } from './contents.ts'
import { tableKey } from './contents.ts'

/** Schemas that hold what people entrusted to us; the job library's own is made anew and holds no data of theirs. */
const schemas = ['public', 'auth']

/**
 * Tables that are not carried over: the list of migrations belongs to the target database, and
 * live events are ordered by transaction numbers, which mean nothing in another server.
 */
const leftOut = new Set(['public.migrations', 'public.live_events'])

interface ColumnRow {
  readonly schema: string
  readonly table: string
  readonly column: string
  readonly type: string
}

/** Every table with the columns that hold data of their own, in the order of names. */
export async function listTables(client: pg.ClientBase): Promise<readonly Table[]> {
  const found = await client.query<ColumnRow>(
    `select n.nspname as schema, c.relname as table, a.attname as column,
            pg_catalog.format_type(a.atttypid, a.atttypmod) as type
       from pg_catalog.pg_class c
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       join pg_catalog.pg_attribute a on a.attrelid = c.oid
      where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by n.nspname collate "C", c.relname collate "C", a.attnum`,
    [schemas],
  )
  const tables = new Map<string, Table>()
  for (const row of found.rows) {
    const key = tableKey({ schema: row.schema, name: row.table })
    if (leftOut.has(key)) continue
    const table = tables.get(key) ?? { schema: row.schema, name: row.table, columns: [] }
    tables.set(key, { ...table, columns: [...table.columns, { name: row.column, type: row.type }] })
  }
  return [...tables.values()]
}

/** Names of the migrations that this database has seen, in order; none where there is no such table. */
export async function listMigrations(client: pg.ClientBase): Promise<readonly string[]> {
  const exists = await client.query(`select 1 where to_regclass('public.migrations') is not null`)
  if (exists.rowCount === 0) return []
  const found = await client.query<{ name: string }>(
    `select name from public.migrations order by name collate "C"`,
  )
  return found.rows.map((row) => row.name)
}

/** Bytes of all tables on the disk, without indexes. */
export async function sizeOfTables(client: pg.ClientBase, tables: readonly Table[]): Promise<number> {
  const found = await client.query<{ bytes: string }>(
    `select coalesce(sum(pg_catalog.pg_table_size(name::regclass)), 0)::text as bytes from unnest($1::text[]) as name`,
    [tables.map(quoted)],
  )
  return Number(found.rows[0]?.bytes ?? 0)
}

export interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** Foreign keys of the schemas, but those that a partition has from its parent. Needs an empty search_path. */
export async function listForeignKeys(client: pg.ClientBase): Promise<readonly ForeignKey[]> {
  const found = await client.query<ForeignKey>(
    `select k.conrelid::regclass::text as table, k.conname as name, pg_catalog.pg_get_constraintdef(k.oid) as definition
       from pg_catalog.pg_constraint k join pg_catalog.pg_namespace n on n.oid = k.connamespace
      where k.contype = 'f' and k.conparentid = 0 and n.nspname = any($1)
      order by 1, 2`,
    [schemas],
  )
  return found.rows
}

export interface SequenceUse {
  readonly table: string
  readonly column: string
  readonly sequence: string
}

/** Sequences that number a column. */
export async function listSequences(client: pg.ClientBase): Promise<readonly SequenceUse[]> {
  const found = await client.query<SequenceUse>(
    `select d.refobjid::regclass::text as table, a.attname as column, s.oid::regclass::text as sequence
       from pg_catalog.pg_class s
       join pg_catalog.pg_namespace n on n.oid = s.relnamespace
       join pg_catalog.pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass
        and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
       join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where s.relkind = 'S' and n.nspname = any($1)`,
    [schemas],
  )
  return found.rows
}

export function quoted(table: { readonly schema: string; readonly name: string }): string {
  return `${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)}`
}

export function quotedColumns(table: Table): string {
  return table.columns.map((column) => pg.escapeIdentifier(column.name)).join(', ')
}
