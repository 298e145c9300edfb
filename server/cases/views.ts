import { sql, type RawBuilder } from 'kysely'
import { CaseRow, type CaseFilter } from '../../contract/cases.ts'
import type { Engagement } from '../../contract/engagements.ts'
import { engagementColumns, toEngagement, type EngagementRow } from '../engagements/index.ts'
import type { Db } from '../platform/db/scope.ts'
import { decodeCursor, encodeCursor } from '../platform/db/cursor.ts'
import { priorities } from './priority-rank.ts'
import { isUnread, unreadCounts } from './views-unread.ts'

interface CaseListRow {
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

const rowColumns =
  sql.raw(`c.id, c.number, c.person_id, p.name as person, c.preview, c.channel, pr.handle as presence,
  c.status, c.function_key, c.assignee_id, m.name as assignee, c.priority, c.due_at, c.is_waiting, c.sentiment, c.labels,
  c.tags, c.snoozed_until, c.last_activity_at, c.messages`)

const rowJoins = sql.raw(`join persons p on p.workspace_id = c.workspace_id and p.id = c.person_id
  left join presences pr on pr.workspace_id = c.workspace_id and pr.id = c.presence_id
  left join members m on m.workspace_id = c.workspace_id and m.id = c.assignee_id`)

function toCaseRow(row: Omit<CaseListRow, 'sort_key'>): CaseRow {
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

/** Who looks at the list. */
export interface Looker {
  readonly memberId: string | null
  readonly now: Date
}

const never = sql`false`

function viewCondition(view: CaseFilter['view'], looker: Looker): RawBuilder<unknown> {
  const open = sql`c.status <> 'resolved' and (c.snoozed_until is null or c.snoozed_until <= ${looker.now})`
  switch (view) {
    case 'open':
      return open
    case 'mine':
      return looker.memberId === null ? never : sql`${open} and c.assignee_id = ${looker.memberId}`
    case 'unassigned':
      return sql`${open} and c.assignee_id is null`
    case 'mentions':
      return looker.memberId === null
        ? never
        : sql`exists (select 1 from notifications n where n.workspace_id = c.workspace_id
            and n.member_id = ${looker.memberId} and n.case_id = c.id and n.kind = 'mention' and n.read_at is null)`
    case 'snoozed':
      return sql`c.status <> 'resolved' and c.snoozed_until > ${looker.now}`
    case 'resolved':
      return sql`c.status = 'resolved'`
    case 'all':
      return sql`true`
  }
}

function conditions(workspaceId: string, filter: CaseFilter, looker: Looker): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [
    sql`c.workspace_id = ${workspaceId}`,
    viewCondition(filter.view, looker),
  ]
  if (filter.function !== undefined) parts.push(sql`c.function_key = ${filter.function}`)
  if (filter.assignee !== undefined) parts.push(sql`c.assignee_id = ${filter.assignee}`)
  if (filter.channel !== undefined) parts.push(sql`c.channel = ${filter.channel}`)
  if (filter.presence !== undefined) parts.push(sql`c.presence_id = ${filter.presence}`)
  if (filter.priority !== undefined) parts.push(sql`c.priority = ${priorities.indexOf(filter.priority) + 1}`)
  if (filter.sentiment !== undefined) parts.push(sql`c.sentiment = ${filter.sentiment}`)
  if (filter.label !== undefined) parts.push(sql`c.labels @> array[${filter.label}]`)
  if (filter.tag !== undefined) parts.push(sql`c.tags @> array[${filter.tag}]`)
  parts.push(...flagged(filter, looker))
  if (filter.q !== undefined && filter.q.trim() !== '') {
    parts.push(sql`c.id in (select find_cases(${filter.q.trim()}, 500))`)
  }
  return sql.join(parts, sql` and `)
}

const hourMs = 3_600_000

function flagged(filter: CaseFilter, { memberId, now }: Looker): RawBuilder<unknown>[] {
  const soon = new Date(now.getTime() + hourMs)
  return [
    ...(filter.late === true ? [sql`c.due_at < ${now}`] : []),
    ...(filter.soon === true ? [sql`c.due_at >= ${now} and c.due_at < ${soon}`] : []),
    ...(filter.waiting === true ? [sql`c.is_waiting`] : []),
    ...(filter.unread === true ? [isUnread(memberId)] : []),
    ...(filter.unsent === true ? [unsent] : []),
  ]
}

const unsent = sql`c.id in (select o.case_id from outbox o
  where o.workspace_id = c.workspace_id and o.state = 'failed')`

/** How the list is ordered, and the key by which the next page goes on. What is never due comes last. */
function ordering(sort: CaseFilter['sort']) {
  if (sort === 'due') return { key: sql`coalesce(c.due_at, 'infinity')`, direction: sql`asc`, beyond: sql`>` }
  if (sort === 'newest') return { key: sql`c.last_activity_at`, direction: sql`desc`, beyond: sql`<` }
  return { key: sql`c.last_activity_at`, direction: sql`asc`, beyond: sql`>` }
}

export interface CasePage {
  readonly items: CaseRow[]
  readonly nextCursor: string | null
  readonly total: number
}

const countAtMost = 10_000

export async function listCases(
  db: Db,
  workspaceId: string,
  input: CaseFilter & { readonly cursor?: string | undefined; readonly limit: number },
  looker: Looker,
): Promise<CasePage> {
  const where = conditions(workspaceId, input, looker)
  const { key, direction, beyond } = ordering(input.sort)
  const after = decodeCursor(input.cursor)
  const page =
    after === null ? sql`` : sql`and (${key}, c.id) ${beyond} (${after.key}::timestamptz, ${after.id}::uuid)`
  const found = await sql<CaseListRow>`
    select ${rowColumns}, ${isUnread(looker.memberId)} as is_unread, (${key})::text as sort_key from cases c ${rowJoins}
    where ${where} ${page} order by ${key} ${direction}, c.id ${direction} limit ${input.limit + 1}`.execute(
    db,
  )
  const items = found.rows.slice(0, input.limit)
  const last = found.rows.length > input.limit ? items.at(-1) : undefined
  return {
    items: items.map(toCaseRow),
    nextCursor: last === undefined ? null : encodeCursor(last.sort_key, last.id),
    total: await countCases(db, where),
  }
}

async function countCases(db: Db, where: RawBuilder<unknown>): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from cases c where ${where} limit ${countAtMost}) counted`.execute(
    db,
  )
  return found.rows[0]?.n ?? 0
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

/** Counts stop at 10,000 each: beyond it nobody reads the number, and counting would slow the desk. */
export async function caseCounts(
  db: Db,
  workspaceId: string,
  looker: Looker & { readonly functions: readonly string[] },
) {
  const views = ['open', 'mine', 'unassigned', 'mentions', 'snoozed', 'resolved', 'all'] as const
  const counted: [string, number][] = []
  for (const view of views) {
    const where = sql`c.workspace_id = ${workspaceId} and ${viewCondition(view, looker)}`
    counted.push([view, await countCases(db, where)])
  }
  const functions = await sql<{ key: string; open: number; late: number }>`
    select f.key, count(c.id)::int as open, count(c.id) filter (where c.due_at < ${looker.now})::int as late
    from functions f left join cases c on c.workspace_id = f.workspace_id and c.function_key = f.key
      and c.status <> 'resolved' and (c.snoozed_until is null or c.snoozed_until <= ${looker.now})
    where f.workspace_id = ${workspaceId} and not f.is_archived
    group by f.key, f.position order by f.position`.execute(db)
  const unread = await unreadCounts(db, workspaceId, looker)
  return { views: Object.fromEntries(counted), unread, functions: functions.rows }
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
