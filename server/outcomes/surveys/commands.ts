import type { CaseResolved } from '../../cases/index.ts'
import { surveyByToken } from '../../platform/db/directory.ts'
import { inScope, systemScope, type Scope } from '../../platform/db/scope.ts'
import { storableText } from '../../platform/db/storable-json.ts'
import { tell } from '../../platform/events/tell.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { refused } from '../../platform/refused.ts'
import { derivedToken } from '../../platform/secrets/derived-token.ts'
import { hashToken } from '../../platform/secrets/sealed.ts'
import { addSurvey, dropUnanswered, lockSurvey, personToAsk, setAnswer } from './store.ts'
import { isSurveyOpen, surveyQuestion } from './survey-open.ts'
import { surveyView } from './views.ts'

type SurveyParts = Pick<Platform, 'database' | 'clock' | 'secrets'>

/**
 * Asks the person of a resolved case on our own page; once a case, and only while it is resolved. Where the resolution
 * was taken back meanwhile, a question that nobody has answered goes away.
 */
export async function askForSurvey(parts: SurveyParts, resolved: CaseResolved): Promise<void> {
  const { workspaceId, caseId } = resolved
  await inScope(parts.database, systemScope(workspaceId), async (db) => {
    await dropUnanswered(db, workspaceId, caseId)
    const personId = await personToAsk(db, workspaceId, caseId)
    if (personId === null) return
    const id = newId()
    const { hash } = derivedToken(parts.secrets, 'survey', id)
    const at = new Date(parts.clock.now())
    if (!(await addSurvey(db, workspaceId, { id, caseId, personId, tokenHash: hash, at }))) return
    await tell(db, workspaceId, { topic: 'case.changed', caseIds: [caseId], personIds: [personId] })
  })
}

interface Found {
  readonly scope: Scope
  readonly surveyId: string
}

async function findSurvey(parts: SurveyParts, token: string): Promise<Found> {
  const found = await surveyByToken(parts.database, hashToken(token))
  if (found === null) throw refused('NOT_FOUND')
  const actor = { kind: 'person', id: null, name: 'somebody outside' } as const
  return { scope: { workspaceId: found.workspaceId, actor }, surveyId: found.surveyId }
}

export async function readSurvey(
  parts: SurveyParts,
  token: string,
): Promise<{ company: string; question: string; score: number | null; comment: string }> {
  const { scope, surveyId } = await findSurvey(parts, token)
  const view = await inScope(parts.database, scope, (db) => surveyView(db, scope.workspaceId, surveyId))
  if (view === null) throw refused('NOT_FOUND')
  if (!isSurveyOpen(view, new Date(parts.clock.now()))) throw refused('GONE')
  const { company, score, comment } = view
  return { company, question: surveyQuestion, score, comment }
}

/** Takes an answer, or a changed one. */
export async function answerSurvey(
  parts: SurveyParts,
  input: { readonly token: string; readonly score: number; readonly comment: string },
): Promise<{ done: true }> {
  const { scope, surveyId } = await findSurvey(parts, input.token)
  const { workspaceId } = scope
  return inScope(parts.database, scope, async (db) => {
    const survey = await lockSurvey(db, workspaceId, surveyId)
    if (survey === null) throw refused('NOT_FOUND')
    const at = new Date(parts.clock.now())
    if (!isSurveyOpen(survey, at)) throw refused('GONE')
    const { score } = input
    await setAnswer(db, workspaceId, { id: surveyId, score, comment: storableText(input.comment), at })
    const { caseId, personId } = survey
    await tell(db, workspaceId, { topic: 'case.changed', caseIds: [caseId], personIds: [personId] })
    return { done: true }
  })
}
