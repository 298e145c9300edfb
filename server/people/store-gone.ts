import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export interface GoneIdentity {
  readonly source: string
  readonly externalId: string
  readonly at: Date
}

export interface Forgotten {
  readonly personId: string
  /** By which this account was known. */
  readonly names: readonly string[]
}

/** Neither handle nor name is left of an identity whose account is gone; its id stays, by which it is known. */
export async function forgetIdentity(
  db: Db,
  workspaceId: string,
  { source, externalId, at }: GoneIdentity,
  name: string,
): Promise<Forgotten | null> {
  const found = await sql<Forgotten>`
    update identities i set handle = null, name = ${name}, gone_at = ${at}
    from (select id, handle, name from identities
      where workspace_id = ${workspaceId} and source = ${source} and external_id = ${externalId} for update) b
    where i.workspace_id = ${workspaceId} and i.id = b.id
    returning i.person_id as "personId", array_remove(array[b.handle, b.name], null) as names`.execute(db)
  return found.rows[0] ?? null
}

/**
 * A name that no member gave is the one that an account bore: that of another account stands in, where there is one.
 * Answers with the names that it was.
 */
export async function renamePersons(
  db: Db,
  workspaceId: string,
  personId: string,
  name: string,
): Promise<readonly string[]> {
  const found = await sql<{ was: string }>`
    update persons p set name = coalesce((select coalesce(i.name, i.handle) from identities i
      where i.workspace_id = ${workspaceId} and i.person_id = p.id and i.gone_at is null
        and coalesce(i.name, i.handle) is not null
      order by i.created_at, i.id limit 1), ${name})
    from (select id, name from persons where workspace_id = ${workspaceId}
      and (id = ${personId} or merged_into = ${personId}) order by id for update) b
    where p.workspace_id = ${workspaceId} and p.id = b.id and not p.is_name_given
    returning b.name as was`.execute(db)
  return found.rows.map(({ was }) => was)
}

/** Whoever came back bears the name of their account again. */
export async function nameAgain(
  db: Db,
  workspaceId: string,
  person: { readonly id: string; readonly name: string },
  goneName: string,
): Promise<void> {
  await sql`update persons set name = ${person.name}
    where workspace_id = ${workspaceId} and id = ${person.id} and not is_name_given and name = ${goneName}`.execute(
    db,
  )
}

/** Merges keep names, so that they can be undone. */
export async function forgetInMerges(
  db: Db,
  workspaceId: string,
  { personId, names }: Forgotten,
  name: string,
): Promise<void> {
  const ofPerson = sql`workspace_id = ${workspaceId} and (kept_id = ${personId} or merged_id = ${personId})`
  await sql`update merges set merged_name = ${name} where ${ofPerson} and merged_name = any(${names}::text[])`.execute(
    db,
  )
  for (const state of ['before', 'merged']) {
    const path = sql`array[${state}, 'name']::text[]`
    await sql`update merges set moved = jsonb_set(moved, ${path}, to_jsonb(${name}::text))
      where ${ofPerson} and moved #>> ${path} = any(${names}::text[])`.execute(db)
  }
}
