import { sql } from 'kysely'
import type { ReportFilter } from '../../contract/reports.ts'
import { Sentiment } from '../../contract/reading.ts'
import { conditionsOf, type Exchange } from '../outcomes/index.ts'
import type { Db } from '../platform/db/scope.ts'
import { groupCondition } from './views-turns.ts'

export interface OutcomeQuery {
  readonly workspaceId: string
  readonly timeZone: string
  readonly now: Date
  readonly filter: ReportFilter
}

/** How many exchanges of each kind: group, feeling before and after. */
export async function exchanges(db: Db, query: OutcomeQuery): Promise<readonly Exchange[]> {
  const { workspaceId, now } = query
  const found = await sql<{ is_answered: boolean; before: string; after: string | null; n: number }>`
    select ${groupCondition('answered', now)} as is_answered, x.sentiment_before as before,
      x.sentiment_after as after, count(*)::int as n
    from (select t.started_at as at, t.presence_id, t.function_key, t.channel, t.labels, t.due_at, t.answered_at,
        t.sentiment_before, t.sentiment_after, t.spoke_again
      from turns t where t.workspace_id = ${workspaceId} and t.sentiment_before is not null) x
    where ${conditionsOf(query)} and (${groupCondition('answered', now)} or ${groupCondition('control', now)})
    group by 1, 2, 3`.execute(db)
  return found.rows.map((row) => ({
    group: row.is_answered ? 'answered' : 'control',
    before: Sentiment.parse(row.before),
    after: Sentiment.nullable().parse(row.after),
    count: row.n,
  }))
}

/** Answers to the survey by score, and how many were asked: on the day of asking, filtered by the case. */
export async function surveyScores(
  db: Db,
  query: OutcomeQuery,
): Promise<{ readonly asked: number; readonly scores: readonly { score: number; n: number }[] }> {
  const found = await sql<{ score: number | null; n: number }>`
    select x.score, count(*)::int as n
    from (select s.asked_at as at, c.presence_id, c.function_key, c.channel, c.labels, s.score
      from surveys s join cases c on c.workspace_id = s.workspace_id and c.id = s.case_id
      where s.workspace_id = ${query.workspaceId}) x
    where ${conditionsOf(query)} group by 1`.execute(db)
  return {
    asked: found.rows.reduce((sum, row) => sum + row.n, 0),
    scores: found.rows.flatMap(({ score, n }) => (score === null ? [] : [{ score, n }])),
  }
}

/** Times from opening to resolving, of cases resolved on the days of the filter. Quantiles of type 7. */
export async function resolutionTimes(db: Db, query: OutcomeQuery) {
  const found = await sql<{ n: number; p50Seconds: number | null; p90Seconds: number | null }>`
    select count(*)::int as n, percentile_cont(0.5) within group (order by x.seconds) as "p50Seconds",
      percentile_cont(0.9) within group (order by x.seconds) as "p90Seconds"
    from (select c.resolved_at as at, c.presence_id, c.function_key, c.channel, c.labels,
        greatest(0, extract(epoch from c.resolved_at - c.opened_at))::float8 as seconds
      from cases c where c.workspace_id = ${query.workspaceId} and c.status = 'resolved'
        and c.resolved_at is not null) x
    where ${conditionsOf(query)}`.execute(db)
  return found.rows[0] ?? { n: 0, p50Seconds: null, p90Seconds: null }
}
