import { sql } from 'kysely'
import { CaseRow } from '../../contract/cases.ts'
import type { Engagement } from '../../contract/engagements.ts'
import { engagementColumns, toEngagement, type EngagementRow } from '../engagements/index.ts'
import type { Db } from '../platform/db/scope.ts'
import { decodeCursor, encodeCursor } from '../platform/db/cursor.ts'
import { priorities } from './priority-rank.ts'
import type { Looker } from './views-filter.ts'
import { isUnread } from './views-unread.ts'

export interface CaseListRow {
  readonly id: string
  readonly number: number
  readonly person_id: string
  readonly person: string
  readonly preview: string
  readonly channel: string
  readonly presence: string | null
  readonly status: string
  readonly function_key: string
  readonly assignee_id: string | null
  readonly assignee: string | null
  readonly priority: number
  readonly due_at: Date | null
  readonly is_waiting: boolean
  readonly sentiment: string | null
  readonly labels: readonly string[]
  readonly tags: readonly string[]
  readonly snoozed_until: Date | null
  readonly last_activity_at: Date
  readonly messages: number
  readonly is_unread: boolean
  readonly sort_key: string
}

export const rowColumns =
  sql.raw(`c.id, c.number, c.person_id, p.name as person, c.preview, c.channel, pr.handle as presence,
  c.status, c.function_key, c.assignee_id, m.name as assignee, c.priority, c.due_at, c.is_waiting, c.sentiment, c.labels,
  c.tags, c.snoozed_until, c.last_activity_at, c.messages`)

export const rowJoins = sql.raw(`join persons p on p.workspace_id = c.workspace_id and p.id = c.person_id
  left join presences pr on pr.workspace_id = c.workspace_id and pr.id = c.presence_id
  left join members m on m.workspace_id = c.workspace_id and m.id = c.assignee_id`)

export function toCaseRow(row: Omit<CaseListRow, 'sort_key'>): CaseRow {
  return CaseRow.parse({
    id: row.id,
    number: row.number,
    person: { id: row.person_id, name: row.person },
    preview: row.preview,
    channel: row.channel,
    presence: row.presence,
    status: row.status,
    function: row.function_key,
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee ?? '' },
    priority: priorities[row.priority - 1],
    dueAt: row.due_at?.toISOString() ?? null,
    isWaiting: row.is_waiting,
    sentiment: row.sentiment,
    labels: row.labels,
    tags: row.tags,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    lastActivityAt: row.last_activity_at.toISOString(),
    messages: row.messages,
    isUnread: row.is_unread,
  })
}

/** `memberId`: whose reading it shows. */
export async function caseRow(
  db: Db,
  workspaceId: string,
  id: string,
  memberId: string | null,
): Promise<CaseRow | null> {
  const found = await sql<CaseListRow>`
    select ${rowColumns}, ${isUnread(memberId)} as is_unread, '' as sort_key from cases c ${rowJoins}
    where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(db)
  const row = found.rows[0]
  return row === undefined ? null : toCaseRow(row)
}

/** The thread of a case; the newest page first, each page oldest to newest. */
export async function threadPage(
  db: Db,
  workspaceId: string,
  input: { readonly id: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ readonly items: Engagement[]; readonly nextCursor: string | null } | null> {
  const known = await sql<{ thread_id: string }>`select thread_id from cases
    where workspace_id = ${workspaceId} and id = ${input.id}`.execute(db)
  const threadId = known.rows[0]?.thread_id
  if (threadId === undefined) return null
  const before = decodeCursor(input.cursor)
  const page =
    before === null
      ? sql``
      : sql`and (e.published_at, e.id) < (${before.key}::timestamptz, ${before.id}::uuid)`
  const found = await sql<EngagementRow & { sort_key: string }>`
    select ${engagementColumns}, e.published_at::text as sort_key from engagements e
    where e.workspace_id = ${workspaceId} and e.thread_id = ${threadId} ${page}
    order by e.published_at desc, e.id desc limit ${input.limit + 1}`.execute(db)
  const rows = found.rows.slice(0, input.limit)
  const last = found.rows.length > input.limit ? rows.at(-1) : undefined
  return {
    items: rows.map(toEngagement).toReversed(),
    nextCursor: last === undefined ? null : encodeCursor(last.sort_key, last.id),
  }
}

/** Others who look at a case now. */
export async function viewersOf(db: Db, workspaceId: string, caseId: string, looker: Looker) {
  const rows = await db
    .selectFrom('case_viewers')
    .select(['member_id as memberId', 'name', 'is_answering as isAnswering'])
    .where('workspace_id', '=', workspaceId)
    .where('case_id', '=', caseId)
    .where('until', '>', looker.now)
    .limit(50)
    .execute()
  return rows.filter((row) => row.memberId !== looker.memberId)
}
