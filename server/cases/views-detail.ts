import { sql } from 'kysely'
import { CaseDecision, type CaseDetail } from '../../contract/cases.ts'
import { DecisionPath } from '../../contract/decision.ts'
import type { Db } from '../platform/db/scope.ts'
import { canSpeak } from '../presences/index.ts'
import { describeEvent } from './describe-event.ts'

const most = 200

export async function hopsOf(db: Db, workspaceId: string, caseId: string): Promise<CaseDetail['hops']> {
  const found = await sql<CaseDetail['hops'][number] & { at: Date }>`
    select h.at, h.from_function as "fromFunction", h.to_function as "toFunction", f.name as "from", t.name as "to",
      h.by_name as "by", h.reason, h.waited_seconds as "waitedSeconds"
    from hops h
    left join members f on f.workspace_id = h.workspace_id and f.id = h.from_member
    left join members t on t.workspace_id = h.workspace_id and t.id = h.to_member
    where h.workspace_id = ${workspaceId} and h.case_id = ${caseId} and h.undone_at is null order by h.at, h.id limit ${most}`.execute(
    db,
  )
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

export async function notesOf(db: Db, workspaceId: string, caseId: string): Promise<CaseDetail['notes']> {
  const rows = await db
    .selectFrom('notes')
    .select(['id', 'at', 'by_name', 'text', 'mentions'])
    .where('workspace_id', '=', workspaceId)
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    by: row.by_name,
    text: row.text,
    mentions: [...row.mentions],
  }))
}

export async function eventsOf(db: Db, workspaceId: string, caseId: string): Promise<CaseDetail['events']> {
  const rows = await db
    .selectFrom('case_events')
    .select(['id', 'at', 'type', 'by_name', 'detail', 'undone_at'])
    .where('workspace_id', '=', workspaceId)
    .where('case_id', '=', caseId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const members = await db
    .selectFrom('members')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .limit(1_000)
    .execute()
  const names = new Map(members.map((member) => [member.id, member.name]))
  return rows.toReversed().map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    what: `${describeEvent(row.type, row.detail, names)}${row.undone_at === null ? '' : ' (taken back)'}`,
    by: row.by_name,
  }))
}

export async function decisionsOf(
  db: Db,
  workspaceId: string,
  caseId: string,
): Promise<CaseDetail['decisions']> {
  const rows = await db
    .selectFrom('decisions')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('case_id', '=', caseId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) =>
    CaseDecision.parse({
      id: row.id,
      at: row.at.toISOString(),
      engagementId: row.engagement_id,
      treeVersion: row.tree_version,
      act: row.act,
      function: row.function_key,
      priority: row.priority,
      leaf: row.leaf,
      path: DecisionPath.parse(row.path),
    }),
  )
}

export async function draftOf(
  db: Db,
  workspaceId: string,
  caseId: string,
  memberId: string | null,
): Promise<string> {
  if (memberId === null) return ''
  const row = await db
    .selectFrom('drafts')
    .select('text')
    .where('workspace_id', '=', workspaceId)
    .where('case_id', '=', caseId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row?.text ?? ''
}

/** `hasMail`: a mail server is set, which serves every presence on the channel e-mail. */
export async function canSend(
  db: Db,
  workspaceId: string,
  caseId: string,
  hasMail: boolean,
): Promise<CaseDetail['canSend']> {
  const found = await sql<{ can: boolean }>`
    select case when p.id is null then ${hasMail} and c.channel = 'email' else ${canSpeak(hasMail)} end as can from cases c
    left join presences p on p.workspace_id = c.workspace_id and p.id = c.presence_id
    where c.workspace_id = ${workspaceId} and c.id = ${caseId}`.execute(db)
  if (found.rows[0]?.can === true) return { isConnected: true, detail: '' }
  return {
    isConnected: false,
    detail: 'This presence is not connected: the answer is kept here and not sent.',
  }
}

export async function assignReasonOf(db: Db, workspaceId: string, caseId: string): Promise<string | null> {
  const row = await db
    .selectFrom('cases')
    .select('assign_reason')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', caseId)
    .executeTakeFirst()
  return row?.assign_reason ?? null
}

export async function surveyOf(db: Db, workspaceId: string, caseId: string): Promise<CaseDetail['survey']> {
  const row = await db
    .selectFrom('surveys')
    .select(['score', 'comment', 'answered_at'])
    .where('workspace_id', '=', workspaceId)
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  if (row === undefined) return null
  return { score: row.score, comment: row.comment, answeredAt: row.answered_at?.toISOString() ?? null }
}
