import { sql } from 'kysely'
import { EngagementInput } from '../../contract/engagement.ts'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'

export type Via = 'api' | 'import' | 'form' | 'hand' | 'reply' | 'sample'

export interface NewArrival {
  readonly id: string
  readonly source: string
  readonly activityKey: string
  readonly via: Via
  readonly importId: string | null
  readonly memberId: string | null
  readonly receivedAt: Date
  readonly publishedAt: Date
  readonly body: EngagementInput
}

/** Stores arrivals; answers with the ids of those that are new. Keys are sorted, so that two writers never wait for each other. */
export async function addArrivals(
  db: Db,
  workspaceId: string,
  arrivals: readonly NewArrival[],
): Promise<readonly string[]> {
  if (arrivals.length === 0) return []
  const sorted = arrivals.toSorted((a, b) =>
    compare(`${a.source} ${a.activityKey}`, `${b.source} ${b.activityKey}`),
  )
  const rows = sorted.map((arrival) => ({
    workspace_id: workspaceId,
    id: arrival.id,
    source: arrival.source,
    activity_key: arrival.activityKey,
    via: arrival.via,
    import_id: arrival.importId,
    member_id: arrival.memberId,
    received_at: arrival.receivedAt,
    published_at: arrival.publishedAt,
    body: arrival.body,
  }))
  await insertRows(db, 'arrivals', rows, sql`on conflict (workspace_id, source, activity_key) do nothing`)
  const ids = arrivals.map((arrival) => arrival.id)
  const found = await db
    .selectFrom('arrivals')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return found.map((row) => row.id)
}

export async function queueArrivals(
  db: Db,
  workspaceId: string,
  arrivals: readonly NewArrival[],
): Promise<void> {
  const rows = arrivals.map((arrival) => ({
    workspace_id: workspaceId,
    arrival_id: arrival.id,
    published_at: arrival.publishedAt,
    tries: 0,
  }))
  await insertRows(db, 'arrival_queue', rows)
}

/** Ids of arrivals by `source activityKey`. */
export async function findArrivals(
  db: Db,
  workspaceId: string,
  arrivals: readonly Pick<NewArrival, 'source' | 'activityKey'>[],
): Promise<ReadonlyMap<string, string>> {
  if (arrivals.length === 0) return new Map()
  const found = await sql<{ id: string; name: string }>`
    select a.id, a.source || ' ' || a.activity_key as name
    from unnest(${arrivals.map((a) => a.source)}::text[], ${arrivals.map((a) => a.activityKey)}::text[]) as k(source, key)
    join arrivals a on a.workspace_id = ${workspaceId} and a.source = k.source and a.activity_key = k.key`.execute(
    db,
  )
  return new Map(found.rows.map((row) => [row.name, row.id]))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

// Digest ---------------------------------------------------------------------------------------------------------

export interface QueuedArrival {
  readonly id: string
  readonly input: EngagementInput
  readonly via: string
  readonly importId: string | null
  readonly memberId: string | null
  readonly receivedAt: Date
  readonly tries: number
}

/** Takes the next arrivals, oldest by the network's time first, and locks them until the transaction ends. */
export async function takeQueued(
  db: Db,
  workspaceId: string,
  limit: number,
): Promise<readonly QueuedArrival[]> {
  const found = await sql<{
    id: string
    body: unknown
    via: string
    import_id: string | null
    member_id: string | null
    received_at: Date
    tries: number
  }>`
    select a.id, a.body, a.via, a.import_id, a.member_id, a.received_at, q.tries
    from arrival_queue q join arrivals a on a.workspace_id = q.workspace_id and a.id = q.arrival_id
    where q.workspace_id = ${workspaceId}
    order by q.published_at, q.arrival_id limit ${limit} for update of q skip locked`.execute(db)
  return found.rows.map((row) => ({
    id: row.id,
    input: EngagementInput.parse(row.body),
    via: row.via,
    importId: row.import_id,
    memberId: row.member_id,
    receivedAt: row.received_at,
    tries: row.tries,
  }))
}

export async function dropQueued(db: Db, workspaceId: string, ids: readonly string[]): Promise<void> {
  await sql`delete from arrival_queue q using arrivals a
    where a.workspace_id = ${workspaceId} and a.id = any(${ids}::uuid[]) and q.workspace_id = a.workspace_id
      and q.published_at = a.published_at and q.arrival_id = a.id`.execute(db)
}

/** Counts a failed try; true where it was one too many and the arrival went to quarantine, to hold up the rest no more. */
export async function countFailure(
  db: Db,
  workspaceId: string,
  failed: {
    readonly arrivalId: string
    readonly reason: string
    readonly maxTries: number
    readonly now: Date
  },
): Promise<boolean> {
  const row = await sql<{ tries: number }>`
    update arrival_queue set tries = tries + 1
    where workspace_id = ${workspaceId} and arrival_id = ${failed.arrivalId} returning tries`.execute(db)
  const tries = row.rows[0]?.tries ?? 0
  if (tries < failed.maxTries) return false
  await db
    .insertInto('quarantine')
    .values({
      workspace_id: workspaceId,
      arrival_id: failed.arrivalId,
      reason: failed.reason,
      tries,
      at: failed.now,
    })
    .execute()
  await dropQueued(db, workspaceId, [failed.arrivalId])
  return true
}

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

/** Engagements by source and external id, keyed `source externalId`. */
export async function findByExternal(
  db: Db,
  workspaceId: string,
  keys: readonly { readonly source: string; readonly externalId: string }[],
): Promise<ReadonlyMap<string, KnownEngagement>> {
  if (keys.length === 0) return new Map()
  const found = await sql<{
    id: string
    source: string
    external_id: string
    thread_id: string
    person_id: string | null
    case_id: string | null
    presence_id: string | null
    version: number
  }>`
    select e.id, e.source, e.external_id, e.thread_id, e.person_id, e.case_id, e.presence_id, e.version
    from (select distinct * from unnest(${keys.map((k) => k.source)}::text[], ${keys.map((k) => k.externalId)}::text[])
      as k(source, external_id)) k
    join engagements e on e.workspace_id = ${workspaceId} and e.source = k.source and e.external_id = k.external_id`.execute(
    db,
  )
  return new Map(
    found.rows.map((row) => [
      `${row.source} ${row.external_id}`,
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
): Promise<readonly { readonly id: string; readonly threadId: string; readonly parentKey: string }[]> {
  if (parents.length === 0) return []
  const found = await sql<{ id: string; thread_id: string; parent_key: string }>`
    select e.id, e.thread_id, e.source || ' ' || e.parent_external_id as parent_key
    from unnest(${parents.map((k) => k.source)}::text[], ${parents.map((k) => k.externalId)}::text[]) as k(source, external_id)
    join engagements e on e.workspace_id = ${workspaceId} and e.source = k.source
      and e.parent_external_id = k.external_id and e.parent_id is null`.execute(db)
  return found.rows.map((row) => ({ id: row.id, threadId: row.thread_id, parentKey: row.parent_key }))
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

/** Keeps changes that came before what they change. */
export async function addWaitingChanges(
  db: Db,
  workspaceId: string,
  changes: readonly { readonly arrivalId: string; readonly source: string; readonly externalId: string }[],
): Promise<void> {
  const rows = changes.map((change) => ({
    workspace_id: workspaceId,
    source: change.source,
    external_id: change.externalId,
    arrival_id: change.arrivalId,
  }))
  await insertRows(db, 'waiting_changes', rows, sql`on conflict do nothing`)
}

/** Takes out the changes that waited for these engagements. */
export async function takeWaitingChanges(
  db: Db,
  workspaceId: string,
  keys: readonly { readonly source: string; readonly externalId: string }[],
): Promise<readonly { readonly arrivalId: string; readonly input: EngagementInput }[]> {
  if (keys.length === 0) return []
  const found = await sql<{ id: string; body: unknown }>`
    with taken as (
      delete from waiting_changes w
      using unnest(${keys.map((k) => k.source)}::text[], ${keys.map((k) => k.externalId)}::text[]) as k(source, external_id)
      where w.workspace_id = ${workspaceId} and w.source = k.source and w.external_id = k.external_id
      returning w.arrival_id)
    select a.id, a.body from taken join arrivals a on a.workspace_id = ${workspaceId} and a.id = taken.arrival_id`.execute(
    db,
  )
  return found.rows.map((row) => ({ arrivalId: row.id, input: EngagementInput.parse(row.body) }))
}

/** What an edit is compared with. */
export interface CurrentText {
  readonly id: string
  readonly text: string
  readonly at: Date
  readonly version: number
  readonly isDeleted: boolean
}

export async function currentTexts(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly CurrentText[]> {
  const found = await sql<{ id: string; text: string; at: Date; version: number; is_deleted: boolean }>`
    select id, text, coalesce(edited_at, published_at) as at, version, deleted_at is not null as is_deleted
    from engagements where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) for update`.execute(db)
  return found.rows.map((row) => ({
    id: row.id,
    text: row.text,
    at: row.at,
    version: row.version,
    isDeleted: row.is_deleted,
  }))
}

/** Keeps a text that stood, or would have stood, before the one in force. */
export async function addVersion(
  db: Db,
  workspaceId: string,
  version: {
    readonly engagementId: string
    readonly version: number
    readonly text: string
    readonly at: Date
  },
): Promise<void> {
  await db
    .insertInto('engagement_versions')
    .values({
      workspace_id: workspaceId,
      engagement_id: version.engagementId,
      version: version.version,
      text: version.text,
      at: version.at,
    })
    .execute()
}

export async function setText(
  db: Db,
  workspaceId: string,
  change: { readonly id: string; readonly text: string; readonly at: Date | null; readonly version: number },
): Promise<void> {
  await db
    .updateTable('engagements')
    .set({
      version: change.version,
      ...(change.at === null ? {} : { text: change.text, edited_at: change.at }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.id)
    .execute()
}

/** A tombstone stays; the words go, from every table that holds them, the raw form among them. */
export async function eraseContent(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return
  await sql`update engagements set text = '', subject = null, media = '[]', labels = '{}', deleted_at = coalesce(deleted_at, ${at})
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from engagement_versions where workspace_id = ${workspaceId} and engagement_id = any(${ids}::uuid[])`.execute(
    db,
  )
  await sql`update readings set reasons = '[]' where workspace_id = ${workspaceId} and engagement_id = any(${ids}::uuid[])`.execute(
    db,
  )
  await sql`update arrivals a set body = (a.body || '{"text": "", "media": []}') - 'subject' - 'raw'
    from engagements e where e.workspace_id = ${workspaceId} and e.id = any(${ids}::uuid[])
      and a.workspace_id = e.workspace_id and a.source = e.source
      and (a.id = e.arrival_id or a.activity_key like 'update:%' and a.body ->> 'externalId' = e.external_id)`.execute(
    db,
  )
}

/** Presences of stored engagements, by engagement. */
export async function presencesOf(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly [string, string | null][]> {
  if (ids.length === 0) return []
  const found = await db
    .selectFrom('engagements')
    .select(['id', 'presence_id'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return found.map((row) => [row.id, row.presence_id])
}

/** Gives engagements that named no account of ours the one that speaks in their thread; answers with their ids. */
export async function fillPresences(
  db: Db,
  workspaceId: string,
  threadIds: readonly string[],
): Promise<readonly string[]> {
  const filled = await sql<{ id: string }>`update engagements e set presence_id = t.presence_id
    from (select distinct on (thread_id) thread_id, presence_id from engagements
      where workspace_id = ${workspaceId} and thread_id = any(${threadIds}::uuid[]) and presence_id is not null
      order by thread_id, published_at, id) t
    where e.workspace_id = ${workspaceId} and e.thread_id = t.thread_id and e.presence_id is null
    returning e.id`.execute(db)
  return filled.rows.map((row) => row.id)
}
