import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

interface Name {
  readonly source: string
  readonly externalId: string
}

/** Of these, the engagements of others that are known to be gone. */
export async function deletedOf(
  db: Db,
  workspaceId: string,
  names: readonly Name[],
): Promise<readonly Name[]> {
  if (names.length === 0) return []
  const found = await sql<{ source: string; externalId: string }>`
    select m.source, m.external_id as "externalId"
    from unnest(${names.map((n) => n.source)}::text[], ${names.map((n) => n.externalId)}::text[]) as k(source, name)
    join raw_meanings m on m.workspace_id = ${workspaceId} and m.source = k.source and m.external_id = k.name
      and m.is_deletion
    union
    select e.source, e.external_id
    from unnest(${names.map((n) => n.source)}::text[], ${names.map((n) => n.externalId)}::text[]) as k(source, name)
    join engagements e on e.workspace_id = ${workspaceId} and e.source = k.source and e.external_id = k.name
      and e.deleted_at is not null and e.direction = 'in'`.execute(db)
  return found.rows
}

/** Empties every raw event that these engagements came out of, and forgets their attachments; answers with the files. */
export async function forgetWords(
  db: Db,
  workspaceId: string,
  names: readonly Name[],
): Promise<readonly string[]> {
  if (names.length === 0) return []
  const keys = sql`unnest(${names.map((n) => n.source)}::text[], ${names.map((n) => n.externalId)}::text[]) as k(source, name)`
  await sql`update raw_events e set body = '', facts = '{}'
    where e.workspace_id = ${workspaceId} and length(e.body) > 0 and e.id in (
      select m.event_id from ${keys}
      join raw_meanings m on m.workspace_id = ${workspaceId} and m.source = k.source and m.external_id = k.name)`.execute(
    db,
  )
  const gone = await sql<{ id: string }>`delete from attachments a using ${keys}
    where a.workspace_id = ${workspaceId} and a.source = k.source and a.external_id = k.name
    returning a.id`.execute(db)
  return gone.rows.map((row) => row.id)
}

/** What could not be read, and is named after something deleted, is dropped with its words. */
export async function forgetSetAside(
  db: Db,
  workspaceId: string,
  connectionId: string,
  externalIds: readonly string[],
): Promise<void> {
  if (externalIds.length === 0) return
  await sql`
    with dropped as (
      delete from raw_quarantine q using raw_events e, unnest(${externalIds}::text[]) as k(name)
      where q.workspace_id = ${workspaceId} and q.connection_id = ${connectionId}
        and e.workspace_id = ${workspaceId} and e.id = q.event_id and position(k.name in e.key) > 0
      returning q.event_id)
    update raw_events e set body = '', facts = '{}' from dropped
    where e.workspace_id = ${workspaceId} and e.id = dropped.event_id`.execute(db)
}

/**
 * Everything that names somebody who left as its author, understood or not: what network and channel say of an event,
 * beside its body, names who made it. What others say to them is not theirs, and what is still to be read stays.
 */
export async function forgetAuthor(db: Db, workspaceId: string, { source, externalId }: Name): Promise<void> {
  await sql`
    with heard as (
      select distinct m.connection_id from raw_meanings m where m.workspace_id = ${workspaceId} and m.source = ${source}),
    emptied as (
      update raw_events e set body = '', facts = '{}'
      where e.workspace_id = ${workspaceId} and e.connection_id in (select connection_id from heard)
        and length(e.body) > 0
        and (position(${externalId} in e.key) > 0 or position(to_json(${externalId}::text)::text in e.facts ->> 'actor') > 0)
        and not exists (select 1 from raw_queue q where q.workspace_id = ${workspaceId}
          and q.connection_id = e.connection_id and q.event_id = e.id)
      returning e.id, e.connection_id)
    delete from raw_quarantine q using emptied
    where q.workspace_id = ${workspaceId} and q.connection_id = emptied.connection_id and q.event_id = emptied.id`.execute(
    db,
  )
}
