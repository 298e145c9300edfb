import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export interface Folded {
  readonly caseId: string | null
  readonly engagementId: string
  /** It was not known before that it came back; null where it did not, or was. */
  readonly refusal: string | null
}

/**
 * Sums up the receipts of words of ours. Delivered and read when every part is; refused when one part is, and the whole
 * was never delivered. What was read was delivered. Words whose fate was unknown, and that were delivered, were sent.
 */
export async function foldReceipts(
  db: Db,
  workspaceId: string,
  source: string,
  names: readonly string[],
): Promise<readonly Folded[]> {
  const found = await sql<Folded>`
    with own as (
      select e.id from engagements e
      where e.workspace_id = ${workspaceId} and e.source = ${source} and e.external_id = any(${names}::text[])
      union
      select n.engagement_id from external_names n
      where n.workspace_id = ${workspaceId} and n.source = ${source} and n.external_id = any(${names}::text[])),
    parts as (
      select e.id, e.external_id as name from own join engagements e on e.workspace_id = ${workspaceId} and e.id = own.id
      union
      select n.engagement_id, n.external_id from own
      join external_names n on n.workspace_id = ${workspaceId} and n.engagement_id = own.id),
    said as (
      select o.id as outbox_id, parts.name,
        min(r.at) filter (where r.state in ('delivered', 'read')) as delivered_at,
        min(r.at) filter (where r.state = 'read') as read_at,
        min(r.at) filter (where r.state = 'failed') as refused_at,
        min(r.detail) filter (where r.state = 'failed') as detail
      from parts
      join outbox o on o.workspace_id = ${workspaceId} and o.engagement_id = parts.id and o.purpose in ('answer', 'post')
      join connections c on c.workspace_id = ${workspaceId} and (o.connection_id is null or c.id = o.connection_id)
      join receipts r on r.workspace_id = ${workspaceId} and r.connection_id = c.id and r.network_id = parts.name
      group by o.id, parts.name),
    counted as (
      select o.id as outbox_id, count(*) as parts from parts
      join outbox o on o.workspace_id = ${workspaceId} and o.engagement_id = parts.id group by o.id),
    whole as (
      select said.outbox_id,
        case when count(said.delivered_at) = max(counted.parts) then max(said.delivered_at) end as delivered_at,
        case when count(said.read_at) = max(counted.parts) then max(said.read_at) end as read_at,
        min(said.refused_at) as refused_at, coalesce(min(said.detail), '') as detail
      from said join counted on counted.outbox_id = said.outbox_id group by said.outbox_id)
    update outbox o set delivered_at = whole.delivered_at, read_at = whole.read_at, refused_at = whole.refused_at,
      receipt_detail = whole.detail,
      state = case when o.state = 'unknown' and whole.delivered_at is not null then 'sent' else o.state end
    from whole join outbox b on b.workspace_id = ${workspaceId} and b.id = whole.outbox_id
    where o.workspace_id = ${workspaceId} and o.id = whole.outbox_id
      and (o.delivered_at, o.read_at, o.refused_at) is distinct from
        (whole.delivered_at, whole.read_at, whole.refused_at)
    returning o.case_id as "caseId", o.engagement_id as "engagementId",
      case when b.refused_at is null and o.refused_at is not null and o.delivered_at is null
        then o.receipt_detail end as refusal`.execute(db)
  return found.rows
}

/** Mails that told of an answer on our page and came back: the notice of the outbox bears their name itself. */
export async function foldNoticeReceipts(
  db: Db,
  workspaceId: string,
  names: readonly string[],
): Promise<readonly Omit<Folded, 'refusal'>[]> {
  const found = await sql<Omit<Folded, 'refusal'>>`
    update outbox o set refused_at = r.at, receipt_detail = r.detail
    from receipts r
    where o.workspace_id = ${workspaceId} and o.purpose = 'notice' and o.state = 'sent' and o.refused_at is null
      and o.network_id = any(${names}::text[]) and r.workspace_id = o.workspace_id and r.network_id = o.network_id
      and r.state = 'failed'
    returning o.case_id as "caseId", o.engagement_id as "engagementId"`.execute(db)
  return found.rows
}
