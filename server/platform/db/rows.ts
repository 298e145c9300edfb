import { sql, type RawBuilder } from 'kysely'
import type { Schema } from './schema.ts'
import type { Db } from './scope.ts'
import { storableJson } from './storable-json.ts'

type Row = Readonly<Record<string, unknown>>

/**
 * Many rows as one parameter: PostgreSQL takes them apart by the table's own types. All rows have the same keys, which
 * are column names; json columns are given as objects. Several times quicker than a parameter for each value.
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
    select ${columnsOf(first)} from jsonb_populate_recordset(null::${sql.table(table)}, ${storableJson(rows)}::jsonb)
    ${conflict}`.execute(db)
}

/** Updates rows of a workspace by `id`; every row names `workspace_id`, `id` and the same columns to set. */
export async function updateRows(db: Db, table: keyof Schema, rows: readonly Row[]): Promise<void> {
  const first = rows[0]
  if (first === undefined) return
  const names = Object.keys(first).filter((name) => name !== 'workspace_id' && name !== 'id')
  const changes = names.map((name) => sql`${sql.ref(name)} = given.${sql.ref(name)}`)
  await sql`update ${sql.table(table)} as t set ${sql.join(changes)}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${storableJson(rows)}::jsonb) as given
    where t.workspace_id = given.workspace_id and t.id = given.id`.execute(db)
}

function columnsOf(row: Row): RawBuilder<unknown> {
  return sql.join(Object.keys(row).map((name) => sql.ref(name)))
}
