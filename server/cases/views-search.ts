import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

interface Hit {
  readonly id: string
  readonly number: number
  readonly caseId: string | null
  readonly personId: string | null
  readonly title: string
  readonly detail: string
  readonly at: Date
}

const mostHits = 100

function caseIdsOf(hits: readonly { readonly case_id: string | null }[]): readonly string[] {
  return [...new Set(hits.flatMap(({ case_id }) => case_id ?? []))]
}

/** People, cases and words; each kind gets its share of the limit. */
export async function searchEverywhere(db: Db, workspaceId: string, q: string, limit: number) {
  const share = Math.max(3, Math.ceil(limit / 3))
  const persons = await sql<Hit>`
    select p.id, p.name as title, p.last_seen_at as at,
      coalesce((select string_agg(distinct i.channel, ', ') from identities i
        where i.workspace_id = p.workspace_id and i.person_id = p.id), '') as detail
    from persons p where p.workspace_id = ${workspaceId} and p.id in (select find_persons(${q}, 200))
    order by p.last_seen_at desc limit ${share}`.execute(db)
  const hits = await sql<{ id: string; case_id: string | null }>`
    select e.id, e.case_id from find_engagements(${q}, ${mostHits}) f
    join engagements e on e.workspace_id = ${workspaceId} and e.id = f.engagement_id
    order by e.published_at desc, e.id desc`.execute(db)
  const found = await sql<Hit>`
    select c.id, c.number, p.name as title, c.preview as detail, c.last_activity_at as at
    from (select id, number, person_id, preview, last_activity_at from cases
        where workspace_id = ${workspaceId} and id in (
          select find_named_cases(${q}, ${mostHits}) union select unnest(${caseIdsOf(hits.rows)}::uuid[]))
        order by last_activity_at desc limit ${share}) c
      join persons p on p.workspace_id = ${workspaceId} and p.id = c.person_id
    order by c.last_activity_at desc`.execute(db)
  const newest = hits.rows.slice(0, share).map(({ id }) => id)
  const words = await sql<Hit>`
    select e.id, e.case_id as "caseId", e.person_id as "personId", e.author_name as title, left(e.text, 160) as detail,
      e.published_at as at
    from engagements e where e.workspace_id = ${workspaceId} and e.id = any(${newest}::uuid[])
    order by e.published_at desc, e.id desc`.execute(db)
  const whole = <T extends Hit>(hit: T) => ({ ...hit, at: hit.at.toISOString() })
  return [
    ...persons.rows.map((hit) => ({ type: 'person' as const, ...whole(hit) })),
    ...found.rows.map((hit) => ({ type: 'case' as const, ...whole(hit) })),
    ...words.rows.map((hit) => ({ type: 'engagement' as const, ...whole(hit) })),
  ].slice(0, limit)
}
