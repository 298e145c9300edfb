import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

/**
 * A tombstone stays: that something was said, by whom and when. The words go from every table that holds them, with
 * what was read out of them and the raw forms. Answers with the keys of the files that must go too.
 */
export async function eraseContent(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  at: Date,
): Promise<readonly string[]> {
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
  return eraseAttachments(db, workspaceId, ids)
}

/** Every name of these engagements. */
function namesOf(workspaceId: string, ids: readonly string[]) {
  return sql`(select e.source, e.external_id from engagements e
      where e.workspace_id = ${workspaceId} and e.id = any(${ids}::uuid[])
    union select n.source, n.external_id from external_names n
      where n.workspace_id = ${workspaceId} and n.engagement_id = any(${ids}::uuid[])) names`
}

async function eraseRawForms(db: Db, workspaceId: string, ids: readonly string[]): Promise<void> {
  await sql`update arrivals a set body = (a.body || '{"text": "", "media": [], "mentions": []}') - 'subject' - 'raw'
    from engagements e where e.workspace_id = ${workspaceId} and e.id = any(${ids}::uuid[])
      and a.workspace_id = e.workspace_id and a.source = e.source
      and (a.id = e.arrival_id or a.activity_key = 'create:' || e.external_id
        or starts_with(a.activity_key, 'update:' || e.external_id || ':'))`.execute(db)
  // One raw event may hold words of several engagements; those of the others stand in their own rows.
  await sql`update raw_events r set body = '', facts = '{}'
    from raw_meanings m join ${namesOf(workspaceId, ids)} on m.source = names.source and m.external_id = names.external_id
    where m.workspace_id = ${workspaceId} and r.workspace_id = ${workspaceId} and r.id = m.event_id`.execute(
    db,
  )
}

async function eraseAttachments(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const gone = await sql<{ id: string }>`delete from attachments a using ${namesOf(workspaceId, ids)}
    where a.workspace_id = ${workspaceId} and a.source = names.source and a.external_id = names.external_id
    returning a.id`.execute(db)
  return gone.rows.map(({ id }) => `attachments/${id}`)
}
