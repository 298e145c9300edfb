// What our accounts do beside answering: change or take back words of ours, like and share those of others, say
// something of our own. Each is an act of the outbox, as an answer is; what it changes here becomes true when the
// network took it.
import type { Target } from '../../channels/acting.ts'
import type { Capability } from '../../channels/manifest.ts'
import type { Engagement } from '../../contract/engagements.ts'
import { engagementById } from '../engagements/index.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { refused } from '../platform/refused.ts'
import { storableText } from '../platform/db/storable-json.ts'
import { record } from '../workspace/index.ts'
import type { ReplyParts } from './commands.ts'
import { refuseTooLong } from './commands-refuse.ts'
import { askToSend } from './jobs-names.ts'
import { openChannel, type Speaking } from './open-channel.ts'
import { actOfPurpose, nothingHeard, targetOf } from './plan-answer.ts'
import { addOwn } from './store-add-own.ts'
import { lockWords, signOn, type Words } from './store-own.ts'
import { addOutbox, outboxByKey } from './store.ts'
import { tellOfDelivery } from './commands-tell.ts'
import { answerContext } from './views.ts'

type OwnPurpose = 'edit' | 'delete' | 'like' | 'share'
export interface Said {
  readonly engagement: Engagement
}

export interface OwnActInput {
  readonly id: string
  readonly key: string
  /** The new words of an edit. */
  readonly text?: string
}

const needs = { edit: 'edit', delete: 'delete', like: 'react', share: 'react' } as const satisfies Record<
  OwnPurpose,
  Capability
>
const signTypes = { like: 'Like', share: 'Announce' } as const
const actions = {
  edit: 'answer.edited',
  delete: 'answer.deleted',
  like: 'engagement.liked',
  share: 'engagement.shared',
} as const
const refusals = {
  edit: 'This network does not let us change what was said.',
  delete: 'This network does not let us take back what was said.',
  like: 'This network has no such sign.',
  share: 'This network has no such sign.',
} as const

/** Puts an act on stored words into the line. The same key is the same act, however often it comes. */
export async function actOnWords(
  parts: ReplyParts,
  scope: Scope,
  purpose: OwnPurpose,
  input: OwnActInput,
): Promise<Said> {
  const { workspaceId } = scope
  const { database, clock } = parts.platform
  const seen = await inScope(database, scope, (db) => lockWords(db, workspaceId, input.id))
  if (seen === null) throw refused('NOT_FOUND')
  const speaking = requireAble(await openChannel(parts, workspaceId, seen), purpose)
  if (purpose === 'edit') refuseTooLong(speaking, input.text ?? '')
  return inScope(database, scope, async (db) => {
    const words = await lockWords(db, workspaceId, input.id)
    if (words === null) throw refused('NOT_FOUND')
    const known = await outboxByKey(db, workspaceId, input.key)
    if (known !== null) return said(db, workspaceId, sameAct(known, purpose))
    refuseUnfit(words, purpose)
    const target = await targetOfAct(db, workspaceId, { speaking, words, purpose })
    const allowed = speaking.channel.canAct(target, clock.now(), actOfPurpose[purpose])
    if (!allowed.can) throw refused('CONFLICT', 'cannot-act', `${allowed.reason}.`)
    const engagementId = await queueAct(db, scope, { words, speaking, purpose, input, now: clock.now() })
    return said(db, workspaceId, engagementId)
  })
}

function requireAble(speaking: Speaking | null, purpose: OwnPurpose): Speaking {
  if (speaking === null) {
    throw refused('CONFLICT', 'not-connected', 'This presence is not connected, so nothing can leave.')
  }
  const { capabilities, signs } = speaking.channel.manifest
  const isSign = purpose === 'like' || purpose === 'share'
  const isNone = capabilities[needs[purpose]].level === 'none'
  if (isNone || (isSign && signs?.includes(purpose) === false))
    throw refused('CONFLICT', 'cannot-act', refusals[purpose])
  return speaking
}

function sameAct(
  known: { readonly engagementId: string; readonly purpose: string },
  purpose: OwnPurpose,
): string {
  if (known.purpose === purpose) return known.engagementId
  throw refused('CONFLICT', 'key-used', 'This key was used for something else.')
}

function refuseUnfit(words: Words, purpose: OwnPurpose): void {
  const isOfOurs = purpose === 'edit' || purpose === 'delete'
  if (isOfOurs && words.direction !== 'out') {
    throw refused('CONFLICT', 'not-ours', 'Only words of ours can be changed or taken back.')
  }
  if (words.isDeleted) throw refused('CONFLICT', 'deleted', 'These words are gone already.')
  if (!isOfOurs) return
  if (words.state !== null && words.state !== 'sent') {
    throw refused('CONFLICT', 'not-sent', 'It has not left yet, or nobody knows whether it did.')
  }
  if (words.isChanging) throw refused('CONFLICT', 'changing', 'A change of it is on its way already.')
}

/** What a sign stands on is known as an answer would know it: where the person is, and when they last spoke. */
async function targetOfAct(
  db: Db,
  workspaceId: string,
  { speaking, words, purpose }: Pick<Queueing, 'speaking' | 'words' | 'purpose'>,
): Promise<Target> {
  const { visibility, caseId, externalId } = words
  const nobody = { address: null, earlierExternalIds: [], subject: null, visibility, ...nothingHeard }
  if (purpose === 'edit' || purpose === 'delete') {
    return { ...nobody, parentExternalId: null, ownExternalIds: [externalId] }
  }
  const context = caseId === null ? null : await answerContext(db, workspaceId, caseId)
  const more = { earlierExternalIds: [], visibility }
  const target = context === null ? nobody : targetOf(context, speaking.channel, more)
  return { ...target, parentExternalId: externalId }
}

interface Queueing {
  readonly words: Words
  readonly speaking: Speaking
  readonly purpose: OwnPurpose
  readonly input: OwnActInput
  readonly now: number
}

/** Answers with the engagement that the act is about: the words that change, or the sign that is made. */
async function queueAct(db: Db, scope: Scope, queueing: Queueing): Promise<string> {
  const { words, speaking, purpose, input, now } = queueing
  const { workspaceId } = scope
  const outboxId = newId()
  const at = new Date(now)
  const engagementId = await subjectOf(db, scope, { ...queueing, outboxId })
  await addOutbox(db, workspaceId, {
    id: outboxId,
    key: input.key,
    purpose,
    caseId: words.caseId,
    engagementId,
    channel: words.channel,
    connector: speaking.channel.manifest.id,
    connectionId: speaking.connectionId,
    state: 'queued',
    detail: speaking.waits ?? '',
    ...(purpose === 'edit' ? { text: storableText(input.text ?? '') } : {}),
    at,
  })
  await askToSend(db, workspaceId, words.threadId)
  await tellOfDelivery(db, workspaceId, { caseId: words.caseId, engagementId })
  const subject = { type: 'engagement', id: words.id }
  await record(db, scope, { action: actions[purpose], subject, after: { channel: words.channel } })
  return engagementId
}

async function subjectOf(
  db: Db,
  scope: Scope,
  { words, speaking, purpose, now, outboxId }: Queueing & { readonly outboxId: string },
): Promise<string> {
  if (purpose === 'edit' || purpose === 'delete') return words.id
  const type = signTypes[purpose]
  const { workspaceId } = scope
  const sign = await signOn(db, workspaceId, { parentId: words.id, type, presenceId: words.presenceId })
  if (sign !== null) throw refused('CONFLICT', 'done-already', 'Our account has done so already.')
  const made = await addOwn(db, scope, {
    type,
    text: '',
    key: outboxId,
    now,
    visibility: words.visibility === 'direct' ? 'direct' : 'public',
    account: words,
    channel: speaking.channel,
    threadId: words.threadId,
    parent: { id: words.id, externalId: words.externalId },
  })
  return made.id
}

export async function said(db: Db, workspaceId: string, engagementId: string): Promise<Said> {
  const found = await engagementById(db, workspaceId, engagementId)
  if (found === null) throw refused('NOT_FOUND')
  return { engagement: found.engagement }
}
