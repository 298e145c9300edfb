import type { Db } from '../../platform/db/scope.ts'
import { storableJson } from '../../platform/db/storable-json.ts'
import { noHash, type ChainEntry, type ChainHead } from './chain.ts'

/** Locks the end of the chain until the transaction ends, so that entries are written one after another. */
export async function lockHead(db: Db, workspaceId: string): Promise<ChainHead> {
  await db
    .insertInto('audit_heads')
    .values({ workspace_id: workspaceId, entries: 0, hash: Buffer.from(noHash) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db
    .selectFrom('audit_heads')
    .select(['entries', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function readHead(db: Db, workspaceId: string): Promise<ChainHead> {
  const row = await db
    .selectFrom('audit_heads')
    .select(['entries', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return row ?? { entries: 0, hash: noHash }
}

export async function addEntry(db: Db, entry: ChainEntry, hash: Buffer): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      workspace_id: entry.workspaceId,
      number: entry.number,
      id: entry.id,
      at: entry.at,
      actor_id: entry.actorId,
      actor: entry.actor,
      action: entry.action,
      subject_type: entry.subjectType,
      subject_id: entry.subjectId,
      before: entry.before === null ? null : storableJson(entry.before),
      after: entry.after === null ? null : storableJson(entry.after),
      hash,
    })
    .execute()
  await db
    .updateTable('audit_heads')
    .set({ entries: entry.number, hash })
    .where('workspace_id', '=', entry.workspaceId)
    .execute()
}

/** Entries behind `number`, in their order. */
export async function entriesAfter(
  db: Db,
  workspaceId: string,
  number: number,
  limit: number,
): Promise<readonly (ChainEntry & { readonly hash: Buffer })[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    number: row.number,
    id: row.id,
    at: row.at,
    actorId: row.actor_id,
    actor: row.actor,
    action: row.action,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    before: row.before,
    after: row.after,
    hash: row.hash,
  }))
}
