import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export interface Name {
  readonly source: string
  readonly externalId: string
}

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
  await sql`update arrivals a set body = ${emptied} from engagements e
    where e.workspace_id = ${workspaceId} and e.id = any(${ids}::uuid[])
      and a.workspace_id = ${workspaceId} and a.id = e.arrival_id`.execute(db)
}

const emptied = sql.raw(`(a.body || '{"text": "", "media": [], "mentions": []}') - 'subject' - 'raw'`)

/** The words of everything that was ever handed in under these names, taken up by the loop or not. */
export async function eraseRawForms(db: Db, workspaceId: string, names: readonly Name[]): Promise<void> {
  if (names.length === 0) return
  await sql`update arrivals a set body = ${emptied} from (
      select c.id from ${keysOf(names)} join arrivals c on c.workspace_id = ${workspaceId} and c.source = k.source
        and c.activity_key = 'create:' || k.name
      union all
      select u.id from ${keysOf(names)} join arrivals u on u.workspace_id = ${workspaceId} and u.source = k.source
        and ${isEditOf('u')} and u.body ->> 'externalId' = k.name) found
    where a.workspace_id = ${workspaceId} and a.id = found.id`.execute(db)
}

function keysOf(names: readonly Name[]) {
  return sql`unnest(${names.map((n) => n.source)}::text[], ${names.map((n) => n.externalId)}::text[]) as k(source, name)`
}

/** The keys of edits begin with the name and a colon, which `;` follows. */
function isEditOf(table: string) {
  const key = sql.ref(`${table}.activity_key`)
  return sql`${key} ~>=~ 'update:' and ${key} ~>=~ ('update:' || k.name || ':') and ${key} ~<~ ('update:' || k.name || ';')`
}

/** Every name of these engagements. */
export async function namesOf(db: Db, workspaceId: string, ids: readonly string[]): Promise<readonly Name[]> {
  if (ids.length === 0) return []
  const found = await sql<Name>`select source, external_id as "externalId" from engagements
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union select source, external_id from external_names
    where workspace_id = ${workspaceId} and engagement_id = any(${ids}::uuid[])`.execute(db)
  return found.rows
}

/** Who said these has left: neither name nor handle stays with them, nor with their raw forms. */
export async function eraseAuthors(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  name: string,
): Promise<void> {
  if (ids.length === 0) return
  await sql`update engagements set author_name = ${name}, author_handle = null
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(db)
  const bare = sql`jsonb_set(a.body, '{author}', jsonb_build_object('externalId', a.body -> 'author' -> 'externalId', 'name', ${name}::text))`
  const names = await namesOf(db, workspaceId, ids)
  await sql`update arrivals a set body = ${bare} from (
      select e.arrival_id as id from engagements e where e.workspace_id = ${workspaceId} and e.id = any(${ids}::uuid[])
      union all
      select u.id from ${keysOf(names)} join arrivals u on u.workspace_id = ${workspaceId} and u.source = k.source
        and (${isEditOf('u')} or u.activity_key = 'delete:' || k.name)) found
    where a.workspace_id = ${workspaceId} and a.id = found.id and a.body ? 'author'`.execute(db)
}
