import type { Dimension } from '../../contract/reports.ts'
import type { Db } from '../platform/db/scope.ts'
import { labelWords } from './label-words.ts'

/** Titles of the keys of a dimension, by key. */
export async function titlesOf(
  db: Db,
  workspaceId: string,
  dimension: Dimension,
): Promise<ReadonlyMap<string, string>> {
  if (dimension === 'presence') return presenceTitles(db, workspaceId)
  if (dimension === 'function') return functionTitles(db, workspaceId)
  return dimension === 'intent' ? labelWords : new Map()
}

const most = 100_000

async function presenceTitles(db: Db, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('presences')
    .select(['id', 'name', 'handle'])
    .where('workspace_id', '=', workspaceId)
    .limit(most)
    .execute()
  return new Map(rows.map((row) => [row.id, row.name === '' ? row.handle : row.name]))
}

/** Those in use first, in their order; with the ones that were put away, as old turns still name them. */
async function functionTitles(db: Db, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('functions')
    .select(['key', 'title'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('is_archived')
    .orderBy('position')
    .limit(most)
    .execute()
  return new Map(rows.map((row) => [row.key, row.title]))
}
