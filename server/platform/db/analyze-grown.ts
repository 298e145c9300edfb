import { sql } from 'kysely'
import type { Database } from './database.ts'

/** A table that grew by this factor is another table to the planner. */
const growth = 8
const blockBytes = 8_192

/**
 * Has PostgreSQL look at tables that grew a lot since it last did. Its own look comes minutes after a large import has
 * begun; until then it takes one workspace for a small part of every table, and reads all of it where a key would do.
 * Only keys are looked at: taking texts apart, as its own look does for the search, is most of the work.
 */
export async function analyzeGrown({ owner }: Pick<Database, 'owner'>): Promise<void> {
  const grown = await sql<{ name: string; keys: readonly string[] }>`
    select c.relname as name, array(select a.attname::text from pg_attribute a where a.attrelid = c.oid
      and exists (select from pg_index i where i.indrelid = c.oid and a.attnum = any(i.indkey))) as keys
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relhasindex
      and pg_relation_size(c.oid) > ${growth * blockBytes} * greatest(c.relpages, 1)`.execute(owner)
  if (grown.rows.length === 0) return
  const looks = grown.rows.map(({ name, keys }) => {
    return sql`${sql.table(name)} (${sql.join(keys.map((key) => sql.ref(key)))})`
  })
  await sql`analyze ${sql.join(looks)}`.execute(owner)
}
