import { sql } from 'kysely'
import type { Db } from '../../platform/db/scope.ts'

/** The person of a resolved case that began on our own page; null for every other case. */
export async function personToAsk(db: Db, workspaceId: string, caseId: string): Promise<string | null> {
  const found = await sql<{ person_id: string }>`
    select c.person_id from cases c
    where c.workspace_id = ${workspaceId} and c.id = ${caseId} and c.status = 'resolved' and c.channel = 'web'
      and exists (select 1 from thread_names n
        join web_conversations w on w.workspace_id = n.workspace_id and w.thread_external_id = n.external_id
        where n.workspace_id = c.workspace_id and n.thread_id = c.thread_id and n.source = 'web')`.execute(db)
  return found.rows[0]?.person_id ?? null
}

export interface NewSurvey {
  readonly id: string
  readonly caseId: string
  readonly personId: string
  readonly tokenHash: Buffer
  readonly at: Date
}

/** False where this case was asked about before. */
export async function addSurvey(db: Db, workspaceId: string, survey: NewSurvey): Promise<boolean> {
  const made = await db
    .insertInto('surveys')
    .values({
      workspace_id: workspaceId,
      id: survey.id,
      case_id: survey.caseId,
      person_id: survey.personId,
      token_hash: survey.tokenHash,
      asked_at: survey.at,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'case_id']).doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

/** Of a case that is not resolved. */
export async function dropUnanswered(db: Db, workspaceId: string, caseId: string): Promise<void> {
  await sql`delete from surveys s using cases c where s.workspace_id = ${workspaceId} and s.case_id = ${caseId}
    and s.answered_at is null and c.workspace_id = s.workspace_id and c.id = s.case_id
    and c.status <> 'resolved'`.execute(db)
}

export interface SurveyRow {
  readonly id: string
  readonly caseId: string
  readonly personId: string
  readonly askedAt: Date
  readonly answeredAt: Date | null
}

/** Held still until the transaction ends. */
export async function lockSurvey(db: Db, workspaceId: string, id: string): Promise<SurveyRow | null> {
  const row = await db
    .selectFrom('surveys')
    .select(['id', 'case_id as caseId', 'person_id as personId'])
    .select(['asked_at as askedAt', 'answered_at as answeredAt'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** The first answer's time stays when it is changed. */
export async function setAnswer(
  db: Db,
  workspaceId: string,
  answer: { readonly id: string; readonly score: number; readonly comment: string; readonly at: Date },
): Promise<void> {
  await db
    .updateTable('surveys')
    .set((eb) => ({
      score: answer.score,
      comment: answer.comment,
      answered_at: eb.fn.coalesce('answered_at', eb.val(answer.at)),
    }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', answer.id)
    .execute()
}
