import { sql } from 'kysely'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import type { KnownOrphan } from './place-in-thread.ts'

export interface KnownEngagement {
  readonly id: string
  readonly source: string
  readonly externalId: string
  readonly threadId: string
  readonly personId: string | null
  readonly caseId: string | null
  readonly presenceId: string | null
  readonly version: number
}

/** Engagements by source and any of the network's names for them, keyed `source name`. */
export async function findByExternal(
  db: Db,
  workspaceId: string,
  keys: readonly { readonly source: string; readonly externalId: string }[],
): Promise<ReadonlyMap<string, KnownEngagement>> {
  if (keys.length === 0) return new Map()
  const found = await sql<{
    id: string
    source: string
    name: string
    external_id: string
    thread_id: string
    person_id: string | null
    case_id: string | null
    presence_id: string | null
    version: number
  }>`
    with k as (select distinct * from unnest(${keys.map((k) => k.source)}::text[], ${keys.map((k) => k.externalId)}::text[])
      as k(source, name)),
    named as (
      select k.name, e.id from k
      join engagements e on e.workspace_id = ${workspaceId} and e.source = k.source and e.external_id = k.name
      union
      select k.name, n.engagement_id from k
      join external_names n on n.workspace_id = ${workspaceId} and n.source = k.source and n.external_id = k.name)
    select named.name, e.id, e.source, e.external_id, e.thread_id, e.person_id, e.case_id, e.presence_id, e.version
    from named join engagements e on e.workspace_id = ${workspaceId} and e.id = named.id`.execute(db)
  return new Map(
    found.rows.map((row) => [
      `${row.source} ${row.name}`,
      {
        id: row.id,
        source: row.source,
        externalId: row.external_id,
        threadId: row.thread_id,
        personId: row.person_id,
        caseId: row.case_id,
        presenceId: row.presence_id,
        version: row.version,
      },
    ]),
  )
}

/** Engagements whose named parent was not there when they came, and now is: by parent's `source externalId`. */
export async function findOrphans(
  db: Db,
  workspaceId: string,
  parents: readonly { readonly source: string; readonly externalId: string }[],
): Promise<readonly KnownOrphan[]> {
  if (parents.length === 0) return []
  const found = await sql<{ id: string; thread_id: string; parent_key: string; speaker: string | null }>`
    select e.id, e.thread_id, e.source || ' ' || e.parent_external_id as parent_key,
      case when e.direction = 'in' then lower(e.author_handle) end as speaker
    from unnest(${parents.map((k) => k.source)}::text[], ${parents.map((k) => k.externalId)}::text[]) as k(source, external_id)
    join engagements e on e.workspace_id = ${workspaceId} and e.source = k.source
      and e.parent_external_id = k.external_id and e.parent_id is null`.execute(db)
  return found.rows.map((row) => ({
    id: row.id,
    threadId: row.thread_id,
    parentKey: row.parent_key,
    speaker: row.speaker,
  }))
}

/** Which of these speakers spoke or were addressed in which of these threads, as `threadId speaker`. */
export async function findParticipants(
  db: Db,
  workspaceId: string,
  threadIds: readonly string[],
  speakers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (threadIds.length === 0 || speakers.length === 0) return new Set()
  const found = await sql<{ name: string }>`
    select distinct e.thread_id || ' ' || lower(p.handle) as name
    from engagements e cross join lateral unnest(e.mentions || e.author_handle) as p(handle)
    where e.workspace_id = ${workspaceId} and e.thread_id = any(${threadIds}::uuid[])
      and lower(p.handle) = any(${speakers}::text[])`.execute(db)
  return new Set(found.rows.map((row) => row.name))
}

export async function findThreadNames(
  db: Db,
  workspaceId: string,
  names: readonly { readonly source: string; readonly externalId: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  const found = await sql<{ name: string; thread_id: string }>`
    select t.source || ' ' || t.external_id as name, t.thread_id
    from unnest(${names.map((k) => k.source)}::text[], ${names.map((k) => k.externalId)}::text[]) as k(source, external_id)
    join thread_names t on t.workspace_id = ${workspaceId} and t.source = k.source
      and t.external_id = k.external_id`.execute(db)
  return new Map(found.rows.map((row) => [row.name, row.thread_id]))
}

export async function addThreadNames(
  db: Db,
  workspaceId: string,
  names: readonly { readonly source: string; readonly externalId: string; readonly threadId: string }[],
): Promise<void> {
  const rows = names.map((name) => ({
    workspace_id: workspaceId,
    source: name.source,
    external_id: name.externalId,
    thread_id: name.threadId,
  }))
  await insertRows(db, 'thread_names', rows, sql`on conflict do nothing`)
}

/** Makes stored threads one: everything of `from` now stands in `into`. */
export async function mergeThreads(
  db: Db,
  workspaceId: string,
  merges: readonly { readonly from: string; readonly into: string }[],
): Promise<void> {
  if (merges.length === 0) return
  const pairs = sql`unnest(${merges.map((m) => m.from)}::uuid[], ${merges.map((m) => m.into)}::uuid[]) as m(gone, kept)`
  for (const table of ['engagements', 'thread_names', 'cases', 'turns'] as const) {
    await sql`update ${sql.table(table)} t set thread_id = m.kept from ${pairs}
      where t.workspace_id = ${workspaceId} and t.thread_id = m.gone`.execute(db)
  }
}

export async function adopt(
  db: Db,
  workspaceId: string,
  adoptions: readonly { readonly id: string; readonly parentId: string }[],
): Promise<void> {
  if (adoptions.length === 0) return
  await sql`update engagements e set parent_id = a.parent
    from unnest(${adoptions.map((a) => a.id)}::uuid[], ${adoptions.map((a) => a.parentId)}::uuid[]) as a(id, parent)
    where e.workspace_id = ${workspaceId} and e.id = a.id`.execute(db)
}

/** Gives engagements that named no account of ours the one that speaks in their thread; answers with their ids. */
export async function fillPresences(
  db: Db,
  workspaceId: string,
  threadIds: readonly string[],
): Promise<readonly string[]> {
  if (threadIds.length === 0) return []
  const filled = await sql<{ id: string }>`update engagements e set presence_id = t.presence_id
    from (select distinct on (thread_id) thread_id, presence_id from engagements
      where workspace_id = ${workspaceId} and thread_id = any(${threadIds}::uuid[]) and presence_id is not null
      order by thread_id, published_at, id) t
    where e.workspace_id = ${workspaceId} and e.thread_id = t.thread_id and e.presence_id is null
    returning e.id`.execute(db)
  return filled.rows.map((row) => row.id)
}
