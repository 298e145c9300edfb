import { sql } from 'kysely'
import { Visibility } from '../../contract/engagement.ts'
import type { Db } from '../platform/db/scope.ts'

export interface Words {
  readonly id: string
  readonly source: string
  readonly externalId: string
  readonly type: string
  readonly channel: string
  readonly direction: string
  readonly visibility: Visibility
  readonly threadId: string
  readonly caseId: string | null
  readonly presenceId: string | null
  readonly connector: string | null
  readonly presence: string | null
  readonly isDeleted: boolean
  /** Of the outbox, where it left from here; null where it was said elsewhere. */
  readonly state: string | null
  /** A change of it waits or is on its way. */
  readonly isChanging: boolean
}

/** Any words in the workspace with the account of ours that they belong to. Held still; null where there are none. */
export async function lockWords(db: Db, workspaceId: string, id: string): Promise<Words | null> {
  const found = await sql<Omit<Words, 'visibility'> & { readonly visibility: string }>`
    select e.id, e.source, e.external_id as "externalId", e.type, e.channel, e.direction, e.visibility,
      e.thread_id as "threadId", e.case_id as "caseId", e.presence_id as "presenceId", p.connector,
      p.handle as presence, e.deleted_at is not null as "isDeleted",
      (select o.state from outbox o where o.workspace_id = e.workspace_id and o.engagement_id = e.id
        and o.purpose in ('answer', 'post', 'like', 'share')) as state,
      exists (select 1 from outbox o where o.workspace_id = e.workspace_id and o.engagement_id = e.id
        and o.purpose in ('edit', 'delete') and o.state in ('queued', 'sending', 'unknown')) as "isChanging"
    from engagements e
    left join presences p on p.workspace_id = e.workspace_id and p.id = e.presence_id
    where e.workspace_id = ${workspaceId} and e.id = ${id} for update of e`.execute(db)
  const [row] = found.rows
  return row === undefined ? null : { ...row, visibility: Visibility.parse(row.visibility) }
}

/** A live sign of ours of this type on these words. */
export async function signOn(
  db: Db,
  workspaceId: string,
  on: { readonly parentId: string; readonly type: string; readonly presenceId: string | null },
): Promise<string | null> {
  const row = await db
    .selectFrom('engagements')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('parent_id', '=', on.parentId)
    .where('direction', '=', 'out')
    .where('type', '=', on.type)
    .where('presence_id', 'is not distinct from', on.presenceId)
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
