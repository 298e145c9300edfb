import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'

/** Every row of every table, in all schemas, and every file that hold these signs; by place and count. */
export async function placesOf(pool: Pool, folder: string, signs: string): Promise<readonly string[]> {
  const tables = await pool.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  )
  const found: string[] = []
  for (const { schema, name } of tables.rows) {
    const rows = await pool.query<{ n: number }>(
      `select count(*)::int as n from "${schema}"."${name}" t
       where to_jsonb(t)::text ilike '%' || $1 || '%' or to_jsonb(t)::text ilike '%' || encode($1::bytea, 'hex') || '%'`,
      [signs],
    )
    const n = rows.rows[0]?.n ?? 0
    if (n > 0) found.push(`${name}: ${n}`)
  }
  for (const file of await filesBelow(folder)) {
    if ((await readFile(file)).includes(signs)) found.push(file)
  }
  return found.toSorted()
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
