import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

/**
 * Takes `cost` out of a connection's allowance, which fills up evenly; 0 where it was there, else the milliseconds until
 * it will be. Nothing is lost where the last of it is forgotten by a crash, so this commit waits for no disk.
 */
export async function spendBudget(
  db: Db,
  workspaceId: string,
  asked: {
    readonly connectionId: string
    readonly of: number
    readonly perMs: number
    readonly cost: number
    readonly reserve: number
    readonly now: Date
  },
): Promise<number> {
  const { connectionId, of, perMs, now } = asked
  const need = Math.min(of, asked.cost + asked.reserve)
  const found = await sql<{ had: number }>`
    with quick as (select set_config('synchronous_commit', 'off', true)),
    level as (
      select least(${of}::float8, coalesce(budget_left, ${of}) + ${of}::float8 / ${perMs} * 1000 *
        greatest(0, extract(epoch from ${now}::timestamptz - coalesce(budget_at, ${now})))::float8) as had
      from connection_runs, quick where workspace_id = ${workspaceId} and connection_id = ${connectionId} for update of connection_runs)
    update connection_runs r
    set budget_left = level.had - case when level.had >= ${need} then ${asked.cost}::float8 else 0 end, budget_at = ${now}
    from level where r.workspace_id = ${workspaceId} and r.connection_id = ${connectionId}
    returning level.had`.execute(db)
  const had = found.rows[0]?.had ?? of
  return had >= need ? 0 : Math.ceil(((need - had) * perMs) / of)
}

export interface Run {
  /** Where listening goes on, by the way in which it listens. */
  readonly cursors: Readonly<Record<string, string>>
  readonly failures: number
  readonly lastEventAt: Date | null
  readonly isSubscribed: boolean
  readonly subscribedUntil: Date | null
  readonly backfillState: string
  readonly backfillCursor: string | null
  readonly reconciledTo: Date | null
  readonly reconciledAt: Date | null
}

export async function readRun(db: Db, workspaceId: string, connectionId: string): Promise<Run | null> {
  const row = await db
    .selectFrom('connection_runs')
    .select(['cursors', 'failures', 'last_event_at', 'is_subscribed', 'subscribed_until'])
    .select(['backfill_state', 'backfill_cursor', 'reconciled_to', 'reconciled_at'])
    .where('workspace_id', '=', workspaceId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    cursors: row.cursors as Readonly<Record<string, string>>,
    failures: row.failures,
    lastEventAt: row.last_event_at,
    isSubscribed: row.is_subscribed,
    subscribedUntil: row.subscribed_until,
    backfillState: row.backfill_state,
    backfillCursor: row.backfill_cursor,
    reconciledTo: row.reconciled_to,
    reconciledAt: row.reconciled_at,
  }
}

/** False where it runs already. One that was stopped goes on; any other begins at its beginning. */
export async function beginBackfill(
  db: Db,
  workspaceId: string,
  connectionId: string,
  at: Date,
): Promise<boolean> {
  const begun = await sql`update connection_runs set backfill_state = 'running', backfill_detail = '',
      backfill_cursor = case when backfill_state in ('stopped', 'failed') then backfill_cursor end,
      backfill_received = case when backfill_state in ('stopped', 'failed') then backfill_received else 0 end,
      backfill_started_at = ${at}, backfill_ended_at = null
    where workspace_id = ${workspaceId} and connection_id = ${connectionId} and backfill_state <> 'running'`.execute(
    db,
  )
  return begun.numAffectedRows === 1n
}

/** Ends a backfill that runs. */
export async function haltBackfill(
  db: Db,
  workspaceId: string,
  connectionId: string,
  ended: { readonly state: 'done' | 'stopped' | 'failed'; readonly detail: string; readonly at: Date },
): Promise<void> {
  await db
    .updateTable('connection_runs')
    .set({ backfill_state: ended.state, backfill_detail: ended.detail, backfill_ended_at: ended.at })
    .where('workspace_id', '=', workspaceId)
    .where('connection_id', '=', connectionId)
    .where('backfill_state', '=', 'running')
    .execute()
}
