// A member's answer by mail: taken as their answer, or put into their drafts with the reason why it was not.
import { ORPCError } from '@orpc/server'
import { v5 as nameToId } from 'uuid'
import type { MailedAnswer } from '../../channels/channel.ts'
import { notify } from '../cases/index.ts'
import { storableText } from '../platform/db/storable-json.ts'
import { inScope, systemScope, type Db, type Scope } from '../platform/db/scope.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import { hashToken } from '../platform/secrets/sealed.ts'
import { sendAnswer, type AnswerInput, type ReplyParts } from './commands.ts'
import { mailAnswerJob, type MailAnswerPayload } from './jobs-names.ts'
import { judgeMailAnswer } from './judge-mail-answer.ts'
import { appendDraft, askByToken, type Ask } from './store-mail-asks.ts'

/** In the transaction that brought them in. */
export async function askToTakeMailAnswers(
  db: Db,
  workspaceId: string,
  { connectionId, answers }: { readonly connectionId: string; readonly answers: readonly MailedAnswer[] },
): Promise<void> {
  for (const answer of answers) {
    const key = `mail-answer:${nameToId(answer.externalId, connectionId)}`
    await askFor(db, mailAnswerJob, { workspaceId, connectionId, answer: storable(answer) }, { key })
  }
}

function storable(answer: MailedAnswer): MailAnswerPayload['answer'] {
  const { token, from, sender, externalId, text } = answer
  return {
    token,
    from: storableText(from),
    sender,
    externalId: storableText(externalId),
    text: storableText(text),
  }
}

export async function takeMailAnswer(parts: ReplyParts, payload: MailAnswerPayload): Promise<void> {
  const { workspaceId, connectionId, answer } = payload
  const { database, clock, log } = parts.platform
  const scope = systemScope(workspaceId)
  const ask = await inScope(database, scope, (db) => askByToken(db, workspaceId, hashToken(answer.token)))
  if (ask === null)
    return log.warn({ workspaceId, connectionId }, 'a mail answered with a token that nobody gave')
  const { text } = answer
  const judged = judgeMailAnswer({ ...ask, askedAt: ask.askedAt.getTime() }, { ...answer, text }, clock.now())
  // Words of somebody else are no draft of the member.
  if (!judged.ok) return tellMember(parts, scope, ask, `A mail in your name was not sent: ${judged.reason}.`)
  const input = inputFor(ask, text, nameToId(answer.externalId, connectionId))
  try {
    await sendAnswer(parts, memberScope(workspaceId, ask), input)
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error
    await keepAsDraft(parts, scope, ask, text)
    await tellMember(parts, scope, ask, `Your mail waits among your drafts: ${error.message}`)
  }
}

function memberScope(workspaceId: string, { memberId, memberName }: Ask): Scope {
  return { workspaceId, actor: { kind: 'member', id: memberId, name: memberName } }
}

function inputFor(ask: Ask, text: string, key: string): AnswerInput {
  return {
    id: ask.caseId,
    text,
    key,
    lastSeenEngagementId: ask.seenEngagementId,
    sendAnyway: false,
    then: 'pending',
    way: null,
  }
}

async function keepAsDraft(parts: ReplyParts, { workspaceId }: Scope, ask: Ask, text: string): Promise<void> {
  const at = new Date(parts.platform.clock.now())
  const { caseId, memberId } = ask
  await inScope(parts.platform.database, systemScope(workspaceId), (db) =>
    appendDraft(db, workspaceId, { caseId, memberId, text, at }),
  )
}

async function tellMember(
  { platform }: ReplyParts,
  scope: Scope,
  { caseId, memberId }: Ask,
  text: string,
): Promise<void> {
  const at = new Date(platform.clock.now())
  await inScope(platform.database, scope, (db) =>
    notify(db, scope.workspaceId, [memberId], { kind: 'mention', caseId, text, at }),
  )
}
