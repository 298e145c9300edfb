import { sql } from 'kysely'
import type { EngagementInput } from '../../contract/engagement.ts'
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
