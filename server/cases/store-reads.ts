import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

interface ReadMark {
  readonly memberId: string
  readonly caseIds: readonly string[]
}

/** Notes that a member has read these cases; never less than before. Foreign and missing ids are left out. */
export async function setRead(
  db: Db,
  workspaceId: string,
  { memberId, caseIds, until }: ReadMark & { readonly until: Date },
): Promise<void> {
  await sql`insert into case_reads as r (workspace_id, member_id, case_id, read_until)
    select ${workspaceId}, ${memberId}, c.id, ${until} from cases c
    where c.workspace_id = ${workspaceId} and c.id = any(${caseIds}::uuid[])
    on conflict (workspace_id, member_id, case_id)
      do update set read_until = greatest(r.read_until, excluded.read_until), is_marked_unread = false`.execute(
    db,
  )
}

export async function setUnread(
  db: Db,
  workspaceId: string,
  { memberId, caseIds, now }: ReadMark & { readonly now: Date },
): Promise<void> {
  await sql`insert into case_reads (workspace_id, member_id, case_id, read_until, is_marked_unread)
    select ${workspaceId}, ${memberId}, c.id, ${now}, true from cases c
    where c.workspace_id = ${workspaceId} and c.id = any(${caseIds}::uuid[])
    on conflict (workspace_id, member_id, case_id) do update set is_marked_unread = true`.execute(db)
}

export async function readUntilOf(
  db: Db,
  workspaceId: string,
  memberId: string | null,
  caseId: string,
): Promise<Date | null> {
  if (memberId === null) return null
  const row = await db
    .selectFrom('case_reads')
    .select('read_until')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return row?.read_until ?? null
}
