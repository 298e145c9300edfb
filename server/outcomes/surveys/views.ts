import { sql } from 'kysely'
import type { Db } from '../../platform/db/scope.ts'

export interface SurveyView {
  readonly company: string
  readonly score: number | null
  readonly comment: string
  readonly askedAt: Date
  readonly answeredAt: Date | null
}

export async function surveyView(db: Db, workspaceId: string, id: string): Promise<SurveyView | null> {
  const found = await sql<SurveyView>`
    select ws.name as company, s.score, s.comment, s.asked_at as "askedAt", s.answered_at as "answeredAt"
    from surveys s join workspaces ws on ws.id = s.workspace_id
    where s.workspace_id = ${workspaceId} and s.id = ${id}`.execute(db)
  return found.rows[0] ?? null
}
