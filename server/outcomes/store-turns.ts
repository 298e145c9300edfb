import { sql } from 'kysely'
import { Target } from '../../contract/decision.ts'
import { Sentiment } from '../../contract/reading.ts'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import type { KeptTurn, ThreadWords, TurnCase } from './plan-turns.ts'

const feelings: ReadonlyMap<string, Sentiment> = new Map(Sentiment.options.map((name) => [name, name]))

function feelingOf(name: string | null): Sentiment | null {
  return name === null ? null : (feelings.get(name) ?? null)
}

interface WordsRow {
  readonly thread_id: string
  readonly id: string
  readonly parent_id: string | null
  readonly has_parent_name: boolean
  readonly person_id: string | null
  readonly author: string
  readonly direction: string
  readonly is_automatic: boolean
  readonly is_deleted: boolean
  readonly at: number
  readonly sentiment: string | null
  readonly labels: string | null
  readonly presence_id: string | null
  readonly channel: string
  readonly case_id: string | null
}

/** All engagements of these threads, by thread. What has no words (a like, a share, a follow) waits for no answer. */
export async function wordsOfThreads(
  db: Db,
  workspaceId: string,
  threadIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ThreadWords[]>> {
  if (threadIds.length === 0) return new Map()
  const found = await sql<WordsRow>`
    select thread_id, id, parent_id, parent_external_id is not null as has_parent_name, person_id,
      coalesce(person_id, identity_id, id) as author, direction,
      is_automatic or type in ('Like', 'Announce', 'Follow') as is_automatic, deleted_at is not null as is_deleted,
      (extract(epoch from published_at) * 1000)::float8 as at,
      case when not is_sentiment_unsure then sentiment end as sentiment,
      nullif(array_to_string(labels, ' '), '') as labels, presence_id, channel, case_id
    from engagements where workspace_id = ${workspaceId} and thread_id = any(${threadIds}::uuid[])`.execute(
    db,
  )
  const threads = Map.groupBy(found.rows, (row) => row.thread_id)
  return new Map([...threads].map(([threadId, rows]) => [threadId, rows.map(toWords)]))
}

function toWords(row: WordsRow): ThreadWords {
  return {
    id: row.id,
    parentId: row.parent_id,
    hasParentName: row.has_parent_name,
    authorKey: row.author,
    direction: row.direction === 'in' ? 'in' : 'out',
    isAutomatic: row.is_automatic,
    isDeleted: row.is_deleted,
    at: row.at,
    sentiment: feelingOf(row.sentiment),
    labels: row.labels === null ? [] : row.labels.split(' '),
    personId: row.person_id,
    presenceId: row.presence_id,
    channel: row.channel,
    caseId: row.case_id,
  }
}

/** What the turns of a thread take over from their cases, by case. */
export async function casesOfThreads(
  db: Db,
  workspaceId: string,
  threadIds: readonly string[],
): Promise<ReadonlyMap<string, TurnCase>> {
  if (threadIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('cases')
    .select(['id', 'function_key', 'target'])
    .where('workspace_id', '=', workspaceId)
    .where('thread_id', '=', sql<string>`any(${threadIds}::uuid[])`)
    .execute()
  return new Map(
    rows.map((row) => [row.id, { functionKey: row.function_key, target: Target.parse(row.target) }]),
  )
}

interface TurnRow {
  readonly id: string
  readonly thread_id: string
  readonly person_id: string
  readonly presence_id: string | null
  readonly channel: string
  readonly function_key: string | null
  readonly labels: string | null
  readonly started: number
  readonly answered: number | null
  readonly answer_id: string | null
  readonly seconds: number | null
  readonly due: number | null
  readonly sentiment_before: string | null
  readonly sentiment_after: string | null
  readonly spoke_again: boolean
  readonly case_id: string | null
}

export async function turnsOfThreads(
  db: Db,
  workspaceId: string,
  threadIds: readonly string[],
): Promise<readonly KeptTurn[]> {
  if (threadIds.length === 0) return []
  const found = await sql<TurnRow>`
    select id, thread_id, person_id, presence_id, channel, function_key,
      nullif(array_to_string(labels, ' '), '') as labels,
      (extract(epoch from started_at) * 1000)::float8 as started,
      (extract(epoch from answered_at) * 1000)::float8 as answered, answer_id, seconds,
      (extract(epoch from due_at) * 1000)::float8 as due, sentiment_before, sentiment_after, spoke_again, case_id
    from turns where workspace_id = ${workspaceId} and thread_id = any(${threadIds}::uuid[])`.execute(db)
  return found.rows.map((row) => ({
    id: row.id,
    threadId: row.thread_id,
    personId: row.person_id,
    presenceId: row.presence_id,
    channel: row.channel,
    functionKey: row.function_key,
    labels: row.labels === null ? [] : row.labels.split(' '),
    startedAt: row.started,
    answeredAt: row.answered,
    answerId: row.answer_id,
    seconds: row.seconds,
    dueAt: row.due,
    sentimentBefore: feelingOf(row.sentiment_before),
    sentimentAfter: feelingOf(row.sentiment_after),
    spokeAgain: row.spoke_again,
    caseId: row.case_id,
  }))
}

export async function saveTurns(db: Db, workspaceId: string, turns: readonly KeptTurn[]): Promise<void> {
  const rows = turns.map((turn) => ({
    workspace_id: workspaceId,
    id: turn.id,
    thread_id: turn.threadId,
    person_id: turn.personId,
    presence_id: turn.presenceId,
    channel: turn.channel,
    function_key: turn.functionKey,
    labels: turn.labels,
    started_at: new Date(turn.startedAt),
    answered_at: turn.answeredAt === null ? null : new Date(turn.answeredAt),
    answer_id: turn.answerId,
    seconds: turn.seconds,
    due_at: turn.dueAt === null ? null : new Date(turn.dueAt),
    sentiment_before: turn.sentimentBefore,
    sentiment_after: turn.sentimentAfter,
    spoke_again: turn.spokeAgain,
    case_id: turn.caseId,
  }))
  const first = rows[0]
  if (first === undefined) return
  const names = Object.keys(first).filter((name) => name !== 'workspace_id' && name !== 'id')
  const changes = names.map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`)
  await insertRows(db, 'turns', rows, sql`on conflict (workspace_id, id) do update set ${sql.join(changes)}`)
}

export async function dropTurns(db: Db, workspaceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from turns where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(db)
}

export interface ChangedDays {
  readonly engagementIds: readonly string[]
  /** Threads of which every engagement may have changed. */
  readonly threadIds: readonly string[]
  /** Further moments, in milliseconds. */
  readonly starts: readonly number[]
  /** Names this change. */
  readonly mark: string
}

/** Says that the roll-ups of the days of these no longer hold. */
export async function markDays(db: Db, workspaceId: string, changed: ChangedDays): Promise<void> {
  const starts = changed.starts.map((start) => new Date(start).toISOString())
  await sql`
    insert into stale_days (workspace_id, day, mark)
    select distinct w.id, (changed.at at time zone w.time_zone)::date, ${changed.mark}::uuid
    from workspaces w cross join (
      select published_at as at from engagements
        where workspace_id = ${workspaceId} and id = any(${changed.engagementIds}::uuid[])
      union all
      select published_at from engagements
        where workspace_id = ${workspaceId} and thread_id = any(${changed.threadIds}::uuid[])
      union all
      select unnest(${starts}::timestamptz[])) changed
    where w.id = ${workspaceId}`.execute(db)
}

export async function threadsOfEngagements(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const found = await sql<{ thread_id: string }>`select distinct thread_id from engagements
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(db)
  return found.rows.map((row) => row.thread_id)
}

export async function threadsOfCases(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const found = await sql<{ thread_id: string }>`select distinct thread_id from cases
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(db)
  return found.rows.map((row) => row.thread_id)
}
