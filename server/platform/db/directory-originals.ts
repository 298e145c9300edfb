import { sql } from 'kysely'
import type { Database } from './database.ts'

export interface OriginalFound {
  readonly workspaceId: string
  readonly slug: string
  /** The plug that brought it. */
  readonly channel: string
  readonly event: {
    readonly key: string
    readonly at: number | null
    readonly body: Buffer
    readonly facts: Readonly<Record<string, string>>
  }
}

/** The raw event that an engagement came out of; null where it did not come by a connection, or its words are gone. */
export async function originalOf(database: Database, engagementId: string): Promise<OriginalFound | null> {
  const found = await sql<{
    workspace_id: string
    slug: string
    channel: string
    key: string
    at: Date | null
    body: Buffer
    facts: Record<string, string>
  }>`
    select e.workspace_id, w.slug, c.channel, r.key, r.at, r.body, r.facts
    from engagements e
    join workspaces w on w.id = e.workspace_id
    join raw_meanings m on m.workspace_id = e.workspace_id and m.source = e.source and m.external_id = e.external_id
    join raw_events r on r.workspace_id = m.workspace_id and r.id = m.event_id
    join connections c on c.workspace_id = r.workspace_id and c.id = r.connection_id
    where e.id = ${engagementId}::uuid and e.deleted_at is null and length(r.body) > 0
    order by r.id desc limit 1`.execute(database.owner)
  const [row] = found.rows
  if (row === undefined) return null
  const { workspace_id: workspaceId, slug, channel, key, at, body, facts } = row
  return { workspaceId, slug, channel, event: { key, at: at?.getTime() ?? null, body, facts } }
}
