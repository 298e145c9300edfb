import { sql } from 'kysely'
import type { RawEvent } from '../../channels/channel.ts'
import type { Db, Statements } from '../platform/db/scope.ts'
import { storableJson, storableText } from '../platform/db/storable-json.ts'
import { newId } from '../platform/ids.ts'
import type { Ask } from '../platform/jobs/jobs.ts'

export interface NewRaw {
  readonly connectionId: string
  readonly event: RawEvent
  readonly isHistorical: boolean
}

export interface KeptHow {
  readonly at: Date
  /** Connections that were heard just now. */
  readonly heard?: readonly string[]
  /** Jobs that find out what is new. */
  readonly asks?: readonly Ask[]
}

/**
 * Keeps raw events in one statement, which may be a transaction by itself: each once under its key. Queues those that are
 * new, and answers with how many were.
 */
export async function addRaw(
  db: Statements,
  workspaceId: string,
  raws: readonly NewRaw[],
  { at, heard = [], asks = [] }: KeptHow,
): Promise<number> {
  if (raws.length === 0) return 0
  const ids = raws.map(() => newId())
  const facts = raws.map(({ event }) => storableJson(event.facts ?? {}))
  const times = raws.map(({ event }) => (event.at === null ? null : new Date(event.at)))
  const added = await sql<{ n: number }>`
    select keep_raw_events(${workspaceId}::uuid, ${at}::timestamptz, ${ids}::uuid[],
      ${raws.map((raw) => raw.connectionId)}::uuid[], ${raws.map(({ event }) => storableText(event.key))}::text[],
      ${times}::timestamptz[], ${raws.map(({ event }) => Buffer.from(event.body))}::bytea[], ${facts}::jsonb[],
      ${raws.map((raw) => raw.isHistorical)}::boolean[], ${heard}::uuid[], ${JSON.stringify(asks)}::json) as n`.execute(
    db,
  )
  return added.rows[0]?.n ?? 0
}

export interface QueuedRaw {
  readonly id: string
  readonly key: string
  readonly at: number | null
  readonly receivedAt: Date
  readonly body: Buffer
  readonly facts: Readonly<Record<string, string>>
  readonly isHistorical: boolean
  readonly tries: number
}

const holdMs = 20_000

/**
 * Takes the next raw events of a connection in the order in which they came, and counts the try before it is made: one
 * that ends the process is found out by that. What failed before is taken alone, and stands back for a while meanwhile:
 * where it ends the process again, others go first.
 */
export async function takeRaw(
  db: Db,
  workspaceId: string,
  asked: { readonly connectionId: string; readonly limit: number; readonly now: Date },
): Promise<readonly QueuedRaw[]> {
  const { connectionId, limit, now } = asked
  const found = await sql<{
    id: string
    key: string
    at: Date | null
    received_at: Date
    body: Buffer
    facts: unknown
    is_historical: boolean
    tries: number
  }>`
    with next as (
      select event_id, tries, min(event_id::text) filter (where tries > 0) over () as tried
      from (select event_id, tries from raw_queue
        where workspace_id = ${workspaceId} and connection_id = ${connectionId}
          and (not_before is null or not_before <= ${now})
        order by event_id limit ${limit}) q),
    chosen as (
      select event_id from next where tried is null or event_id::text < tried
      union
      (select event_id from next where not exists (select 1 from next where tried is null or event_id::text < tried)
        order by event_id limit 1)),
    counted as (
      update raw_queue q set tries = q.tries + 1,
        not_before = case when q.tries = 0 then q.not_before else ${now}::timestamptz + ${holdMs} * interval '1 ms' * q.tries end
      from chosen
      where q.workspace_id = ${workspaceId} and q.connection_id = ${connectionId} and q.event_id = chosen.event_id
      returning q.event_id, q.tries)
    select e.id, e.key, e.at, e.received_at, e.body, e.facts, e.is_historical, counted.tries
    from counted join raw_events e on e.workspace_id = ${workspaceId} and e.id = counted.event_id
    order by e.id`.execute(db)
  return found.rows.map((row) => ({
    id: row.id,
    key: row.key,
    at: row.at?.getTime() ?? null,
    receivedAt: row.received_at,
    body: row.body,
    facts: row.facts as Readonly<Record<string, string>>,
    isHistorical: row.is_historical,
    tries: row.tries,
  }))
}

interface Named {
  readonly connectionId: string
  readonly ids: readonly string[]
}

/** Takes events out of the queue; answers with those that were in it, so that none takes effect twice. */
export async function dropRaw(db: Db, workspaceId: string, named: Named): Promise<ReadonlySet<string>> {
  const found = await sql<{ id: string }>`delete from raw_queue
    where workspace_id = ${workspaceId} and connection_id = ${named.connectionId} and event_id = any(${named.ids}::uuid[])
    returning event_id as id`.execute(db)
  return new Set(found.rows.map((row) => row.id))
}

/** Not tried again before then. */
export async function delayRaw(
  db: Db,
  workspaceId: string,
  named: Named & { readonly notBefore: Date },
): Promise<void> {
  await sql`update raw_queue set not_before = ${named.notBefore}
    where workspace_id = ${workspaceId} and connection_id = ${named.connectionId}
      and event_id = any(${named.ids}::uuid[])`.execute(db)
}

/** When the next event may be taken; null where none waits. */
export async function nextRawAt(db: Db, workspaceId: string, connectionId: string): Promise<Date | null> {
  const found = await sql<{ at: Date | null }>`
    select min(coalesce(not_before, to_timestamp(0))) as at from raw_queue
    where workspace_id = ${workspaceId} and connection_id = ${connectionId}`.execute(db)
  return found.rows[0]?.at ?? null
}

export async function quarantineRaw(
  db: Db,
  workspaceId: string,
  failed: {
    readonly connectionId: string
    readonly eventId: string
    readonly reason: string
    readonly tries: number
    readonly at: Date
  },
): Promise<void> {
  await db
    .insertInto('raw_quarantine')
    .values({
      workspace_id: workspaceId,
      connection_id: failed.connectionId,
      event_id: failed.eventId,
      reason: storableText(failed.reason),
      tries: failed.tries,
      at: failed.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Queues quarantined events once more, all of a connection where none are named; answers with how many. */
export async function replayRaw(
  db: Db,
  workspaceId: string,
  asked: { readonly connectionId: string; readonly ids: readonly string[] | undefined },
): Promise<number> {
  const some = asked.ids === undefined ? sql`` : sql`and event_id = any(${asked.ids}::uuid[])`
  const found = await sql<{ n: number }>`
    with taken as (
      delete from raw_quarantine where workspace_id = ${workspaceId} and connection_id = ${asked.connectionId} ${some}
      returning event_id),
    queued as (
      insert into raw_queue (workspace_id, connection_id, event_id)
      select ${workspaceId}, ${asked.connectionId}, event_id from taken on conflict do nothing returning 1)
    select count(*)::int as n from queued`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** Gives up on quarantined events: their key stays, so that they are not taken in again, and the bytes go. */
export async function discardRaw(
  db: Db,
  workspaceId: string,
  asked: { readonly connectionId: string; readonly ids: readonly string[] },
): Promise<number> {
  const found = await sql<{ n: number }>`
    with taken as (
      delete from raw_quarantine where workspace_id = ${workspaceId} and connection_id = ${asked.connectionId}
        and event_id = any(${asked.ids}::uuid[]) returning event_id),
    emptied as (
      update raw_events e set body = '', facts = '{}' from taken
      where e.workspace_id = ${workspaceId} and e.id = taken.event_id returning 1)
    select count(*)::int as n from emptied`.execute(db)
  return found.rows[0]?.n ?? 0
}
