import { sql } from 'kysely'
import type { EngagementInput } from '../../contract/engagement.ts'
import type { Db, Statements } from '../platform/db/scope.ts'
import { storableJson } from '../platform/db/storable-json.ts'
import type { Ask } from '../platform/jobs/jobs.ts'

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
 * Stores arrivals in one statement, which may be a transaction by itself; answers with the ids of those that are new.
 * With `asks` they are queued for the loop, and the loop is asked for. Keys are sorted, so that two writers never wait for
 * each other.
 */
export async function addArrivals(
  db: Statements,
  workspaceId: string,
  arrivals: readonly NewArrival[],
  asks: readonly Ask[] | null,
): Promise<readonly string[]> {
  if (arrivals.length === 0) return []
  const sorted = arrivals.toSorted((a, b) =>
    compare(`${a.source} ${a.activityKey}`, `${b.source} ${b.activityKey}`),
  )
  const rows = sorted.map((arrival) => ({
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
    select accept_arrivals(${workspaceId}::uuid, ${storableJson(rows)}::json,
      ${asks === null ? null : JSON.stringify(asks)}::json) as id`.execute(db)
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
