import { sql } from 'kysely'
import { Role } from '../../contract/policy.ts'
import type { Db } from '../platform/db/scope.ts'

export interface NewAsk {
  readonly id: string
  readonly notificationId: string
  readonly memberId: string
  readonly caseId: string
  readonly tokenHash: Buffer
  readonly seenEngagementId: string | null
  readonly at: Date
}

/** False where the member was asked before. */
export async function addAsk(db: Db, workspaceId: string, ask: NewAsk): Promise<boolean> {
  const made = await db
    .insertInto('mail_asks')
    .values({
      workspace_id: workspaceId,
      id: ask.id,
      notification_id: ask.notificationId,
      member_id: ask.memberId,
      case_id: ask.caseId,
      token_hash: ask.tokenHash,
      seen_engagement_id: ask.seenEngagementId,
      state: 'asking',
      asked_at: ask.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

export async function endAsk(
  db: Db,
  workspaceId: string,
  end: { readonly id: string; readonly state: 'asked' | 'failed'; readonly detail: string },
): Promise<void> {
  await db
    .updateTable('mail_asks')
    .set({ state: end.state, detail: end.detail })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', end.id)
    .execute()
}

export interface Ask {
  readonly id: string
  readonly caseId: string
  readonly memberId: string
  readonly seenEngagementId: string | null
  readonly askedAt: Date
  readonly memberName: string
  readonly email: string
  readonly role: Role
  readonly isActive: boolean
}

/** Who was asked with this token, as they stand now. */
export async function askByToken(db: Db, workspaceId: string, tokenHash: Buffer): Promise<Ask | null> {
  const row = await db
    .selectFrom('mail_asks as a')
    .innerJoin('members as m', (join) =>
      join.onRef('m.workspace_id', '=', 'a.workspace_id').onRef('m.id', '=', 'a.member_id'),
    )
    .select(['a.id', 'a.case_id', 'a.member_id', 'a.seen_engagement_id', 'a.asked_at'])
    .select(['m.name', 'm.email', 'm.role', 'm.is_active'])
    .where('a.workspace_id', '=', workspaceId)
    .where('a.token_hash', '=', tokenHash)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    id: row.id,
    caseId: row.case_id,
    memberId: row.member_id,
    seenEngagementId: row.seen_engagement_id,
    askedAt: row.asked_at,
    memberName: row.name,
    email: row.email,
    role: Role.parse(row.role),
    isActive: row.is_active,
  }
}

/** Puts words behind what the member has drafted so far. */
export async function appendDraft(
  db: Db,
  workspaceId: string,
  draft: { readonly caseId: string; readonly memberId: string; readonly text: string; readonly at: Date },
): Promise<void> {
  await sql`insert into drafts (workspace_id, case_id, member_id, text, at)
    values (${workspaceId}, ${draft.caseId}, ${draft.memberId}, ${draft.text}, ${draft.at})
    on conflict (workspace_id, case_id, member_id)
    do update set text = drafts.text || E'\n\n' || excluded.text, at = excluded.at`.execute(db)
}
