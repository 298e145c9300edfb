import { sql } from 'kysely'
import { EngagementInput } from '../../contract/engagement.ts'
import type { Reading } from '../../contract/reading.ts'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'

/** Keeps changes that came before what they change. */
export async function addWaitingChanges(
  db: Db,
  workspaceId: string,
  changes: readonly { readonly arrivalId: string; readonly source: string; readonly externalId: string }[],
): Promise<void> {
  const rows = changes.map((change) => ({
    workspace_id: workspaceId,
    source: change.source,
    external_id: change.externalId,
    arrival_id: change.arrivalId,
  }))
  await insertRows(db, 'waiting_changes', rows, sql`on conflict do nothing`)
}

/** Takes out the changes that waited for these engagements. */
export async function takeWaitingChanges(
  db: Db,
  workspaceId: string,
  keys: readonly { readonly source: string; readonly externalId: string }[],
): Promise<readonly { readonly arrivalId: string; readonly input: EngagementInput }[]> {
  if (keys.length === 0) return []
  const found = await sql<{ id: string; body: unknown }>`
    with taken as (
      delete from waiting_changes w
      using unnest(${keys.map((k) => k.source)}::text[], ${keys.map((k) => k.externalId)}::text[]) as k(source, external_id)
      where w.workspace_id = ${workspaceId} and w.source = k.source and w.external_id = k.external_id
      returning w.arrival_id)
    select a.id, a.body from taken join arrivals a on a.workspace_id = ${workspaceId} and a.id = taken.arrival_id`.execute(
    db,
  )
  return found.rows.map((row) => ({ arrivalId: row.id, input: EngagementInput.parse(row.body) }))
}

/** What an edit is compared with. */
export interface CurrentText {
  readonly id: string
  readonly text: string
  readonly at: Date
  readonly version: number
  readonly isDeleted: boolean
  readonly isOurs: boolean
}

export async function currentTexts(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly CurrentText[]> {
  const found = await sql<{
    id: string
    text: string
    at: Date
    version: number
    is_deleted: boolean
    is_ours: boolean
  }>`
    select id, text, coalesce(edited_at, published_at) as at, version, deleted_at is not null as is_deleted,
      direction = 'out' as is_ours
    from engagements where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) for update`.execute(db)
  return found.rows.map((row) => ({
    id: row.id,
    text: row.text,
    at: row.at,
    version: row.version,
    isDeleted: row.is_deleted,
    isOurs: row.is_ours,
  }))
}

/** Keeps a text that stood, or would have stood, before the one in force. */
export async function addVersion(
  db: Db,
  workspaceId: string,
  version: {
    readonly engagementId: string
    readonly version: number
    readonly text: string
    readonly at: Date
  },
): Promise<void> {
  await db
    .insertInto('engagement_versions')
    .values({
      workspace_id: workspaceId,
      engagement_id: version.engagementId,
      version: version.version,
      text: version.text,
      at: version.at,
    })
    .execute()
}

export async function setText(
  db: Db,
  workspaceId: string,
  change: { readonly id: string; readonly text: string; readonly at: Date | null; readonly version: number },
): Promise<void> {
  await db
    .updateTable('engagements')
    .set({
      version: change.version,
      ...(change.at === null ? {} : { text: change.text, edited_at: change.at }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.id)
    .execute()
}

/** Puts a reading in force on a stored engagement. */
export async function setReading(
  db: Db,
  workspaceId: string,
  engagementId: string,
  reading: Reading,
): Promise<void> {
  await db
    .updateTable('engagements')
    .set({
      language: reading.language,
      sentiment: reading.sentiment,
      sentiment_probability: reading.probability,
      is_sentiment_unsure: reading.abstain,
      labels: reading.labels,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', engagementId)
    .execute()
}
