// The line of the outbox: queued -> sending -> sent, failed or unknown. The state is the lock: while one of a thread is
// sending, no other of it is taken, in whatever process.
import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export interface Taken {
  readonly id: string
  readonly purpose: string
  readonly engagementId: string
  readonly caseId: string
  readonly threadId: string
  readonly connector: string | null
  readonly tries: number
}

const columns =
  sql.raw(`o.id, o.purpose, o.engagement_id as "engagementId", o.case_id as "caseId", o.connector, o.tries,
  (select e.thread_id from engagements e where e.workspace_id = o.workspace_id and e.id = o.engagement_id) as "threadId"`)

/** Marks the oldest waiting one of a thread as sending; null where none may leave now. */
export async function takeNext(
  db: Db,
  workspaceId: string,
  threadId: string,
  now: Date,
): Promise<Taken | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${threadId}, 4747))`.execute(db)
  const found = await sql<Taken>`
    update outbox o set state = 'sending', tries = o.tries + 1, changed_at = ${now}
    where o.workspace_id = ${workspaceId} and o.id = (
      select f.id from (
        select w.id, w.not_before from outbox w
        join engagements e on e.workspace_id = w.workspace_id and e.id = w.engagement_id
        where w.workspace_id = ${workspaceId} and w.state = 'queued' and e.thread_id = ${threadId}
        order by w.id limit 1) f
      where f.not_before is null or f.not_before <= ${now})
    and not exists (
      select 1 from outbox b join engagements e on e.workspace_id = b.workspace_id and e.id = b.engagement_id
      where b.workspace_id = ${workspaceId} and b.state = 'sending' and e.thread_id = ${threadId})
    returning ${columns}`.execute(db)
  return found.rows[0] ?? null
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

/** Those whose fate can be read back from their network. */
export async function unknownOf(
  db: Db,
  workspaceId: string,
  connectors: readonly string[],
): Promise<readonly Taken[]> {
  if (connectors.length === 0) return []
  const found = await sql<Taken>`
    select ${columns} from outbox o
    where o.workspace_id = ${workspaceId} and o.state = 'unknown' and o.connector = any(${connectors}::text[])
    order by o.id limit 200`.execute(db)
  return found.rows
}

/** Threads in which something may leave now; at most 1,000. */
export async function threadsToSend(db: Db, workspaceId: string, now: Date): Promise<readonly string[]> {
  const found = await sql<{ thread_id: string }>`
    select distinct e.thread_id from outbox o
    join engagements e on e.workspace_id = o.workspace_id and e.id = o.engagement_id
    where o.workspace_id = ${workspaceId} and o.state = 'queued' and (o.not_before is null or o.not_before <= ${now})
    limit 1000`.execute(db)
  return found.rows.map((row) => row.thread_id)
}
