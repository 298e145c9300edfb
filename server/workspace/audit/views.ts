import type { AuditEntry } from '../../../contract/workspace.ts'
import type { Db } from '../../platform/db/scope.ts'

export interface AuditQuestion {
  readonly before: number | undefined
  readonly limit: number
  readonly subjectId: string | undefined
  readonly action: string | undefined
}

/** Newest first; one more than `limit` where there are older ones. */
export async function auditPage(
  db: Db,
  workspaceId: string,
  asked: AuditQuestion,
): Promise<readonly (AuditEntry & { readonly number: number })[]> {
  let query = db.selectFrom('audit').selectAll().where('workspace_id', '=', workspaceId)
  if (asked.before !== undefined) query = query.where('number', '<', asked.before)
  if (asked.subjectId !== undefined) query = query.where('subject_id', '=', asked.subjectId)
  if (asked.action !== undefined) query = query.where('action', '=', asked.action)
  const rows = await query
    .orderBy('number', 'desc')
    .limit(asked.limit + 1)
    .execute()
  return rows.map((row) => ({
    number: row.number,
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    before: row.before,
    after: row.after,
  }))
}
