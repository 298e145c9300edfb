import { sql } from 'kysely'
import { EngagementInput } from '../../contract/engagement.ts'
import type { Db } from '../platform/db/scope.ts'

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

export type QueueKey = Pick<QueuedArrival, 'id' | 'queuedAt'>

/**
 * The next arrivals, oldest by the network's time first; nothing is held yet. `behind` is where the last look ended.
 */
export async function nextQueued(
  db: Db,
  workspaceId: string,
  { behind, limit }: { readonly behind: QueueKey | null; readonly limit: number },
): Promise<readonly QueuedArrival[]> {
  const later =
    behind === null
      ? sql``
      : sql`and (q.published_at, q.arrival_id) > (${behind.queuedAt}::timestamptz, ${behind.id}::uuid)`
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
    with q as materialized (select q.published_at, q.arrival_id, q.tries from arrival_queue q
      where q.workspace_id = ${workspaceId} ${later} order by q.published_at, q.arrival_id limit ${limit})
    select a.id, a.body, a.via, a.import_id, a.member_id, a.received_at, q.published_at::text as queued_at, q.tries
    from q join arrivals a on a.workspace_id = ${workspaceId} and a.id = q.arrival_id
    order by q.published_at, q.arrival_id`.execute(db)
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

/** Holds those of these that still wait, and that nobody else holds, until the transaction ends. */
export async function holdQueued(
  db: Db,
  workspaceId: string,
  line: readonly QueueKey[],
): Promise<ReadonlySet<string>> {
  const held = await sql<{ id: string }>`
    select q.arrival_id as id
    from unnest(${line.map((key) => key.queuedAt)}::timestamptz[], ${line.map((key) => key.id)}::uuid[]) as k(at, id)
    join arrival_queue q on q.workspace_id = ${workspaceId} and q.published_at = k.at and q.arrival_id = k.id
    for update of q skip locked`.execute(db)
  return new Set(held.rows.map((row) => row.id))
}

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
