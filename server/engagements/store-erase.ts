import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

/**
 * A tombstone stays: that something was said, by whom and when. The words go from every table that holds them, with
 * what was read out of them. What connections keep of them goes with it, by their own hand.
 */
export async function eraseContent(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return
  await sql`update engagements set text = '', subject = null, media = '[]', labels = '{}', mentions = '{}',
      deleted_at = coalesce(deleted_at, ${at})
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from engagement_versions where workspace_id = ${workspaceId} and engagement_id = any(${ids}::uuid[])`.execute(
    db,
  )
  await sql`update readings set reasons = '[]' where workspace_id = ${workspaceId} and engagement_id = any(${ids}::uuid[])`.execute(
    db,
  )
  await sql`update decisions set path = coalesce((select jsonb_agg(step || '{"reasons": []}') from jsonb_array_elements(path) step), '[]')
    where workspace_id = ${workspaceId} and engagement_id = any(${ids}::uuid[])`.execute(db)
  await eraseRawForms(db, workspaceId, ids)
}

async function eraseRawForms(db: Db, workspaceId: string, ids: readonly string[]): Promise<void> {
  await sql`update arrivals a set body = (a.body || '{"text": "", "media": [], "mentions": []}') - 'subject' - 'raw'
    from engagements e where e.workspace_id = ${workspaceId} and e.id = any(${ids}::uuid[])
      and a.workspace_id = e.workspace_id and a.source = e.source
      and (a.id = e.arrival_id or a.activity_key = 'create:' || e.external_id
        or starts_with(a.activity_key, 'update:' || e.external_id || ':'))`.execute(db)
}
