import { sql } from 'kysely'
import type { OwnPost } from '../../contract/replies.ts'
import { engagementColumns, toEngagement, type EngagementRow } from '../engagements/index.ts'
import { decodeCursor, encodeCursor } from '../platform/db/cursor.ts'
import type { Db } from '../platform/db/scope.ts'

export interface Speaker {
  readonly presenceId: string
  readonly channel: string
  readonly handle: string
  readonly name: string
  readonly connector: string | null
}

/** Accounts of ours through which something may leave; at most 200, by name. */
export async function speakersOf(db: Db, workspaceId: string): Promise<readonly Speaker[]> {
  const found = await sql<Speaker>`
    select p.id as "presenceId", p.channel, p.handle, p.name, p.connector from presences p
    where p.workspace_id = ${workspaceId} and exists (select 1 from connections c
      where c.workspace_id = p.workspace_id and c.presence_id = p.id and c.disconnected_at is null)
    order by coalesce(nullif(p.name, ''), p.handle), p.id limit 200`.execute(db)
  return found.rows
}

interface PostRow extends EngagementRow {
  readonly outbox_id: string
  readonly answers: number
  readonly likes: number
  readonly shares: number
  readonly cases: OwnPost['cases']
}

/** What one account of ours said first from here, newest first, with what came back. */
export async function postsOf(
  db: Db,
  workspaceId: string,
  page: { readonly id: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: OwnPost[]; nextCursor: string | null }> {
  const after = decodeCursor(page.cursor)
  const before = after === null ? sql`` : sql`and w.id < ${after.id}::uuid`
  const found = await sql<PostRow>`
    select ${engagementColumns}, w.id as outbox_id, back.answers, back.likes, back.shares,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'name', c.name)) from (
        select k.id, k.number, p.name from cases k
        join persons p on p.workspace_id = k.workspace_id and p.id = k.person_id
        where k.workspace_id = e.workspace_id and k.thread_id = e.thread_id
        order by k.opened_at desc limit 5) c), '[]') as cases
    from outbox w join engagements e on e.workspace_id = w.workspace_id and e.id = w.engagement_id
    join lateral (select count(*) filter (where b.type = 'Create')::int as answers,
        count(*) filter (where b.type = 'Like')::int as likes, count(*) filter (where b.type = 'Announce')::int as shares
      from engagements b where b.workspace_id = e.workspace_id and b.thread_id = e.thread_id and b.direction = 'in'
        and b.deleted_at is null) back on true
    where w.workspace_id = ${workspaceId} and w.purpose = 'post' and e.presence_id = ${page.id} ${before}
    order by w.id desc limit ${page.limit + 1}`.execute(db)
  const rows = found.rows.slice(0, page.limit)
  const last = found.rows.length > page.limit ? rows.at(-1) : undefined
  return {
    items: rows.map(({ answers, likes, shares, cases, ...row }) => ({
      engagement: toEngagement(row),
      answers,
      likes,
      shares,
      cases,
    })),
    nextCursor: last === undefined ? null : encodeCursor('0', last.outbox_id),
  }
}
