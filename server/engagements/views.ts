import { sql } from 'kysely'
import {
  Engagement,
  ImportFormat,
  ImportState,
  type ImportRun,
  type StoredReading,
} from '../../contract/engagements.ts'
import { Label, ReadingReason, Sentiment } from '../../contract/reading.ts'
import type { Db } from '../platform/db/scope.ts'
import { sayDelivery } from './say-delivery.ts'

/** Columns of `engagements e` and its delivery, from which `toEngagement` makes what pages show. */
export const engagementColumns =
  sql.raw(`e.id, e.type, e.kind, e.channel, e.direction, e.visibility, e.author_name,
  e.author_handle, e.person_id, e.member_id, e.presence_id, e.thread_id, e.parent_id, e.parent_external_id, e.subject,
  e.text, e.language, e.sentiment, e.is_sentiment_unsure, e.labels, e.media, e.published_at, e.received_at, e.edited_at,
  e.deleted_at, e.is_automatic, e.case_id,
  (select jsonb_agg(to_jsonb(o) - 'key' order by o.id) from outbox o
    where o.workspace_id = e.workspace_id and o.engagement_id = e.id) as outbox`)

export interface EngagementRow {
  readonly id: string
  readonly type: string
  readonly kind: string
  readonly channel: string
  readonly direction: string
  readonly visibility: string
  readonly author_name: string
  readonly author_handle: string | null
  readonly person_id: string | null
  readonly member_id: string | null
  readonly presence_id: string | null
  readonly thread_id: string
  readonly parent_id: string | null
  readonly parent_external_id: string | null
  readonly subject: string | null
  readonly text: string
  readonly language: string
  readonly sentiment: string | null
  readonly is_sentiment_unsure: boolean
  readonly labels: readonly string[]
  readonly media: unknown
  readonly published_at: Date
  readonly received_at: Date
  readonly edited_at: Date | null
  readonly deleted_at: Date | null
  readonly is_automatic: boolean
  readonly case_id: string | null
  /** All that left or waits for it. */
  readonly outbox: unknown
}

export function toEngagement(row: EngagementRow): Engagement {
  return Engagement.parse({
    id: row.id,
    type: row.type,
    kind: row.kind,
    channel: row.channel,
    direction: row.direction,
    visibility: row.visibility,
    author: {
      name: row.author_name,
      handle: row.author_handle,
      personId: row.person_id,
      memberId: row.member_id,
    },
    presenceId: row.presence_id,
    threadId: row.thread_id,
    parentId: row.parent_id,
    isParentMissing: row.parent_id === null && row.parent_external_id !== null,
    subject: row.subject,
    text: row.text,
    language: row.language,
    sentiment: row.sentiment,
    isSentimentUnsure: row.is_sentiment_unsure,
    labels: row.labels,
    media: row.media,
    publishedAt: row.published_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    isAutomatic: row.is_automatic,
    caseId: row.case_id,
    ...sayDelivery(row.outbox),
  })
}

export async function engagementById(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<{ readonly engagement: Engagement; readonly raw: unknown } | null> {
  const found = await sql<EngagementRow & { raw: unknown }>`
    select ${engagementColumns}, a.body as raw from engagements e
    join arrivals a on a.workspace_id = e.workspace_id and a.id = e.arrival_id
    where e.workspace_id = ${workspaceId} and e.id = ${id}`.execute(db)
  const row = found.rows[0]
  return row === undefined ? null : { engagement: toEngagement(row), raw: row.raw }
}

/** All readings of an engagement, the one in force first. */
export async function readingsOf(
  db: Db,
  workspaceId: string,
  engagementId: string,
): Promise<readonly StoredReading[]> {
  const rows = await db
    .selectFrom('readings')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('engagement_id', '=', engagementId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return rows.map((row, index) => ({
    language: row.language,
    sentiment: Sentiment.parse(row.sentiment),
    probability: row.probability,
    abstain: row.is_unsure,
    labels: Label.array().parse(row.labels),
    reasons: ReadingReason.array().parse(row.reasons),
    version: row.model_version,
    at: row.at.toISOString(),
    isCurrent: index === 0,
    correctedBy: row.corrected_by_name,
  }))
}

export async function versionsOf(db: Db, workspaceId: string, engagementId: string) {
  const rows = await db
    .selectFrom('engagement_versions')
    .select(['version', 'at', 'text'])
    .where('workspace_id', '=', workspaceId)
    .where('engagement_id', '=', engagementId)
    .orderBy('at')
    .limit(200)
    .execute()
  return rows.map((row) => ({ version: row.version, at: row.at.toISOString(), text: row.text }))
}

/** An identity by which a person can be named again; the oldest. */
export async function identityOfPerson(db: Db, workspaceId: string, personId: string) {
  const row = await db
    .selectFrom('identities as i')
    .innerJoin('persons as p', (join) =>
      join.onRef('p.workspace_id', '=', 'i.workspace_id').onRef('p.id', '=', 'i.person_id'),
    )
    .select(['i.source', 'i.external_id as externalId', 'i.handle'])
    .select((eb) => eb.fn.coalesce('i.name', 'p.name').as('name'))
    .where('i.workspace_id', '=', workspaceId)
    .where('i.person_id', '=', personId)
    .orderBy('i.created_at')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** The person of a case, and the name under which its thread can be joined, where it has one. */
export async function threadOfCase(db: Db, workspaceId: string, caseId: string) {
  const found = await sql<{ personId: string; name: string | null }>`
    select c.person_id as "personId", (select n.external_id from thread_names n
      where n.workspace_id = c.workspace_id and n.thread_id = c.thread_id limit 1) as name
    from cases c where c.workspace_id = ${workspaceId} and c.id = ${caseId}`.execute(db)
  return found.rows[0] ?? null
}

interface ImportRow {
  readonly id: string
  readonly format: string
  readonly file_name: string
  readonly state: string
  readonly bytes: number
  readonly bytes_read: number
  readonly accepted: number
  readonly duplicates: number
  readonly refused: number
  readonly pending: number
  readonly notices: readonly string[]
  readonly error: string | null
  readonly started_by_name: string
  readonly created_at: Date
  readonly finished_at: Date | null
}

function toImport(row: ImportRow): ImportRun {
  return {
    id: row.id,
    format: ImportFormat.parse(row.format),
    fileName: row.file_name,
    state: ImportState.parse(row.state),
    bytes: row.bytes,
    bytesRead: row.bytes_read,
    accepted: row.accepted,
    duplicates: row.duplicates,
    refused: row.refused,
    pending: row.pending,
    notices: [...row.notices],
    error: row.error,
    startedBy: row.started_by_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

export async function importById(db: Db, workspaceId: string, id: string): Promise<ImportRun | null> {
  const row = await db
    .selectFrom('imports')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : toImport(row)
}

export async function newestImports(db: Db, workspaceId: string): Promise<ImportRun[]> {
  const rows = await db
    .selectFrom('imports')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()
  return rows.map(toImport)
}

export async function refusalsAfter(
  db: Db,
  workspaceId: string,
  page: { readonly importId: string; readonly after: number; readonly limit: number },
) {
  return db
    .selectFrom('import_refusals')
    .select(['line', 'reason', 'excerpt'])
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', page.importId)
    .where('line', '>', page.after)
    .orderBy('line')
    .limit(page.limit)
    .execute()
}
