import { sql } from 'kysely'
import type { Presence } from '../../contract/presences.ts'
import type { Db } from '../platform/db/scope.ts'

/**
 * Whether words can leave through `presences p`: our own page, a mail server that serves every presence on the channel
 * e-mail (`hasMail`), or a connection of its own, also while it is paused: what is sent then waits and is not lost.
 */
export function canSpeak(hasMail: boolean) {
  return sql<boolean>`(coalesce(p.connector, '') = 'web' or (${hasMail} and p.channel = 'email')
    or exists (select 1 from connections k where k.workspace_id = p.workspace_id and k.presence_id = p.id
      and k.disconnected_at is null and k.account is not null))`
}

/** All presences of a workspace, or one; at most 2,000. Counts and last times come out of one index. */
export async function readPresences(
  db: Db,
  workspaceId: string,
  { hasMail, presenceId }: { readonly hasMail: boolean; readonly presenceId?: string },
): Promise<Presence[]> {
  const one = presenceId === undefined ? sql`` : sql`and p.id = ${presenceId}`
  const ofOne = presenceId === undefined ? sql`presence_id is not null` : sql`presence_id = ${presenceId}`
  const found = await sql<{
    id: string
    channel: string
    handle: string
    name: string
    function_key: string | null
    purpose: string
    is_connected: boolean
    last_at: Date | null
    engagements: number | null
  }>`
    select p.id, p.channel, p.handle, p.name, p.function_key, p.purpose, ${canSpeak(hasMail)} as is_connected, t.last_at, t.engagements
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
    isConnected: row.is_connected,
    lastEngagementAt: row.last_at?.toISOString() ?? null,
    engagements: row.engagements ?? 0,
  }))
}
