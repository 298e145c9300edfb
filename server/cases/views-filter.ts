// Which cases a list shows: its view, its filters, and what was typed.
import { sql, type RawBuilder } from 'kysely'
import type { CaseFilter } from '../../contract/cases.ts'
import type { Db } from '../platform/db/scope.ts'
import { priorities } from './priority-rank.ts'
import { isUnread } from './views-unread.ts'

/** Who looks at the list. */
export interface Looker {
  readonly memberId: string | null
  readonly now: Date
}

const never = sql`false`

export function viewCondition(view: CaseFilter['view'], looker: Looker): RawBuilder<unknown> {
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
        : sql`c.id in (select n.case_id from notifications n
            where n.workspace_id = current_setting('app.workspace', true)::uuid and n.member_id = ${looker.memberId}
              and n.kind = 'mention' and n.read_at is null)`
    case 'snoozed':
      return sql`c.status <> 'resolved' and c.snoozed_until > ${looker.now}`
    case 'resolved':
      return sql`c.status = 'resolved'`
    case 'all':
      return sql`true`
  }
}

/** What is found by a function of the database is looked up once, before the list and its count. */
interface Found {
  /** Cases with what was typed. */
  readonly typed: readonly string[] | null
  /** Cases with the tag, where these are few. */
  readonly tagged: readonly string[] | null
}

const mostTyped = 500
const fewTagged = 2_000

export async function lookUp(db: Db, { q, tag }: CaseFilter): Promise<Found> {
  const typed = q?.trim() ?? ''
  const found = typed === '' ? null : await idsOf(db, sql`find_cases(${typed}, ${mostTyped})`)
  const tagged = tag === undefined ? null : await idsOf(db, sql`find_tagged(${tag}, ${fewTagged + 1})`)
  return { typed: found, tagged: tagged !== null && tagged.length > fewTagged ? null : tagged }
}

async function idsOf(db: Db, ids: RawBuilder<unknown>): Promise<readonly string[]> {
  const found = await sql<{ id: string }>`select id from ${ids} as id`.execute(db)
  return found.rows.map(({ id }) => id)
}

export function conditions(
  workspaceId: string,
  filter: CaseFilter,
  looker: Looker,
  found: Found,
): RawBuilder<unknown> {
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
  if (found.tagged !== null) parts.push(sql`c.id = any(${found.tagged}::uuid[])`)
  if (found.typed !== null) parts.push(sql`c.id = any(${found.typed}::uuid[])`)
  return sql.join(parts, sql` and `)
}

const hourMs = 3_600_000
/** As the index by due time holds it. */
const dueAt = sql`coalesce(c.due_at, 'infinity')`

function flagged(filter: CaseFilter, { memberId, now }: Looker): RawBuilder<unknown>[] {
  const soon = new Date(now.getTime() + hourMs)
  return [
    ...(filter.late === true ? [sql`${dueAt} < ${now}`] : []),
    ...(filter.soon === true ? [sql`${dueAt} >= ${now} and ${dueAt} < ${soon}`] : []),
    ...(filter.waiting === true ? [sql`c.is_waiting`] : []),
    ...(filter.unread === true ? [isUnread(memberId)] : []),
    ...(filter.unsent === true ? [unsent] : []),
  ]
}

const unsent = sql`c.id in (select o.case_id from outbox o
  where o.workspace_id = c.workspace_id and o.state = 'failed')`

/** Counts stop here: beyond it nobody reads the number, and counting would slow the desk. */
export const countAtMost = 10_000

const isOpen = sql`c.status <> 'resolved'`
const isResolved = sql`c.status = 'resolved'`

/** The open and the resolved have indexes of their own; a view of both asks each for its page. */
export function partsOf(view: CaseFilter['view']): readonly RawBuilder<unknown>[] {
  if (view === 'all' || view === 'mentions') return [isOpen, isResolved]
  return view === 'resolved' ? [isResolved] : [isOpen]
}

export async function countCases(
  db: Db,
  where: RawBuilder<unknown>,
  parts: readonly RawBuilder<unknown>[],
): Promise<number> {
  const from = sql.join(
    parts.map((part) => sql`(select 1 from cases c where ${where} and ${part} limit ${countAtMost})`),
    sql` union all `,
  )
  const found = await sql<{ n: number }>`select count(*)::int as n from (${from}) counted`.execute(db)
  return Math.min(countAtMost, found.rows[0]?.n ?? 0)
}
