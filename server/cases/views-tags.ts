import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

/** Tags that cases carry and that begin with `q`, whatever its case; those of most cases first. */
export async function tagsInUse(
  db: Db,
  workspaceId: string,
  { q, limit }: { readonly q: string; readonly limit: number },
): Promise<{ tag: string; cases: number }[]> {
  const found = await sql<{ tag: string; cases: number }>`
    select tag, count(*)::int as cases from cases c, unnest(c.tags) as tag
    where c.workspace_id = ${workspaceId} and c.tags <> '{}' and starts_with(lower(tag), lower(${q.trim()}))
    group by tag order by count(*) desc, tag limit ${limit}`.execute(db)
  return found.rows
}
