import { sql } from 'kysely'
import type { Consent, Receipt } from '../../channels/channel.ts'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import { storableText } from '../platform/db/storable-json.ts'

export interface MeaningRow {
  readonly source: string
  readonly externalId: string
  readonly eventId: string
  readonly connectionId: string
  readonly isDeletion: boolean
}

/** Notes which engagements came out of which raw events. */
export async function addMeanings(db: Db, workspaceId: string, rows: readonly MeaningRow[]): Promise<void> {
  await insertRows(
    db,
    'raw_meanings',
    rows.map((row) => ({
      workspace_id: workspaceId,
      source: row.source,
      external_id: row.externalId,
      event_id: row.eventId,
      connection_id: row.connectionId,
      is_deletion: row.isDeletion,
    })),
    sql`on conflict (workspace_id, source, external_id, event_id)
      do update set is_deletion = raw_meanings.is_deletion or excluded.is_deletion`,
  )
}

interface Name {
  readonly source: string
  readonly externalId: string
}

export interface NewAttachment {
  readonly id: string
  /** Null where no connection brought it. */
  readonly connectionId: string | null
  readonly eventId: string | null
  readonly source: string
  readonly externalId: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
}

export async function addAttachments(
  db: Db,
  workspaceId: string,
  attachments: readonly NewAttachment[],
  at: Date,
): Promise<void> {
  await insertRows(
    db,
    'attachments',
    attachments.map((each) => ({
      workspace_id: workspaceId,
      id: each.id,
      connection_id: each.connectionId,
      event_id: each.eventId,
      source: each.source,
      external_id: each.externalId,
      name: each.name,
      media_type: each.mediaType,
      bytes: each.bytes,
      created_at: at,
    })),
    sql`on conflict do nothing`,
  )
}

export async function addReceipts(
  db: Db,
  workspaceId: string,
  connectionId: string,
  receipts: readonly Receipt[],
): Promise<void> {
  const rows = receipts.map((receipt) => ({
    workspace_id: workspaceId,
    connection_id: connectionId,
    network_id: receipt.networkId,
    state: receipt.state,
    detail: receipt.detail,
    at: new Date(receipt.at),
  }))
  await insertRows(db, 'receipts', rows, sql`on conflict do nothing`)
}

/** What was said last counts, whatever order it comes in. */
export async function addConsents(
  db: Db,
  workspaceId: string,
  connectionId: string,
  consents: readonly Consent[],
): Promise<void> {
  for (const consent of consents.toSorted((a, b) => a.at - b.at)) {
    await sql`insert into consents (workspace_id, connection_id, address, may_write, at)
      values (${workspaceId}, ${connectionId}, ${storableText(consent.address)}, ${consent.mayWrite}, ${new Date(consent.at)})
      on conflict (workspace_id, connection_id, address) do update set may_write = excluded.may_write, at = excluded.at
      where consents.at <= excluded.at`.execute(db)
  }
}

/** False where somebody said that we may not write to this address here. */
export async function mayWrite(
  db: Db,
  workspaceId: string,
  asked: { readonly connectionId: string; readonly address: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('consents')
    .select('may_write')
    .where('workspace_id', '=', workspaceId)
    .where('connection_id', '=', asked.connectionId)
    .where('address', '=', asked.address)
    .executeTakeFirst()
  return row?.may_write ?? true
}

export interface Unknown {
  readonly kind: string
  readonly count: number
  readonly eventId: string
}

export async function countUnknowns(
  db: Db,
  workspaceId: string,
  connectionId: string,
  { unknowns, at }: { readonly unknowns: readonly Unknown[]; readonly at: Date },
): Promise<void> {
  const rows = unknowns.map((unknown) => ({
    workspace_id: workspaceId,
    connection_id: connectionId,
    kind: unknown.kind,
    count: unknown.count,
    last_event_id: unknown.eventId,
    last_at: at,
  }))
  const more = sql`on conflict (workspace_id, connection_id, kind) do update set
    count = channel_unknowns.count + excluded.count, last_event_id = excluded.last_event_id, last_at = excluded.last_at`
  await insertRows(db, 'channel_unknowns', rows, more)
}

const mostSamples = 50

/** Samples how long new engagements took to the desk, for those whose network says when they were made. */
export async function sampleLags(
  db: Db,
  workspaceId: string,
  names: readonly Name[],
  now: Date,
): Promise<void> {
  if (names.length === 0) return
  await sql`insert into capture_lags (workspace_id, connection_id, id, at, arrival_ms, shown_ms)
    select ${workspaceId}, e.connection_id, e.id, ${now}::timestamptz,
      least(2000000000, greatest(0, extract(epoch from e.received_at - e.at) * 1000))::int,
      least(2000000000, greatest(0, extract(epoch from ${now}::timestamptz - e.at) * 1000))::int
    from unnest(${names.map((n) => n.source)}::text[], ${names.map((n) => n.externalId)}::text[]) as k(source, name)
    join raw_meanings m on m.workspace_id = ${workspaceId} and m.source = k.source and m.external_id = k.name
    join raw_events e on e.workspace_id = ${workspaceId} and e.id = m.event_id
    where e.at is not null and not e.is_historical
    order by e.id desc limit ${mostSamples}
    on conflict do nothing`.execute(db)
}
