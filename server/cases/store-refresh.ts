import { sql } from 'kysely'
import { CaseStatus } from '../../contract/cases.ts'
import type { Db } from '../platform/db/scope.ts'

export interface CaseWords {
  readonly caseId: string
  readonly id: string
  readonly isOurs: boolean
  /** A machine's, a sign, or words of ours that did not arrive: none of them answers anybody. */
  readonly isAutomatic: boolean
  readonly isDeleted: boolean
  readonly at: Date
  readonly receivedAt: Date
  readonly isHistorical: boolean
  readonly text: string
  readonly sentiment: string | null
  readonly labels: readonly string[]
  /** The decision on it says that it asks for an answer; true for ours and where none was taken. */
  readonly asks: boolean
}

/** What was said in these cases, oldest first; only the beginning of each text. */
export async function wordsOfCases(
  db: Db,
  workspaceId: string,
  caseIds: readonly string[],
): Promise<readonly CaseWords[]> {
  const found = await sql<{
    case_id: string
    id: string
    direction: string
    is_automatic: boolean
    is_deleted: boolean
    published_at: Date
    received_at: Date
    is_historical: boolean
    text: string
    sentiment: string | null
    labels: string[]
    asks: boolean
  }>`
    select e.case_id, e.id, e.direction, e.is_automatic or e.type in ('Like', 'Announce', 'Follow') or e.direction = 'out' and exists (select 1 from outbox o
        where o.workspace_id = e.workspace_id and o.engagement_id = e.id and o.purpose = 'answer'
          and (o.state in ('failed', 'cancelled') or o.refused_at is not null and o.delivered_at is null)) as is_automatic, e.deleted_at is not null as is_deleted, e.published_at, e.received_at, e.is_historical,
      left(e.text, 240) as text, e.sentiment, e.labels,
      coalesce((select d.act in ('answer', 'escalate') from decisions d where d.workspace_id = e.workspace_id
        and d.engagement_id = e.id order by d.id desc limit 1), true) as asks
    from engagements e join cases c on c.workspace_id = e.workspace_id and c.thread_id = e.thread_id and c.id = e.case_id
    where c.workspace_id = ${workspaceId} and c.id = any(${caseIds}::uuid[])
    order by e.published_at, e.id`.execute(db)
  return found.rows.map((row) => ({
    caseId: row.case_id,
    id: row.id,
    isOurs: row.direction === 'out',
    isAutomatic: row.is_automatic,
    isDeleted: row.is_deleted,
    at: row.published_at,
    receivedAt: row.received_at,
    isHistorical: row.is_historical,
    text: row.text,
    sentiment: row.sentiment,
    labels: row.labels,
    asks: row.asks,
  }))
}

export interface StatusEvent {
  readonly caseId: string
  readonly at: Date
  readonly to: CaseStatus
}

export async function statusEventsOf(
  db: Db,
  workspaceId: string,
  caseIds: readonly string[],
): Promise<readonly StatusEvent[]> {
  const found = await sql<{ case_id: string; at: Date; to: string }>`
    select case_id, at, detail ->> 'to' as to from case_events
    where workspace_id = ${workspaceId} and case_id = any(${caseIds}::uuid[]) and type = 'status'
      and undone_at is null order by at, id`.execute(db)
  return found.rows.map((row) => ({ caseId: row.case_id, at: row.at, to: CaseStatus.parse(row.to) }))
}

export interface Refreshed {
  readonly id: string
  readonly preview: string
  readonly messages: number
  readonly is_waiting: boolean
  readonly waiting_since: Date | null
  readonly due_at: Date | null
  readonly first_answer_due_at: Date | null
  readonly next_answer_due_at: Date | null
  readonly resolution_due_at: Date | null
  readonly first_answered_at: Date | null
  readonly sentiment: string | null
  readonly labels: readonly string[]
  readonly last_activity_at: Date
  readonly last_engagement_id: string | null
  /** When the newest of their words reached us that did not come as history. */
  readonly heard_at: Date | null
}

/** Writes what follows from the words and the clocks, and counts the case's version up. */
export async function setRefreshed(db: Db, workspaceId: string, cases: readonly Refreshed[]): Promise<void> {
  if (cases.length === 0) return
  const given = JSON.stringify(cases).replaceAll('\\u0000', '')
  await sql`update cases c set preview = g.preview, messages = g.messages, is_waiting = g.is_waiting,
      waiting_since = g.waiting_since, due_at = g.due_at, first_answer_due_at = g.first_answer_due_at,
      next_answer_due_at = g.next_answer_due_at, resolution_due_at = g.resolution_due_at,
      first_answered_at = g.first_answered_at, sentiment = g.sentiment, labels = g.labels,
      last_activity_at = g.last_activity_at, last_engagement_id = g.last_engagement_id,
      heard_at = g.heard_at, version = c.version + 1
    from json_populate_recordset(null::cases, ${given}::json) g
    where c.workspace_id = ${workspaceId} and c.id = g.id`.execute(db)
}

/** Moves everything of `from` into `into` and takes `from` away: two cases that turned out to be one. */
export async function mergeCases(
  db: Db,
  workspaceId: string,
  merges: readonly { readonly from: string; readonly into: string }[],
): Promise<void> {
  if (merges.length === 0) return
  const pairs = sql`unnest(${merges.map((m) => m.from)}::uuid[], ${merges.map((m) => m.into)}::uuid[]) as m(gone, kept)`
  const holders = [
    'engagements',
    'case_events',
    'hops',
    'notes',
    'decisions',
    'notifications',
    'outbox',
    'turns',
  ] as const
  for (const table of holders) {
    await sql`update ${sql.table(table)} t set case_id = m.kept from ${pairs}
      where t.workspace_id = ${workspaceId} and t.case_id = m.gone`.execute(db)
  }
  for (const table of ['drafts', 'case_viewers', 'surveys', 'case_reads', 'case_changes'] as const) {
    await sql`delete from ${sql.table(table)} t using ${pairs}
      where t.workspace_id = ${workspaceId} and t.case_id = m.gone`.execute(db)
  }
  await sql`delete from cases c using ${pairs} where c.workspace_id = ${workspaceId} and c.id = m.gone`.execute(
    db,
  )
}
