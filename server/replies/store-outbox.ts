// The line of the outbox: queued -> sending -> sent, failed or unknown. The state is the lock: while one of a thread is
// sending, no other of it is taken, in whatever process.
import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export interface Taken {
  readonly id: string
  readonly purpose: string
  readonly engagementId: string
  readonly caseId: string | null
  readonly threadId: string
  readonly connector: string | null
  readonly connectionId: string | null
  readonly tries: number
}

const columns =
  sql.raw(`o.id, o.purpose, o.engagement_id as "engagementId", o.case_id as "caseId", o.connector, o.tries,
  o.connection_id as "connectionId",
  (select e.thread_id from engagements e where e.workspace_id = o.workspace_id and e.id = o.engagement_id) as "threadId"`)

export type Next = { readonly taken: Taken } | { readonly heldUntil: Date | null }

/** Marks the oldest waiting one of a thread as sending; where none may leave now, until when its connection is held. */
export async function takeNext(db: Db, workspaceId: string, threadId: string, now: Date): Promise<Next> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${threadId}, 4747))`.execute(db)
  const first = await sql<{ id: string; not_before: Date | null; held_until: Date | null; is_busy: boolean }>`
    select w.id, w.not_before, h.until as held_until,
      exists (select 1 from outbox b join engagements s on s.workspace_id = b.workspace_id and s.id = b.engagement_id
        where b.workspace_id = w.workspace_id and b.state = 'sending' and s.thread_id = e.thread_id) as is_busy
    from outbox w
    join engagements e on e.workspace_id = w.workspace_id and e.id = w.engagement_id
    left join outbox_holds h on h.workspace_id = w.workspace_id and h.connection_id = w.connection_id and h.until > ${now}
    where w.workspace_id = ${workspaceId} and w.state = 'queued' and e.thread_id = ${threadId}
    order by w.id limit 1`.execute(db)
  const [row] = first.rows
  const isEarly = row !== undefined && row.not_before !== null && row.not_before > now
  if (row === undefined || row.is_busy || isEarly) return { heldUntil: null }
  if (row.held_until !== null) return { heldUntil: row.held_until }
  const found = await sql<Taken>`
    update outbox o set state = 'sending', tries = o.tries + 1, changed_at = ${now}
    where o.workspace_id = ${workspaceId} and o.id = ${row.id} and o.state = 'queued'
    returning ${columns}`.execute(db)
  const [taken] = found.rows
  return taken === undefined ? { heldUntil: null } : { taken }
}

export interface Ending {
  readonly id: string
  /** The try that ended; a later one is not touched by it. */
  readonly tries: number
  readonly state: string
  readonly detail: string
  readonly networkId: string | null
  readonly notBefore: Date | null
  readonly at: Date
}

/** Notes how a try ended. One that was given up meanwhile learns the truth here. False where another try has begun. */
export async function endTry(db: Db, workspaceId: string, ending: Ending): Promise<boolean> {
  const changed = await db
    .updateTable('outbox')
    .set({
      state: ending.state,
      detail: ending.detail,
      network_id: ending.networkId,
      not_before: ending.notBefore,
      changed_at: ending.at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', ending.id)
    .where('tries', '=', ending.tries)
    .where('state', 'in', ['sending', 'unknown'])
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** Says at the answer what became of its notice. */
export async function noteNotice(
  db: Db,
  workspaceId: string,
  engagementId: string,
  detail: string,
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ detail })
    .where('workspace_id', '=', workspaceId)
    .where('engagement_id', '=', engagementId)
    .where('purpose', '=', 'answer')
    .where('state', '=', 'sent')
    .execute()
}

/** Those that a crash left in sending, longer ago than any act takes: whether they left is not known. */
export async function giveUpStuck(
  db: Db,
  workspaceId: string,
  given: { readonly before: Date; readonly detail: string; readonly at: Date },
): Promise<readonly Taken[]> {
  const found = await sql<Taken>`
    update outbox o set state = 'unknown', detail = ${given.detail}, changed_at = ${given.at}
    where o.workspace_id = ${workspaceId} and o.state = 'sending' and o.changed_at < ${given.before}
    returning ${columns}`.execute(db)
  return found.rows
}

/** Those whose fate is unknown, the longest first; at most 200. */
export async function unknownOf(db: Db, workspaceId: string): Promise<readonly Taken[]> {
  const found = await sql<Taken>`
    select ${columns} from outbox o
    where o.workspace_id = ${workspaceId} and o.state = 'unknown'
    order by o.id limit 200`.execute(db)
  return found.rows
}

/** Threads in which something may leave now; at most 1,000. */
export async function threadsToSend(db: Db, workspaceId: string, now: Date): Promise<readonly string[]> {
  const found = await sql<{ thread_id: string }>`
    select distinct e.thread_id from outbox w
    join engagements e on e.workspace_id = w.workspace_id and e.id = w.engagement_id
    where w.workspace_id = ${workspaceId} and w.state = 'queued'
      and (w.not_before is null or w.not_before <= ${now})
      and not exists (select 1 from outbox_holds h
        where h.workspace_id = w.workspace_id and h.connection_id = w.connection_id and h.until > ${now})
    limit 1000`.execute(db)
  return found.rows.map((row) => row.thread_id)
}

// Holds -----------------------------------------------------------------------------------------------------------

/** Lets nothing of a connection leave before an instant; the latest of several stands. */
export async function holdConnection(
  db: Db,
  workspaceId: string,
  connectionId: string,
  until: Date,
): Promise<void> {
  await sql`insert into outbox_holds (workspace_id, connection_id, until) values (${workspaceId}, ${connectionId}, ${until})
    on conflict (workspace_id, connection_id) do update set until = greatest(outbox_holds.until, excluded.until)`.execute(
    db,
  )
}

/** Takes away the hold, and the waits of what stood behind it; answers with the threads that may go on. */
export async function releaseHold(
  db: Db,
  workspaceId: string,
  connectionId: string,
): Promise<readonly string[]> {
  await db
    .deleteFrom('outbox_holds')
    .where('workspace_id', '=', workspaceId)
    .where('connection_id', '=', connectionId)
    .execute()
  const found = await sql<{ thread_id: string }>`
    with freed as (
      update outbox o set not_before = null
      where o.workspace_id = ${workspaceId} and o.state = 'queued' and o.connection_id = ${connectionId}::uuid
      returning o.engagement_id)
    select distinct e.thread_id from freed f
    join engagements e on e.workspace_id = ${workspaceId} and e.id = f.engagement_id limit 10000`.execute(db)
  return found.rows.map((row) => row.thread_id)
}
