import { sql } from 'kysely'
import { Identity, Lifecycle, PersonRow, type Person, type TimelineItem } from '../../contract/people.ts'
import { engagementColumns, toEngagement, type EngagementRow } from '../engagements/index.ts'
import { decodeCursor, encodeCursor } from '../platform/db/cursor.ts'
import type { Db } from '../platform/db/scope.ts'
import { siteItems } from './views-site.ts'

interface ListRow {
  readonly id: string
  readonly name: string
  readonly lifecycle: string
  readonly last_seen_at: Date
  readonly sort_key: string
  readonly engagements: number
  readonly channels: readonly string[] | null
  readonly open_cases: number
  readonly last_sentiment: string | null
}

/** Of somebody who writes every day for years; older cases of one person stand in none of their pages. */
const mostCases = 1_000

/** People by what was typed, the last seen first. */
export async function listPeople(
  db: Db,
  workspaceId: string,
  input: { readonly q?: string | undefined; readonly cursor?: string | undefined; readonly limit: number },
) {
  const after = decodeCursor(input.cursor)
  const page =
    after === null ? sql`` : sql`and (p.last_seen_at, p.id) < (${after.key}::timestamptz, ${after.id}::uuid)`
  const typed = input.q?.trim() ?? ''
  const wanted = typed === '' ? sql`` : sql`and p.id in (select find_persons(${typed}, 500))`
  const found = await sql<ListRow>`
    select p.id, p.name, p.lifecycle, p.last_seen_at, p.last_seen_at::text as sort_key, p.inbound as engagements,
      (select array_agg(distinct i.channel) from identities i
        where i.workspace_id = p.workspace_id and i.person_id = p.id) as channels,
      (select count(*)::int from cases c where c.workspace_id = p.workspace_id and c.person_id = p.id
        and c.status <> 'resolved') as open_cases,
      (select e.sentiment from engagements e where e.workspace_id = p.workspace_id and e.person_id = p.id
        order by e.published_at desc, e.id desc limit 1) as last_sentiment
    from persons p where p.workspace_id = ${workspaceId} and p.merged_into is null ${wanted} ${page}
    order by p.last_seen_at desc, p.id desc limit ${input.limit + 1}`.execute(db)
  const rows = found.rows.slice(0, input.limit)
  const last = found.rows.length > input.limit ? rows.at(-1) : undefined
  return {
    items: rows.map(toRow),
    nextCursor: last === undefined ? null : encodeCursor(last.sort_key, last.id),
  }
}

function toRow(row: ListRow): PersonRow {
  return PersonRow.parse({
    id: row.id,
    name: row.name,
    channels: row.channels ?? [],
    lifecycle: row.lifecycle,
    lastSeenAt: row.last_seen_at.toISOString(),
    engagements: row.engagements,
    openCases: row.open_cases,
    lastSentiment: row.last_sentiment,
  })
}

/** Who stands for a person: themselves, or the one that was kept where they were merged away. */
export async function keptPersonId(db: Db, workspaceId: string, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('persons')
    .select('merged_into')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  return row.merged_into === null ? id : keptPersonId(db, workspaceId, row.merged_into)
}

/** One person. A person merged away answers with the one that was kept. */
export async function personById(db: Db, workspaceId: string, id: string): Promise<Person | null> {
  const row = await db
    .selectFrom('persons')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  if (row.merged_into !== null) return personById(db, workspaceId, row.merged_into)
  // Each case through its thread (`offset 0`): engagements have no index by case, and need none.
  const said = await sql<{ outbound: number }>`
    select coalesce(sum(e.n), 0)::int as outbound
    from (select id, thread_id from cases where workspace_id = ${workspaceId} and person_id = ${id}
        order by opened_at desc limit ${mostCases}) c
      cross join lateral (select count(*) as n from engagements e
        where e.workspace_id = ${workspaceId} and e.thread_id = c.thread_id and e.case_id = c.id
          and e.direction = 'out' offset 0) e`.execute(db)
  return {
    id: row.id,
    name: row.name,
    lifecycle: Lifecycle.parse(row.lifecycle),
    preferredChannel: row.preferred_channel,
    memory: row.memory,
    memberships: [...row.memberships],
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    inbound: row.inbound,
    outbound: said.rows[0]?.outbound ?? 0,
    identities: await identitiesOf(db, workspaceId, id),
    cases: await casesOf(db, workspaceId, id),
    merges: await mergesOf(db, workspaceId, id),
  }
}

async function identitiesOf(db: Db, workspaceId: string, personId: string): Promise<Person['identities']> {
  const found = await sql<Record<string, unknown>>`
    select i.id, i.source, i.channel, i.handle, i.name, i.verified_email as "verifiedEmail", i.customer_id as "customerId",
      coalesce((select jsonb_agg(jsonb_build_object('rule', l.rule, 'detail', l.detail, 'by', l.by_name,
          'at', to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by l.at)
        from identity_links l where l.workspace_id = i.workspace_id and l.identity_id = i.id and l.retracted_at is null),
        '[]') as links
    from identities i where i.workspace_id = ${workspaceId} and i.person_id = ${personId}
    order by i.created_at, i.id limit 100`.execute(db)
  return found.rows.map((row) => Identity.parse(row))
}

async function casesOf(db: Db, workspaceId: string, personId: string): Promise<Person['cases']> {
  const rows = await db
    .selectFrom('cases')
    .select(['id', 'number', 'preview', 'status', 'opened_at', 'function_key'])
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .orderBy('opened_at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    preview: row.preview,
    status: row.status,
    openedAt: row.opened_at.toISOString(),
    function: row.function_key,
  }))
}

async function mergesOf(db: Db, workspaceId: string, personId: string): Promise<Person['merges']> {
  const rows = await db
    .selectFrom('merges')
    .select(['id', 'merged_name', 'at', 'by_name'])
    .where('workspace_id', '=', workspaceId)
    .where('kept_id', '=', personId)
    .where('undone_at', 'is', null)
    .orderBy('at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.merged_name, at: row.at.toISOString(), by: row.by_name }))
}

interface TimelineInput {
  readonly id: string
  readonly channel?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/**
 * What was said between a person and us (their words, and ours in their cases), with case events, notes and surveys,
 * newest first. Each kind is asked for one page; together they are cut to the page again.
 */
export async function timelinePage(db: Db, workspaceId: string, input: TimelineInput) {
  const after = decodeCursor(input.cursor)
  const said = await engagementItems(db, workspaceId, input, after)
  const beside = input.channel === undefined ? await besideItems(db, workspaceId, input, after) : []
  const done = input.channel === undefined ? await siteItems(db, workspaceId, input, after) : []
  const all = [...said, ...beside, ...done].toSorted((a, b) => compareItems(b.item, a.item))
  const page = all.slice(0, input.limit)
  const last = all.length > input.limit ? page.at(-1) : undefined
  return {
    items: page.map(({ item }) => item),
    nextCursor: last === undefined ? null : encodeCursor(last.key, last.item.id),
  }
}

interface Keyed {
  readonly key: string
  readonly item: TimelineItem
}
type After = ReturnType<typeof decodeCursor>

function compareItems(a: TimelineItem, b: TimelineItem): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

async function engagementItems(
  db: Db,
  workspaceId: string,
  input: TimelineInput,
  after: After,
): Promise<Keyed[]> {
  const page =
    after === null ? sql`` : sql`and (e.published_at, e.id) < (${after.key}::timestamptz, ${after.id}::uuid)`
  const channel = input.channel === undefined ? sql`` : sql`and e.channel = ${input.channel}`
  const found = await sql<EngagementRow & { sort_key: string }>`
    with own as (
      (select e.* from engagements e
        where e.workspace_id = ${workspaceId} and e.person_id = ${input.id} ${channel} ${page}
        order by e.published_at desc, e.id desc limit ${input.limit + 1})
      union all
      (select e.* from (select id, thread_id from cases
          where workspace_id = ${workspaceId} and person_id = ${input.id} order by opened_at desc limit ${mostCases}) c
        cross join lateral (select e.* from engagements e
          where e.workspace_id = ${workspaceId} and e.thread_id = c.thread_id and e.case_id = c.id
            and e.direction = 'out' ${channel} ${page}
          order by e.published_at desc, e.id desc limit ${input.limit + 1}) e
        order by e.published_at desc, e.id desc limit ${input.limit + 1}))
    select ${engagementColumns}, to_char(e.published_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US+00') as sort_key
    from own e order by e.published_at desc, e.id desc limit ${input.limit + 1}`.execute(db)
  return found.rows.map((row) => ({
    key: row.sort_key,
    item: {
      type: 'engagement',
      id: row.id,
      at: row.published_at.toISOString(),
      engagement: toEngagement(row),
    },
  }))
}

interface BesideRow {
  readonly type: 'case' | 'note' | 'survey'
  readonly id: string
  readonly at: Date
  readonly sort_key: string
  readonly case_id: string
  readonly number: number
  readonly text: string
  readonly by: string | null
  readonly score: number
}

async function besideItems(
  db: Db,
  workspaceId: string,
  input: TimelineInput,
  after: After,
): Promise<Keyed[]> {
  const page =
    after === null ? sql`` : sql`where (x.at, x.id) < (${after.key}::timestamptz, ${after.id}::uuid)`
  const found = await sql<BesideRow>`
    with own as (select id, number, opened_at, resolved_at from cases
      where workspace_id = ${workspaceId} and person_id = ${input.id} order by opened_at desc limit ${mostCases})
    select x.*, to_char(x.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US+00') as sort_key from (
      select 'case' as type, own.id, own.opened_at as at, own.id as case_id, own.number, 'opened' as text,
        null::text as by, 0 as score from own
      union all
      select 'case', e.id, e.at, own.id, own.number, 'set to ' || (e.detail ->> 'to'), e.by_name, 0
        from own join case_events e on e.workspace_id = ${workspaceId} and e.case_id = own.id and e.type = 'status'
          and e.undone_at is null
      union all
      select 'note', n.id, n.at, own.id, own.number, n.text, n.by_name, 0
        from own join notes n on n.workspace_id = ${workspaceId} and n.case_id = own.id
      union all
      select 'survey', s.id, s.answered_at, own.id, own.number, s.comment, null, s.score
        from own join surveys s on s.workspace_id = ${workspaceId} and s.case_id = own.id and s.answered_at is not null) x
    ${page} order by x.at desc, x.id desc limit ${input.limit + 1}`.execute(db)
  return found.rows.map((row) => ({ key: row.sort_key, item: toBeside(row) }))
}

function toBeside(row: BesideRow): TimelineItem {
  const base = { id: row.id, at: row.at.toISOString(), caseId: row.case_id }
  if (row.type === 'note') return { type: 'note', ...base, text: row.text, by: row.by ?? '' }
  if (row.type === 'survey') return { type: 'survey', ...base, score: row.score, comment: row.text }
  return { type: 'case', ...base, number: row.number, what: row.text, by: row.by }
}
