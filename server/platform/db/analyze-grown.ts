import { sql } from 'kysely'
import type { Database } from './database.ts'

/** A table that grew by this factor is another table to the planner. */
const growth = 8
const blockBytes = 8_192

/**
 * Has PostgreSQL look at tables that grew a lot since it last did. Its own look comes minutes after a large import has
 * begun; until then it takes one workspace for a small part of every table, and reads all of it where a key would do.
 */
export async function analyzeGrown({ owner }: Pick<Database, 'owner'>): Promise<void> {
  const grown = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and pg_relation_size(c.oid) > ${growth * blockBytes} * greatest(c.relpages, 1)`.execute(owner)
  if (grown.rows.length === 0) return
  await sql`analyze ${sql.join(grown.rows.map(({ name }) => sql.table(name)))}`.execute(owner)
}
