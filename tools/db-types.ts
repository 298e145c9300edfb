import { writeFile } from 'node:fs/promises'
import pg from 'pg'

/** Writes server/platform/db/schema.ts from a migrated database: `node tools/db-types.ts <owner URL>`. */

const types: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  bytea: 'Buffer',
  date: 'string',
  xid8: 'Generated<string>',
  jsonb: 'Json',
  timestamptz: 'Timestamp',
}

interface Column {
  readonly table_name: string
  readonly column_name: string
  readonly udt_name: string
  readonly is_nullable: 'YES' | 'NO'
  readonly column_default: string | null
}

function typeOf(column: Column): string {
  const isArray = column.udt_name.startsWith('_')
  const base = types[isArray ? column.udt_name.slice(1) : column.udt_name]
  if (base === undefined) throw new Error(`no TypeScript type for ${column.table_name}.${column.column_name}`)
  const element = isArray ? `readonly ${base}[]` : base
  const whole = column.is_nullable === 'YES' ? `${element} | null` : element
  const isGenerated = column.column_default !== null && !whole.startsWith('Generated')
  return isGenerated ? `Generated<${whole}>` : whole
}

export async function schemaText(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const found = await client.query<Column>(
    `select table_name, column_name, udt_name, is_nullable, column_default from information_schema.columns
     where table_schema = 'public' and table_name <> 'migrations' order by table_name, ordinal_position`,
  )
  await client.end()
  const tables = Map.groupBy(found.rows, (column) => column.table_name)
  const blocks = [...tables].map(
    ([table, columns]) =>
      `  ${table}: {\n${columns.map((column) => `    ${column.column_name}: ${typeOf(column)}`).join('\n')}\n  }`,
  )
  return `/* oxlint-disable max-lines -- generated */
import type { ColumnType } from 'kysely'

// Written by tools/db-types.ts from the migrated database; not by hand.

/** A column with a default may be left out when a row is made. */
type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Timestamp = ColumnType<Date, Date | string, Date | string>
/** Read as parsed JSON, written as a string. */
type Json = ColumnType<unknown, string, string>

export interface Schema {
${blocks.join('\n')}
}
`
}

if (import.meta.main) {
  const url = process.argv[2]
  if (url === undefined) throw new Error('usage: node tools/db-types.ts <owner URL>')
  await writeFile(new URL('../server/platform/db/schema.ts', import.meta.url), await schemaText(url))
}
