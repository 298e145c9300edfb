import { sql } from 'kysely'
import { EngagementInput } from '../../contract/engagement.ts'
import { insertSql } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'

export type Via = 'api' | 'import' | 'form' | 'hand' | 'reply' | 'sample' | 'connector' | 'backfill'

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

/**
 * Stores arrivals, and queues them for the loop where that is asked for; answers with the ids of those that are new.
 * Keys are sorted, so that two writers never wait for each other.
 */
export async function addArrivals(
  db: Db,
  workspaceId: string,
  arrivals: readonly NewArrival[],
  { isQueued }: { readonly isQueued: boolean },
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
  const added = await sql<{ id: string }>`
    with added as (${insertSql('arrivals', rows)} on conflict (workspace_id, source, activity_key) do nothing
      returning id, published_at),
    queued as (insert into arrival_queue (workspace_id, arrival_id, published_at)
      select ${workspaceId}::uuid, id, published_at from added where ${isQueued})
    select id from added`.execute(db)
  return added.rows.map((row) => row.id)
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
  /** Its time in the queue, as PostgreSQL writes it: part of the key. */
  readonly queuedAt: string
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
    queued_at: string
    tries: number
  }>`
    select a.id, a.body, a.via, a.import_id, a.member_id, a.received_at, q.published_at::text as queued_at, q.tries
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
    queuedAt: row.queued_at,
    tries: row.tries,
  }))
}

type QueueKey = Pick<QueuedArrival, 'id' | 'queuedAt'>

export async function dropQueued(db: Db, workspaceId: string, done: readonly QueueKey[]): Promise<void> {
  await sql`delete from arrival_queue q
    using unnest(${done.map((key) => key.queuedAt)}::timestamptz[], ${done.map((key) => key.id)}::uuid[]) as done(at, id)
    where q.workspace_id = ${workspaceId} and q.published_at = done.at and q.arrival_id = done.id`.execute(db)
}

/** Counts a failed try; true where it was one too many and the arrival went to quarantine, to hold up the rest no more. */
export async function countFailure(
  db: Db,
  workspaceId: string,
  failed: {
    readonly arrival: QueueKey
    readonly reason: string
    readonly maxTries: number
    readonly now: Date
  },
): Promise<boolean> {
  const row = await sql<{ tries: number }>`
    update arrival_queue set tries = tries + 1 where workspace_id = ${workspaceId}
      and published_at = ${failed.arrival.queuedAt}::timestamptz and arrival_id = ${failed.arrival.id}
    returning tries`.execute(db)
  const tries = row.rows[0]?.tries ?? 0
  if (tries < failed.maxTries) return false
  await db
    .insertInto('quarantine')
    .values({
      workspace_id: workspaceId,
      arrival_id: failed.arrival.id,
      reason: failed.reason,
      tries,
      at: failed.now,
    })
    .execute()
  await dropQueued(db, workspaceId, [failed.arrival])
  return true
}
