import { sql } from 'kysely'
import type { Presence } from '../../contract/presences.ts'
import type { Db } from '../platform/db/scope.ts'

/** All presences of a workspace, or one; at most 2,000. Counts and last times come out of one index. */
export async function readPresences(db: Db, workspaceId: string, presenceId?: string): Promise<Presence[]> {
  const one = presenceId === undefined ? sql`` : sql`and p.id = ${presenceId}`
  const ofOne = presenceId === undefined ? sql`presence_id is not null` : sql`presence_id = ${presenceId}`
  const found = await sql<{
    id: string
    channel: string
    handle: string
    name: string
    function_key: string | null
    purpose: string
    connector: string | null
    last_at: Date | null
    engagements: number | null
  }>`
    select p.id, p.channel, p.handle, p.name, p.function_key, p.purpose, p.connector, t.last_at, t.engagements
    from presences p
    left join (
      select presence_id, max(published_at) as last_at, count(*)::int as engagements from engagements
      where workspace_id = ${workspaceId} and ${ofOne} group by presence_id
    ) t on t.presence_id = p.id
    where p.workspace_id = ${workspaceId} ${one}
    order by p.channel, p.handle_key limit 2000`.execute(db)
  return found.rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    handle: row.handle,
    name: row.name,
    function: row.function_key,
    purpose: row.purpose,
    isConnected: row.connector !== null,
    lastEngagementAt: row.last_at?.toISOString() ?? null,
    engagements: row.engagements ?? 0,
  }))
}
