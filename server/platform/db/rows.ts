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
  const first = rows[0]
  if (first === undefined) return
  await sql`insert into ${sql.table(table)} (${columnsOf(first)})
    select ${columnsOf(first)} from json_populate_recordset(null::${sql.table(table)}, ${storableJson(rows)}::json)
    ${conflict}`.execute(db)
}

function columnsOf(row: Row): RawBuilder<unknown> {
  return sql.join(Object.keys(row).map((name) => sql.ref(name)))
}
