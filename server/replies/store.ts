import { sql } from 'kysely'
import type { FilledTemplate } from '../../contract/message-template.ts'
import type { Db } from '../platform/db/scope.ts'
import type { Purpose } from './plan-answer.ts'

export interface NewOutboxRow {
  readonly id: string
  readonly key: string
  readonly purpose: Purpose
  /** Null for posts and signs, which belong to none. */
  readonly caseId: string | null
  readonly engagementId: string
  readonly channel: string
  readonly connector: string | null
  readonly connectionId: string | null
  readonly state: 'queued' | 'sent' | 'not-connected'
  readonly detail: string
  /** The new words of an edit. */
  readonly text?: string
  readonly template?: FilledTemplate | null
  readonly files?: number
  readonly at: Date
}

/** False where the key is taken. */
export async function addOutbox(db: Db, workspaceId: string, row: NewOutboxRow): Promise<boolean> {
  const made = await db
    .insertInto('outbox')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      key: row.key,
      purpose: row.purpose,
      case_id: row.caseId,
      engagement_id: row.engagementId,
      channel: row.channel,
      connector: row.connector,
      connection_id: row.connectionId,
      state: row.state,
      detail: row.detail,
      text: row.text ?? null,
      template: row.template == null ? null : JSON.stringify(row.template),
      files: row.files ?? 0,
      created_at: row.at,
      changed_at: row.at,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

export async function outboxByKey(
  db: Db,
  workspaceId: string,
  key: string,
): Promise<{
  readonly caseId: string | null
  readonly engagementId: string
  readonly purpose: string
} | null> {
  const row = await db
    .selectFrom('outbox')
    .select(['case_id as caseId', 'engagement_id as engagementId', 'purpose'])
    .where('workspace_id', '=', workspaceId)
    .where('key', '=', key)
    .executeTakeFirst()
  return row ?? null
}

/** Whether a notice about this case waits already; one tells of every answer before it. */
export async function hasWaitingNotice(db: Db, workspaceId: string, caseId: string): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('case_id', '=', caseId)
    .where('purpose', '=', 'notice')
    .where('state', '=', 'queued')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The words that an edit puts in place; null where the row holds none. */
export async function outboxText(db: Db, workspaceId: string, outboxId: string): Promise<string | null> {
  const row = await db
    .selectFrom('outbox')
    .select('text')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', outboxId)
    .executeTakeFirst()
  return row?.text ?? null
}

export interface LockedDelivery {
  readonly id: string
  readonly purpose: string
  readonly state: string
  readonly isRefused: boolean
  readonly connector: string | null
  readonly caseId: string | null
  readonly threadId: string
}

/** What left or waits for an engagement, held still: the words first, then their notice and changes, oldest first. */
export async function lockDelivery(
  db: Db,
  workspaceId: string,
  engagementId: string,
): Promise<readonly LockedDelivery[]> {
  const found = await sql<LockedDelivery>`
    select o.id, o.purpose, o.state, o.connector, o.case_id as "caseId", e.thread_id as "threadId",
      o.refused_at is not null and o.delivered_at is null as "isRefused" from outbox o
    join engagements e on e.workspace_id = o.workspace_id and e.id = o.engagement_id
    where o.workspace_id = ${workspaceId} and o.engagement_id = ${engagementId}
    order by o.purpose in ('notice', 'edit', 'delete'), o.id for update of o`.execute(db)
  return found.rows
}

/** Puts a delivery back into the line, with its tries counted anew. */
export async function queueAgain(
  db: Db,
  workspaceId: string,
  row: {
    readonly id: string
    readonly connector: string
    readonly connectionId: string | null
    readonly at: Date
  },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({
      state: 'queued',
      detail: '',
      tries: 0,
      not_before: null,
      refused_at: null,
      receipt_detail: '',
      connector: row.connector,
      connection_id: row.connectionId,
      changed_at: row.at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', row.id)
    .execute()
}

/** It leaves no more; what was on its way is not called back by this. */
export async function cancelDelivery(
  db: Db,
  workspaceId: string,
  row: { readonly id: string; readonly detail: string; readonly at: Date },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'cancelled', detail: row.detail, not_before: null, changed_at: row.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', row.id)
    .execute()
}

export async function putDraft(
  db: Db,
  workspaceId: string,
  draft: { readonly caseId: string; readonly memberId: string; readonly text: string; readonly at: Date },
): Promise<void> {
  const { caseId, memberId, text, at } = draft
  await db
    .insertInto('drafts')
    .values({ workspace_id: workspaceId, case_id: caseId, member_id: memberId, text, at })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'case_id', 'member_id']).doUpdateSet({ text, at }),
    )
    .execute()
}

export async function dropDraft(
  db: Db,
  workspaceId: string,
  draft: { readonly caseId: string; readonly memberId: string },
): Promise<void> {
  await db
    .deleteFrom('drafts')
    .where('workspace_id', '=', workspaceId)
    .where('case_id', '=', draft.caseId)
    .where('member_id', '=', draft.memberId)
    .execute()
}
