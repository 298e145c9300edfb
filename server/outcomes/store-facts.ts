// SQL of the facts behind the figures of response. A filter looks at the turn: the day and hour at which it begins, its
// presence, channel, function and labels; for engagements at their own day, hour, presence, channel and labels, and at
// the function of their case. Days and hours are those of the workspace's time zone.
import { sql, type RawBuilder } from 'kysely'
import type { ReportFilter } from '../../contract/reports.ts'
import type { Db } from '../platform/db/scope.ts'
import { noKey, rolledDimensions, spansOfDays, type FactPlan, type GroupBy } from './fact-plan.ts'
import type { EngagementFacts, TurnFacts } from './fold-facts.ts'

type Sql = RawBuilder<unknown>

export interface FactQuery {
  readonly workspaceId: string
  readonly timeZone: string
  readonly filter: ReportFilter
  readonly by: GroupBy
  /** Only these days; undefined for all. */
  readonly days?: readonly string[]
}

/** Turns with the columns that filters and figures look at. */
const turnRows = (
  workspaceId: string,
): Sql => sql`select t.started_at as at, t.presence_id, t.function_key, t.channel,
  t.labels, t.seconds from turns t where t.workspace_id = ${workspaceId}`

/**
 * Engagements likewise. Each look-up stands for itself (`offset 0`), so that it goes through the key of its table even
 * where statistics are missing, as they are after a large import.
 */
function engagementRows({ workspaceId, by, filter }: FactQuery, isForAll: boolean): Sql {
  const hasFunction = isForAll || by === 'function' || filter.function !== undefined
  const functionKey = hasFunction ? sql`c.function_key` : sql`null::text as function_key`
  const cases = sql`left join lateral (select c.function_key from cases c
    where c.workspace_id = ${workspaceId} and c.id = e.case_id offset 0) c on true`
  return sql`select e.published_at as at, e.presence_id, ${functionKey}, e.channel, e.labels, e.direction, e.person_id,
      case when e.direction = 'in' and not e.is_automatic and not e.is_sentiment_unsure then e.sentiment end as feeling,
      n.number as person_number, p.number as presence_number
    from engagements e ${hasFunction ? cases : sql``}
      left join lateral (select n.number from report_numbers n
        where n.workspace_id = ${workspaceId} and n.id = e.person_id and e.direction = 'in' offset 0) n on true
      left join lateral (select p.number from report_numbers p
        where p.workspace_id = ${workspaceId} and p.id = e.presence_id offset 0) p on true
    where e.workspace_id = ${workspaceId} and e.deleted_at is null`
}

function within(rows: Sql, query: FactQuery): Sql {
  return sql`(select x.* from (${rows}) x where ${conditionsOf(query)})`
}

/** Conditions of a filter on rows `x`. */
export function conditionsOf(query: Pick<FactQuery, 'timeZone' | 'filter' | 'days'>): Sql {
  const { filter, timeZone } = query
  const day = sql`(x.at at time zone ${timeZone})::date`
  const parts: Sql[] = [sql`true`]
  if (filter.from !== undefined)
    parts.push(sql`x.at >= ${startOf(filter.from, timeZone)}`, sql`${day} >= ${filter.from}::date`)
  if (filter.to !== undefined)
    parts.push(sql`x.at < ${endOf(filter.to, timeZone)}`, sql`${day} <= ${filter.to}::date`)
  if (query.days !== undefined) parts.push(inDays(query.days, timeZone))
  if (filter.presence === noKey) parts.push(sql`x.presence_id is null`)
  else if (filter.presence !== undefined) parts.push(sql`x.presence_id = ${filter.presence}::uuid`)
  if (filter.function === noKey) parts.push(sql`x.function_key is null`)
  else if (filter.function !== undefined) parts.push(sql`x.function_key = ${filter.function}`)
  if (filter.intent === noKey) parts.push(sql`x.labels = '{}'`)
  else if (filter.intent !== undefined) parts.push(sql`${filter.intent} = any(x.labels)`)
  if (filter.channel !== undefined) parts.push(sql`x.channel = ${filter.channel}`)
  if (filter.hour !== undefined)
    parts.push(sql`extract(hour from x.at at time zone ${timeZone}) = ${filter.hour}`)
  return sql.join(parts, sql` and `)
}

/** A little early or late, as midnight may come twice or not at all: it only leads to the index, the day itself decides. */
function startOf(day: string, timeZone: string): Sql {
  return sql`(${day}::date::timestamp at time zone ${timeZone}) - interval '3 hours'`
}

function endOf(day: string, timeZone: string): Sql {
  return sql`((${day}::date + 1)::timestamp at time zone ${timeZone}) + interval '3 hours'`
}

function inDays(days: readonly string[], timeZone: string): Sql {
  const spans = spansOfDays(days).map(
    ({ first, last }) => sql`(x.at >= ${startOf(first, timeZone)} and x.at < ${endOf(last, timeZone)})`,
  )
  if (spans.length === 0) return sql`false`
  const exactly = sql`(x.at at time zone ${timeZone})::date = any(${days}::date[])`
  return sql`(${sql.join(spans, sql` or `)}) and ${exactly}`
}

/** The key of a row `x`, and what must be joined for it: a row with several labels belongs to several groups. */
function grouping(by: GroupBy, timeZone: string, intent: string | undefined): { key: Sql; join: Sql } {
  const local = sql`(x.at at time zone ${timeZone})`
  const join = sql``
  switch (by) {
    case 'all':
      return { key: sql`''::text`, join }
    case 'presence':
      return { key: sql`coalesce(x.presence_id::text, ${noKey})`, join }
    case 'function':
      return { key: sql`coalesce(x.function_key, ${noKey})`, join }
    case 'channel':
      return { key: sql`x.channel`, join }
    case 'hour':
      return { key: sql`extract(hour from ${local})::int::text`, join }
    case 'day':
      return { key: sql`${local}::date::text`, join }
    case 'week':
      return { key: sql`date_trunc('week', ${local})::date::text`, join }
    case 'intent': {
      const only = intent === undefined ? sql`true` : sql`l.label = ${intent}`
      const labels = sql`unnest(case when x.labels = '{}' then array[${noKey}] else x.labels end)`
      return { key: sql`l.label`, join: sql`join lateral ${labels} as l(label) on ${only}` }
    }
  }
}

const nothing = sql.raw(`''::bytea`)
const answeredBytes = sql.raw(
  `coalesce(string_agg(substr(int8send(least((x.seconds * 1000)::int8, 1099511627775)), 4), ''::bytea)
    filter (where x.seconds is not null), ''::bytea)`,
)
const waitingBytes = sql.raw(
  `coalesce(string_agg(substr(int8send(greatest((extract(epoch from x.at) * 1000)::int8, 0)), 3), ''::bytea)
    filter (where x.seconds is null), ''::bytea)`,
)
const numbersOf = (column: string): Sql =>
  sql.raw(`coalesce(string_agg(distinct int4send(x.${column}), ''::bytea), ''::bytea)`)
const feltCount = (feeling: 'negative' | 'neutral' | 'positive'): Sql =>
  sql.raw(`(count(*) filter (where x.feeling = '${feeling}'))::int as ${feeling}`)

/** One row for each key, and for each day where `withDay`. `source` names rows that lie ready. */
function turnFactsSql(query: FactQuery, withDay: boolean, source?: Sql): Sql {
  const { key, join } = grouping(query.by, query.timeZone, query.filter.intent)
  const day = dayColumn(query, withDay)
  return sql`select ${key} as key ${day.column}, count(*)::int as turns, ${answeredBytes} as answered,
      ${waitingBytes} as waiting
    from ${source ?? within(turnRows(query.workspaceId), query)} x ${join} group by ${day.groups}`
}

export function engagementFactsSql(query: FactQuery, withDay: boolean, source?: Sql): Sql {
  const { key, join } = grouping(query.by, query.timeZone, query.filter.intent)
  const day = dayColumn(query, withDay)
  return sql`select ${key} as key ${day.column}, (count(*) filter (where x.direction = 'in'))::int as inbound,
      (count(*) filter (where x.direction = 'out'))::int as outbound,
      ${feltCount('negative')}, ${feltCount('neutral')}, ${feltCount('positive')},
      ${numbersOf('person_number')} as persons, ${numbersOf('presence_number')} as presences,
      array_agg(distinct x.person_id::text)
        filter (where x.direction = 'in' and x.person_id is not null and x.person_number is null) as new_persons,
      array_agg(distinct x.presence_id::text)
        filter (where x.presence_id is not null and x.presence_number is null) as new_presences
    from ${source ?? within(engagementRows(query, false), query)} x ${join} group by ${day.groups}`
}

interface DaySources {
  readonly turns: Sql
  readonly engagements: Sql
}

/** One row for each key and day, with all columns of `response_days` but the dimension. */
function dayRowsSql(query: FactQuery, sources?: DaySources): Sql {
  return sql`select key, day, coalesce(t.turns, 0) as turns, coalesce(t.answered, ''::bytea) as answered,
      coalesce(t.waiting, ''::bytea) as waiting, coalesce(e.inbound, 0) as inbound,
      coalesce(e.outbound, 0) as outbound, coalesce(e.negative, 0) as negative, coalesce(e.neutral, 0) as neutral,
      coalesce(e.positive, 0) as positive, coalesce(e.persons, ''::bytea) as persons,
      coalesce(e.presences, ''::bytea) as presences
    from (${turnFactsSql(query, true, sources?.turns)}) t
      full join (${engagementFactsSql(query, true, sources?.engagements)}) e using (key, day)`
}

/** What the roll-ups of all dimensions hold: the dimension, then the columns of `dayRowsSql`. */
export function rollUpRowsSql(given: Omit<FactQuery, 'by' | 'filter'>): {
  readonly ready: Sql
  readonly rows: Sql
} {
  const query = { ...given, filter: {}, by: 'all' } as const
  const sources = { turns: sql.raw('ready_turns'), engagements: sql.raw('ready_engagements') }
  const parts = rolledDimensions.map(
    (by) => sql`select ${by}::text as dimension, d.* from (${dayRowsSql({ ...query, by }, sources)}) d`,
  )
  return {
    ready: sql`ready_turns as materialized (select * from ${within(turnRows(given.workspaceId), query)} x),
      ready_engagements as materialized (select * from ${within(engagementRows(query, true), query)} x)`,
    rows: sql.join(parts, sql` union all `),
  }
}

function dayColumn(
  { timeZone }: FactQuery,
  withDay: boolean,
): { readonly column: Sql; readonly groups: Sql } {
  if (!withDay) return { column: sql``, groups: sql`1` }
  return { column: sql`, (x.at at time zone ${timeZone})::date as day`, groups: sql`1, 2` }
}

/** From the turns themselves. */
export async function rawTurnFacts(db: Db, query: FactQuery): Promise<readonly TurnFacts[]> {
  const found = await sql<TurnFacts>`${turnFactsSql(query, false)}`.execute(db)
  return found.rows
}

interface EngagementFactsRow extends Omit<EngagementFacts, 'newPersons' | 'newPresences'> {
  readonly new_persons: readonly string[] | null
  readonly new_presences: readonly string[] | null
}

export async function rawEngagementFacts(db: Db, query: FactQuery): Promise<readonly EngagementFacts[]> {
  const found = await sql<EngagementFactsRow>`${engagementFactsSql(query, false)}`.execute(db)
  return found.rows.map(({ new_persons, new_presences, ...row }) => ({
    ...row,
    newPersons: new_persons ?? [],
    newPresences: new_presences ?? [],
  }))
}

export interface RolledQuery extends Omit<FactQuery, 'days' | 'timeZone'> {
  readonly plan: FactPlan
  /** Days whose roll-ups no longer hold. */
  readonly without: readonly string[]
}

function rolledRows({ workspaceId, filter, plan, without }: RolledQuery): Sql {
  const parts: Sql[] = [sql`r.workspace_id = ${workspaceId}`, sql`r.dimension = ${plan.dimension}`]
  if (plan.key !== null) parts.push(sql`r.key = ${plan.key}`)
  if (filter.from !== undefined) parts.push(sql`r.day >= ${filter.from}::date`)
  if (filter.to !== undefined) parts.push(sql`r.day <= ${filter.to}::date`)
  if (without.length > 0) parts.push(sql`r.day <> all(${without}::date[])`)
  return sql`from response_days r where ${sql.join(parts, sql` and `)}`
}

/**
 * From the roll-ups; the same facts. Where all are of one group the days come as they lie, for whoever asks puts them
 * together anyway: to do so here would copy megabytes.
 */
export async function rolledTurnFacts(db: Db, query: RolledQuery): Promise<readonly TurnFacts[]> {
  if (query.by === 'all') {
    const days = await sql<TurnFacts>`select ''::text as key, r.answered, r.waiting
      ${rolledRows(query)} and r.turns > 0`.execute(db)
    return days.rows
  }
  const found = await sql<TurnFacts>`select ${rolledKey(query.by)} as key,
      string_agg(r.answered, ${nothing}) as answered, string_agg(r.waiting, ${nothing}) as waiting
    ${rolledRows(query)} and r.turns > 0 group by 1`.execute(db)
  return found.rows
}

function rolledKey(by: GroupBy): Sql {
  if (by === 'all') return sql`''::text`
  if (by === 'day') return sql`r.day::text`
  return by === 'week' ? sql`date_trunc('week', r.day::timestamp)::date::text` : sql`r.key`
}

export async function rolledEngagementFacts(db: Db, query: RolledQuery): Promise<readonly EngagementFacts[]> {
  const found = await sql<EngagementFacts>`
    select r.inbound, r.outbound, r.persons, r.presences, '{}'::text[] as "newPersons", '{}'::text[] as "newPresences"
    ${rolledRows(query)}`.execute(db)
  return found.rows
}

export interface DayCounts {
  readonly key: string
  readonly day: string
  readonly turns: number
  readonly answered: number
  readonly negative: number
  readonly neutral: number
  readonly positive: number
}

const countColumns = sql.raw(
  'r.key, r.day::text as day, r.turns, octet_length(r.answered) / 5 as answered, r.negative, r.neutral, r.positive',
)

export async function rawDayCounts(db: Db, query: FactQuery): Promise<readonly DayCounts[]> {
  const found = await sql<DayCounts>`select ${countColumns} from (${dayRowsSql(query)}) r`.execute(db)
  return found.rows
}

export async function rolledDayCounts(db: Db, query: RolledQuery): Promise<readonly DayCounts[]> {
  const found = await sql<DayCounts>`select ${countColumns} ${rolledRows(query)}`.execute(db)
  return found.rows
}

export interface RollUpState {
  readonly timeZone: string
  /** The roll-ups are of this time zone and hold, apart from `staleDays`. */
  readonly isRolled: boolean
  readonly staleDays: readonly string[]
}

export async function rollUpState(db: Db, workspaceId: string): Promise<RollUpState> {
  const found = await sql<RollUpState>`
    select w.time_zone as "timeZone", coalesce(r.time_zone = w.time_zone, false) as "isRolled",
      array(select distinct s.day::text from stale_days s where s.workspace_id = w.id) as "staleDays"
    from workspaces w left join roll_ups r on r.workspace_id = w.id where w.id = ${workspaceId}`.execute(db)
  return found.rows[0] ?? { timeZone: 'UTC', isRolled: false, staleDays: [] }
}
