import { sql } from 'kysely'
import type { Db } from '../../platform/db/scope.ts'
import type { WebConversation } from './message-input.ts'

export interface NewConversation extends WebConversation {
  readonly tokenHash: Buffer
  readonly startHash: Buffer
  readonly at: Date
}

/** False where the same page began it already. */
export async function addConversation(
  db: Db,
  workspaceId: string,
  conversation: NewConversation,
): Promise<boolean> {
  const made = await db
    .insertInto('web_conversations')
    .values({
      workspace_id: workspaceId,
      id: conversation.id,
      token_hash: conversation.tokenHash,
      start_hash: conversation.startHash,
      identity_external_id: conversation.identityExternalId,
      thread_external_id: conversation.threadExternalId,
      name: conversation.name,
      email: conversation.email,
      customer_id: conversation.customerId,
      created_at: conversation.at,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'start_hash']).doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

export async function conversationByStart(
  db: Db,
  workspaceId: string,
  startHash: Buffer,
): Promise<string | null> {
  const row = await db
    .selectFrom('web_conversations')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('start_hash', '=', startHash)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Held still, so that what is written in it at the same moment is counted one after another. */
export async function lockConversation(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<WebConversation | null> {
  const row = await db
    .selectFrom('web_conversations')
    .select(['id', 'name', 'email', 'customer_id as customerId'])
    .select(['identity_external_id as identityExternalId', 'thread_external_id as threadExternalId'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

export interface NewWebMessage {
  readonly conversationId: string
  readonly key: string
  readonly arrivalId: string
  readonly at: Date
}

export async function addWebMessage(db: Db, workspaceId: string, message: NewWebMessage): Promise<void> {
  await db
    .insertInto('web_messages')
    .values({
      workspace_id: workspaceId,
      conversation_id: message.conversationId,
      key: message.key,
      arrival_id: message.arrivalId,
      at: message.at,
    })
    .execute()
}

/** Whether this key was written already, and how many messages came since an instant. */
export async function countMessages(
  db: Db,
  workspaceId: string,
  asked: { readonly conversationId: string; readonly key: string; readonly since: Date },
): Promise<{ readonly isKnown: boolean; readonly recent: number }> {
  const found = await sql<{ is_known: boolean; recent: number }>`
    select coalesce(bool_or(key = ${asked.key}), false) as is_known,
      (count(*) filter (where at > ${asked.since}))::int as recent
    from web_messages where workspace_id = ${workspaceId} and conversation_id = ${asked.conversationId}`.execute(
    db,
  )
  return { isKnown: found.rows[0]?.is_known ?? false, recent: found.rows[0]?.recent ?? 0 }
}
