import type { Channels } from '../../channels/open-channels.ts'
import type { Visibility } from '../../contract/engagement.ts'
import type { Engagement } from '../../contract/engagements.ts'
import type { GivenFile } from '../../contract/media.ts'
import type { FilledTemplate } from '../../contract/message-template.ts'
import type { Way } from '../../contract/replies.ts'
import {
  addCaseEvents,
  caseResolvedJob,
  lockCases,
  nextStatus,
  refreshCases,
  setStates,
} from '../cases/index.ts'
import { addOwnAnswer, engagementById, type BatchSettings } from '../engagements/index.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { record, workspaceSettings } from '../workspace/index.ts'
import { bindLeaving, leavingFiles, type LeavingFile } from './commands-files.ts'
import { mediaRulesOf } from './media-rules.ts'
import { fillApproved } from './commands-templates.ts'
import { askToSend } from './jobs-names.ts'
import { openChannel, type ChannelParts, type Speaking } from './open-channel.ts'
import { planAnswer, type AnswerPlan } from './plan-answer.ts'
import { addOutbox, dropDraft, hasWaitingNotice, outboxByKey } from './store.ts'
import { answerContext, hasNewer, type AnswerContext } from './views.ts'
import { refuseTooLong, refuseWider } from './commands-refuse.ts'

/** What later slices do about an answer, in its transaction; handed in, so that this slice knows none of them. */
export interface AnswerHooks {
  readonly onAnswered: (db: Db, answered: Answered) => Promise<void>
}

export interface Answered {
  readonly workspaceId: string
  readonly threadId: string
  readonly engagementId: string
  readonly settings: BatchSettings
  readonly now: Date
}

export interface ReplyParts extends ChannelParts {
  readonly platform: Platform
  readonly hooks: AnswerHooks
}

export interface AnswerInput {
  readonly id: string
  readonly text: string
  readonly media?: readonly GivenFile[]
  readonly template?: FilledTemplate | null
  readonly key: string
  readonly lastSeenEngagementId: string | null
  readonly sendAnyway: boolean
  readonly then: 'open' | 'pending' | 'resolved'
  readonly way: Way | null
  readonly visibility?: Visibility | undefined
}

type CaseState = Awaited<ReturnType<typeof lockCases>>[number]

/**
 * Writes an answer, all or nothing: the engagement, its place in the outbox, what becomes of the case, the trail. The
 * same key answers with the same engagement, however often it comes.
 */
export async function sendAnswer(
  parts: ReplyParts,
  scope: Scope,
  input: AnswerInput,
): Promise<{ engagement: Engagement }> {
  const { workspaceId } = scope
  const opened = await openFor(parts, scope, input)
  return inScope(parts.platform.database, scope, async (db) => {
    const [state] = await lockCases(db, workspaceId, [input.id])
    if (state === undefined) throw refused('NOT_FOUND')
    const known = await outboxByKey(db, workspaceId, input.key)
    if (known !== null) return { engagement: await sentBefore(db, scope, known, input) }
    if (!input.sendAnyway) await refuseIfNewer(db, scope, state, input)
    const engagementId = await write(parts, db, scope, { state, input, opened })
    return { engagement: await one(db, workspaceId, engagementId) }
  })
}

interface Opened {
  readonly presenceId: string | null
  readonly speaking: Speaking | null
  readonly text: string
  readonly template: FilledTemplate | null
}

/** Before the transaction, since opening a channel asks the database by itself, and templates the network. */
async function openFor(parts: ReplyParts, scope: Scope, input: AnswerInput): Promise<Opened> {
  const { workspaceId } = scope
  const context = await inScope(parts.platform.database, scope, (db) =>
    answerContext(db, workspaceId, input.id, input.way),
  )
  if (context === null) throw refused('NOT_FOUND')
  const speaking = await openChannel(parts, workspaceId, context)
  const { presenceId } = context
  if (input.template == null) return { presenceId, speaking, text: input.text, template: null }
  return { presenceId, speaking, ...(await fillApproved(speaking, input.template)) }
}

async function sentBefore(
  db: Db,
  { workspaceId }: Scope,
  known: { readonly caseId: string | null; readonly engagementId: string },
  input: AnswerInput,
): Promise<Engagement> {
  if (known.caseId !== input.id)
    throw refused('CONFLICT', 'key-used', 'This key was used for another answer.')
  return one(db, workspaceId, known.engagementId)
}

async function one(db: Db, workspaceId: string, engagementId: string): Promise<Engagement> {
  const found = await engagementById(db, workspaceId, engagementId)
  if (found === null) throw refused('NOT_FOUND')
  return found.engagement
}

async function refuseIfNewer(db: Db, scope: Scope, state: CaseState, input: AnswerInput): Promise<void> {
  const seen = {
    threadId: state.threadId,
    engagementId: input.lastSeenEngagementId,
    memberId: memberOf(scope),
  }
  if (!(await hasNewer(db, scope.workspaceId, seen))) return
  throw refused('CONFLICT', 'arrived-meanwhile', 'Something new was said while you wrote. Read it first.')
}

interface Writing {
  readonly state: CaseState
  readonly input: AnswerInput
  readonly opened: Opened
}

async function write(
  parts: ReplyParts,
  db: Db,
  scope: Scope,
  { state, input, opened }: Writing,
): Promise<string> {
  const { workspaceId } = scope
  const now = new Date(parts.platform.clock.now())
  const context = await answerContext(db, workspaceId, state.id, input.way)
  if (context === null) throw refused('NOT_FOUND')
  if (context.presenceId !== opened.presenceId) {
    throw refused('CONFLICT', 'arrived-meanwhile', 'They wrote elsewhere meanwhile. Read it first.')
  }
  const { speaking, text, template } = opened
  if (template === null) refuseTooLong(speaking, text)
  refuseWider(context, input.visibility)
  const rules = speaking === null || template !== null ? null : mediaRulesOf(speaking.channel)
  const files = await leavingFiles(parts.platform, db, scope, { given: input.media ?? [], rules })
  const outboxId = newId()
  const writer = { memberId: memberOf(scope), name: scope.actor.name }
  const plan = planAnswer(context, speaking, {
    text,
    key: outboxId,
    writer,
    now: now.getTime(),
    visibility: input.visibility,
    isTemplate: template !== null,
    media: files.map(({ reference }) => reference),
  })
  const answer = { outboxId, plan, context, now, files, template, engagementId: newId() }
  await store(db, scope, input, answer)
  await addNotice(parts.channels, db, workspaceId, { ...answer, caseId: state.id })
  const settings = await workspaceSettings(db, workspaceId)
  const status = await moveCase(db, scope, { state, input, opened }, now)
  await refreshCases(db, workspaceId, [state.id], { settings, now })
  const { engagementId } = answer
  await parts.hooks.onAnswered(db, { workspaceId, threadId: context.threadId, engagementId, settings, now })
  await tellAndRecord(db, scope, { ...answer, caseId: state.id, status })
  return engagementId
}

function memberOf({ actor }: Scope): string | null {
  return actor.kind === 'member' ? actor.id : null
}

interface Answer {
  readonly outboxId: string
  readonly engagementId: string
  readonly plan: AnswerPlan
  readonly context: AnswerContext
  readonly now: Date
  readonly files: readonly LeavingFile[]
  readonly template: FilledTemplate | null
}

async function store(db: Db, scope: Scope, input: AnswerInput, answer: Answer): Promise<void> {
  const { plan, context, engagementId, now, outboxId, files, template } = answer
  const memberId = memberOf(scope)
  await addOwnAnswer(db, scope.workspaceId, {
    id: engagementId,
    input: plan.input,
    channel: context.channel,
    memberId,
    authorName: scope.actor.name,
    presenceId: context.presenceId,
    threadId: context.threadId,
    parentId: context.parent?.id ?? null,
    caseId: input.id,
    at: now,
  })
  const { connector, connectionId, state, detail } = plan
  const isNew = await addOutbox(db, scope.workspaceId, {
    id: outboxId,
    key: input.key,
    purpose: 'answer',
    caseId: input.id,
    engagementId,
    channel: context.channel,
    connector,
    connectionId,
    state,
    detail,
    template,
    files: files.length,
    at: now,
  })
  if (!isNew) throw refused('CONFLICT', 'key-used', 'This key was used for another answer.')
  const { source, externalId } = plan.input
  await bindLeaving(db, scope.workspaceId, files, { outboxId, source, externalId })
  if (memberId !== null) await dropDraft(db, scope.workspaceId, { caseId: input.id, memberId })
  if (plan.state === 'queued') await askToSend(db, scope.workspaceId, context.threadId)
}

/** Who wrote on our page and left a mail address hears by mail that an answer stands there. */
async function addNotice(
  channels: Channels,
  db: Db,
  workspaceId: string,
  answer: Answer & { readonly caseId: string },
): Promise<void> {
  const { plan, context, caseId, engagementId, now } = answer
  const notifier = [...channels.values()].find(
    ({ manifest }) => manifest.capabilities.notify.level === 'full',
  )
  const isOnPage = plan.state === 'sent' && (context.conversation?.email ?? null) !== null
  if (notifier === undefined || !isOnPage || (await hasWaitingNotice(db, workspaceId, caseId))) return
  await addOutbox(db, workspaceId, {
    id: newId(),
    key: newId(),
    purpose: 'notice',
    caseId,
    engagementId,
    channel: notifier.manifest.channel,
    connector: notifier.manifest.id,
    connectionId: null,
    state: 'queued',
    detail: '',
    at: now,
  })
  await askToSend(db, workspaceId, context.threadId)
}

async function moveCase(db: Db, scope: Scope, { state, input }: Writing, now: Date): Promise<string> {
  const { workspaceId, actor } = scope
  const change = nextStatus(state.status, { what: 'answered', then: input.then })
  if (!change.ok || !change.hasChanged) return state.status
  const isResolved = change.status === 'resolved'
  await setStates(db, workspaceId, [
    { id: state.id, status: change.status, resolvedAt: isResolved ? now : null, priority: state.priority },
  ])
  const detail = { to: change.status, reason: change.reason }
  const by = { byMember: memberOf(scope), byName: actor.name }
  await addCaseEvents(db, workspaceId, [{ caseId: state.id, at: now, type: 'status', detail, ...by }])
  if (isResolved) await askFor(db, caseResolvedJob, { workspaceId, caseId: state.id })
  return change.status
}

async function tellAndRecord(
  db: Db,
  scope: Scope,
  answer: Answer & { readonly caseId: string; readonly status: string },
): Promise<void> {
  const { workspaceId } = scope
  const { caseId, engagementId, plan, context, status } = answer
  const personIds = [context.personId]
  await tell(db, workspaceId, { topic: 'engagement.arrived', caseIds: [caseId], personIds, count: 1 })
  await record(db, scope, {
    action: 'case.answered',
    subject: { type: 'case', id: caseId },
    after: { engagementId, channel: context.channel, delivery: plan.state, status },
  })
}
