import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

/** Who listens: an old listener, whose number another one has passed, can write nothing. */
export interface Fence {
  readonly workspaceId: string
  readonly connectionId: string
  readonly listener: string
  readonly fence: number
}

/** Moves on; false where somebody else listens by now. */
export async function moveCursor(
  db: Db,
  fence: Fence,
  moved: { readonly way: string; readonly cursor: string | null },
): Promise<boolean> {
  const done = await sql`update connection_runs
    set cursors = case when ${moved.cursor}::text is null then cursors - ${moved.way}::text
      else cursors || jsonb_build_object(${moved.way}::text, ${moved.cursor}::text) end
    where workspace_id = ${fence.workspaceId} and connection_id = ${fence.connectionId}
      and listener = ${fence.listener} and fence = ${fence.fence}`.execute(db)
  return done.numAffectedRows === 1n
}

/** The same for history. */
export async function moveBackfill(
  db: Db,
  fence: Fence,
  moved: {
    readonly cursor: string | null
    readonly received: number
    readonly isDone: boolean
    readonly at: Date
  },
): Promise<boolean> {
  const done = await sql`update connection_runs
    set backfill_cursor = ${moved.cursor}, backfill_received = backfill_received + ${moved.received},
      backfill_state = ${moved.isDone ? 'done' : 'running'}, backfill_ended_at = ${moved.isDone ? moved.at : null}
    where workspace_id = ${fence.workspaceId} and connection_id = ${fence.connectionId}
      and listener = ${fence.listener} and fence = ${fence.fence} and backfill_state = 'running'`.execute(db)
  return done.numAffectedRows === 1n
}

/** How it stands with listening. */
export async function noteListening(
  db: Db,
  fence: Fence,
  said: { readonly listens: string | null; readonly failures: number; readonly waitsUntil: Date | null },
): Promise<void> {
  await sql`update connection_runs
    set listens = ${said.listens}, failures = ${said.failures}, waits_until = ${said.waitsUntil}
    where workspace_id = ${fence.workspaceId} and connection_id = ${fence.connectionId}
      and listener = ${fence.listener} and fence = ${fence.fence}`.execute(db)
}

export async function noteSubscribed(
  db: Db,
  fence: Fence,
  said: { readonly isSubscribed: boolean; readonly until: Date | null },
): Promise<void> {
  await sql`update connection_runs set is_subscribed = ${said.isSubscribed}, subscribed_until = ${said.until}
    where workspace_id = ${fence.workspaceId} and connection_id = ${fence.connectionId}`.execute(db)
}

/** How many raw events wait to be read, up to a limit. */
export async function countWaiting(
  db: Db,
  workspaceId: string,
  connectionId: string,
  limit: number,
): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from (
    select 1 from raw_queue where workspace_id = ${workspaceId} and connection_id = ${connectionId} limit ${limit}) q`.execute(
    db,
  )
  return found.rows[0]?.n ?? 0
}

export interface Standing {
  readonly source: string
  readonly externalId: string
  readonly publishedAt: Date
}

/** Engagements of an account that are not known to be gone, behind a time; the oldest first. */
export async function standingAfter(
  db: Db,
  workspaceId: string,
  asked: {
    readonly presenceId: string
    readonly source: string
    readonly after: Date
    readonly limit: number
  },
): Promise<readonly Standing[]> {
  const found = await sql<Standing>`
    select source, external_id as "externalId", published_at as "publishedAt" from engagements
    where workspace_id = ${workspaceId} and presence_id = ${asked.presenceId} and published_at > ${asked.after}
      and source = ${asked.source} and deleted_at is null and type = 'Create'
    order by published_at limit ${asked.limit}`.execute(db)
  return found.rows
}

export async function noteReconciled(
  db: Db,
  fence: Fence,
  said: { readonly to: Date; readonly at: Date },
): Promise<void> {
  await sql`update connection_runs set reconciled_to = ${said.to}, reconciled_at = ${said.at}
    where workspace_id = ${fence.workspaceId} and connection_id = ${fence.connectionId}`.execute(db)
}
