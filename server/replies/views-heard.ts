import { sql } from 'kysely'
import { ObjectKind, Visibility } from '../../contract/engagement.ts'
import type { Db } from '../platform/db/scope.ts'
import type { HeardFacts, Parent } from './plan-answer.ts'

export interface ParentRow {
  readonly id: string
  readonly source: string
  readonly external_id: string
  readonly kind: string
  readonly visibility: string
  readonly subject: string | null
  readonly addresses: readonly (string | null)[]
  readonly channel: string
  readonly thread_id: string
  readonly presence_id: string | null
  readonly identity_id: string | null
}

export const parentColumns =
  sql.raw(`e.id, e.source, e.external_id, e.kind, e.visibility, e.subject, e.channel,
  e.thread_id, e.presence_id, e.identity_id, array[i.external_id, i.verified_email, i.handle] as addresses`)
export const identityOfWords = sql.raw(
  'left join identities i on i.workspace_id = e.workspace_id and i.id = e.identity_id',
)
/** Words that can be answered: nothing that a member logged, no likes and follows. */
export const answerable = sql.raw(`e.direction = 'in' and e.deleted_at is null and e.type = 'Create'
  and e.kind not in ('Call', 'Visit', 'Letter', 'Event')`)

export function toParent(row: ParentRow | undefined): Parent | null {
  if (row === undefined) return null
  return {
    id: row.id,
    source: row.source,
    externalId: row.external_id,
    kind: ObjectKind.parse(row.kind),
    visibility: Visibility.parse(row.visibility),
    subject: row.subject,
    addresses: row.addresses.flatMap((address) => address ?? []),
  }
}

/** Between whom, and about what. */
export interface Between {
  readonly personId: string | null
  readonly identityId: string | null
  readonly presenceId: string | null
  readonly parentId: string | null
  /** Answers are counted in this thread. */
  readonly threadId: string
  /** Words of ours that are about to leave: they and what came later do not count. */
  readonly ownId: string | null
}

interface HeardRow {
  readonly last_heard_at: Date | null
  readonly answers_since: number
  readonly is_summoned: boolean
  readonly is_parent_gone: boolean
  readonly is_opted_out: boolean
}

/** What a channel must know to say whether we may act: windows, summons, one reply only, consent. */
export async function heardFacts(db: Db, workspaceId: string, between: Between): Promise<HeardFacts> {
  const { personId, identityId, presenceId, parentId, threadId, ownId } = between
  const found = await sql<HeardRow>`
    with last as (
      select e.published_at as at from engagements e
      where e.workspace_id = ${workspaceId} and e.person_id = ${personId}::uuid and e.direction = 'in'
        and e.type = 'Create' and not e.is_automatic
        and (${identityId}::uuid is null or e.identity_id = ${identityId}::uuid)
        and (${presenceId}::uuid is null or e.presence_id = ${presenceId}::uuid)
      order by e.published_at desc limit 1)
    select (select at from last) as last_heard_at,
      (select count(*)::int from engagements e
        left join outbox o on o.workspace_id = e.workspace_id and o.engagement_id = e.id and o.purpose = 'answer'
        where e.workspace_id = ${workspaceId} and e.thread_id = ${threadId} and e.direction = 'out'
          and e.type = 'Create' and e.deleted_at is null and not e.is_automatic
          and (${presenceId}::uuid is null or e.presence_id = ${presenceId}::uuid)
          and e.published_at > coalesce((select at from last), '-infinity')
          and (o.state is null or o.state not in ('failed', 'not-connected', 'cancelled'))
          and (${ownId}::uuid is null or e.id <> ${ownId}::uuid and e.published_at <= (select w.published_at
            from engagements w where w.workspace_id = ${workspaceId} and w.id = ${ownId}::uuid))) as answers_since,
      coalesce((select lower(p.handle) = any(select lower(ltrim(m, '@')) from unnest(e.mentions) m)
          or position('@' || lower(p.handle) in lower(e.text)) > 0
        from engagements e join presences p on p.workspace_id = e.workspace_id and p.id = ${presenceId}::uuid
        where e.workspace_id = ${workspaceId} and e.id = ${parentId}::uuid), false) as is_summoned,
      coalesce((select e.deleted_at is not null from engagements e
        where e.workspace_id = ${workspaceId} and e.id = ${parentId}::uuid), false) as is_parent_gone,
      exists (select 1 from consents s
        join connections c on c.workspace_id = s.workspace_id and c.id = s.connection_id
          and c.presence_id = ${presenceId}::uuid
        join identities i on i.workspace_id = s.workspace_id and i.person_id = ${personId}::uuid
          and s.address in (i.external_id, i.handle, i.verified_email)
          and (${identityId}::uuid is null or i.id = ${identityId}::uuid)
        where s.workspace_id = ${workspaceId} and not s.may_write) as is_opted_out`.execute(db)
  const row = found.rows[0]
  return {
    lastHeardAt: row?.last_heard_at?.getTime() ?? null,
    answersSince: row?.answers_since ?? 0,
    isSummoned: row?.is_summoned ?? false,
    isParentGone: row?.is_parent_gone ?? false,
    isOptedOut: row?.is_opted_out ?? false,
  }
}
