import { sql, type RawBuilder } from 'kysely'
import type { TurnRow, TurnsInput } from '../../contract/reports.ts'
import { Sentiment } from '../../contract/reading.ts'
import { conditionsOf } from '../outcomes/index.ts'
import { decodeCursor, encodeCursor } from '../platform/db/cursor.ts'
import type { Db } from '../platform/db/scope.ts'

export interface TurnsQuery {
  readonly workspaceId: string
  readonly timeZone: string
  readonly now: Date
  readonly asked: TurnsInput
}

/** When an answer was due; where no target was set, a day after the start. */
const limit = sql.raw(`coalesce(x.due_at, x.at + interval '24 hours')`)
/** Feelings that an outcome counts: something could be read before, and after it where they spoke again. */
const isRead = sql.raw(
  `x.sentiment_before is not null and (x.sentiment_after is not null or not x.spoke_again)`,
)

/** Answered in time, or nothing in time although due: each turn that is old enough is in one of the groups. */
export function groupCondition(group: 'answered' | 'control', now: Date): RawBuilder<unknown> {
  return group === 'answered'
    ? sql`x.answered_at <= ${limit} and ${isRead}`
    : sql`${limit} < ${now} and (x.answered_at is null or x.answered_at > ${limit}) and ${isRead}`
}

function conditions({ asked, timeZone, now }: TurnsQuery): RawBuilder<unknown> {
  const parts = [conditionsOf({ filter: asked, timeZone })]
  if (asked.answered === true) parts.push(sql`x.seconds is not null`)
  if (asked.answered === false) parts.push(sql`x.seconds is null`)
  if (asked.before !== undefined) parts.push(sql`x.sentiment_before = ${asked.before}`)
  if (asked.after === 'silent') parts.push(sql`not x.spoke_again`)
  else if (asked.after !== undefined) parts.push(sql`x.sentiment_after = ${asked.after}`)
  if (asked.group !== undefined) parts.push(groupCondition(asked.group, now))
  const place = decodeCursor(asked.cursor)
  if (place !== null) parts.push(sql`(x.at, x.id) < (${place.key}::timestamptz, ${place.id}::uuid)`)
  return sql.join(parts, sql` and `)
}

interface Row {
  readonly id: string
  readonly sort_key: string
  readonly person_id: string
  readonly person: string
  readonly presence: string | null
  readonly channel: string
  readonly function_key: string | null
  readonly labels: readonly string[]
  readonly text: string
  readonly at: Date
  readonly answered_at: Date | null
  readonly seconds: number | null
  readonly case_id: string | null
  readonly sentiment_before: string | null
  readonly sentiment_after: string | null
}

/** The turns that a figure is made of, newest first. */
export async function turnsPage(
  db: Db,
  query: TurnsQuery,
): Promise<{ readonly items: TurnRow[]; readonly nextCursor: string | null }> {
  const { workspaceId, asked } = query
  const found = await sql<Row>`
    select y.id, y.sort_key, y.person_id, coalesce(p.name, '') as person,
      coalesce(nullif(s.name, ''), s.handle) as presence, y.channel, y.function_key, y.labels,
      left(coalesce(e.text, ''), 1000) as text, y.at, y.answered_at, y.seconds, y.case_id, y.sentiment_before,
      y.sentiment_after
    from (select x.*, x.at::text as sort_key
        from (select t.*, t.started_at as at from turns t where t.workspace_id = ${workspaceId}) x
        where ${conditions(query)} order by x.at desc, x.id desc limit ${asked.limit + 1}) y
      left join persons p on p.workspace_id = ${workspaceId} and p.id = y.person_id
      left join presences s on s.workspace_id = ${workspaceId} and s.id = y.presence_id
      left join engagements e on e.workspace_id = ${workspaceId} and e.id = y.id
    order by y.at desc, y.id desc`.execute(db)
  const rows = found.rows.slice(0, asked.limit)
  const last = found.rows.length > asked.limit ? rows.at(-1) : undefined
  return {
    items: rows.map(toTurn),
    nextCursor: last === undefined ? null : encodeCursor(last.sort_key, last.id),
  }
}

function toTurn(row: Row): TurnRow {
  return {
    id: row.id,
    personId: row.person_id,
    person: row.person,
    presence: row.presence,
    channel: row.channel,
    function: row.function_key,
    labels: [...row.labels],
    text: row.text,
    startedAt: row.at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    seconds: row.seconds,
    caseId: row.case_id,
    sentimentBefore: Sentiment.nullable().parse(row.sentiment_before),
    sentimentAfter: Sentiment.nullable().parse(row.sentiment_after),
  }
}
