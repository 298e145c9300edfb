import { sql, type RawBuilder } from 'kysely'
import type { Schema } from './schema.ts'
import type { Db } from './scope.ts'
import { storableJson } from './storable-json.ts'

type Row = Readonly<Record<string, unknown>>

/**
 * Many rows as one parameter: PostgreSQL takes them apart by the table's own types. All rows have the same keys, which
 * are column names; json columns are given as objects. Several times quicker than a parameter for each value, and a
 * third quicker than by way of `jsonb`.
 */
export async function insertRows(
  db: Db,
  table: keyof Schema,
  rows: readonly Row[],
  conflict: RawBuilder<unknown> = sql``,
): Promise<void> {
  if (rows.length > 0) await sql`${insertSql(table, rows)} ${conflict}`.execute(db)
}

/** The same as part of a larger statement; at least one row. */
function insertSql(table: keyof Schema, rows: readonly Row[]): RawBuilder<unknown> {
  const columns = columnsOf(rows[0] ?? {})
  return sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${storableJson(rows)}::json)`
}

function columnsOf(row: Row): RawBuilder<unknown> {
  return sql.join(Object.keys(row).map((name) => sql.ref(name)))
}
