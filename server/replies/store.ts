import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export interface NewOutboxRow {
  readonly id: string
  readonly key: string
  readonly purpose: 'answer' | 'notice'
  readonly caseId: string
  readonly engagementId: string
  readonly channel: string
  readonly connector: string | null
  readonly state: 'queued' | 'sent' | 'not-connected'
  readonly detail: string
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
      state: row.state,
      detail: row.detail,
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
): Promise<{ readonly caseId: string; readonly engagementId: string } | null> {
  const row = await db
    .selectFrom('outbox')
    .select(['case_id as caseId', 'engagement_id as engagementId'])
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

export interface LockedDelivery {
  readonly id: string
  readonly purpose: string
  readonly state: string
  readonly connector: string | null
  readonly caseId: string
  readonly threadId: string
}

/** The deliveries of an engagement, held still: the answer, and its notice where there is one. */
export async function lockDelivery(
  db: Db,
  workspaceId: string,
  engagementId: string,
): Promise<readonly LockedDelivery[]> {
  const found = await sql<LockedDelivery>`
    select o.id, o.purpose, o.state, o.connector, o.case_id as "caseId", e.thread_id as "threadId" from outbox o
    join engagements e on e.workspace_id = o.workspace_id and e.id = o.engagement_id
    where o.workspace_id = ${workspaceId} and o.engagement_id = ${engagementId}
    order by o.purpose for update of o`.execute(db)
  return found.rows
}

/** Puts a delivery back into the line, with its tries counted anew. */
export async function queueAgain(
  db: Db,
  workspaceId: string,
  row: { readonly id: string; readonly connector: string; readonly at: Date },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({
      state: 'queued',
      detail: '',
      tries: 0,
      not_before: null,
      connector: row.connector,
      changed_at: row.at,
    })
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
