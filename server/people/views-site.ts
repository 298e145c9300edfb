import { sql } from 'kysely'
import type { TimelineItem } from '../../contract/people.ts'
import type { Db } from '../platform/db/scope.ts'
import { sayEvent } from './say-event.ts'

interface EventRow {
  readonly id: string
  readonly at: Date
  readonly sort_key: string
  readonly type: 'track' | 'page' | 'screen' | 'group'
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly url: string | null
  readonly site: string
}

export interface SiteQuestion {
  readonly id: string
  readonly limit: number
}

/**
 * What a person did on our sites, newest first: the site vouches for the user id or address, and an identity of the
 * person bears the same one, vouched for as well. One more than `limit` where there are older ones.
 */
export async function siteItems(
  db: Db,
  workspaceId: string,
  { id, limit }: SiteQuestion,
  after: { readonly key: string; readonly id: string } | null,
): Promise<{ key: string; item: TimelineItem }[]> {
  const page = after === null ? sql`` : sql`and (e.at, e.id) < (${after.key}::timestamptz, ${after.id}::uuid)`
  const found = await sql<EventRow>`
    with visitors as (
      select v.id from identities i join site_visitors v on v.workspace_id = i.workspace_id and v.is_verified
        and (v.user_id = i.customer_id or v.email = i.verified_email)
      where i.workspace_id = ${workspaceId} and i.person_id = ${id})
    select e.id, e.at, e.type, e.name, e.properties, e.url, s.name as site,
      to_char(e.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US+00') as sort_key
    from site_events e join sites s on s.workspace_id = e.workspace_id and s.id = e.site_id
    where e.workspace_id = ${workspaceId} and e.visitor_id in (select id from visitors) ${page}
    order by e.at desc, e.id desc limit ${limit + 1}`.execute(db)
  return found.rows.map((row) => ({
    key: row.sort_key,
    item: {
      type: 'event',
      id: row.id,
      at: row.at.toISOString(),
      kind: row.type,
      name: row.name,
      detail: sayEvent(row.properties),
      url: row.url,
      site: row.site,
    },
  }))
}
