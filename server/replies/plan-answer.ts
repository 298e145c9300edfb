// How an answer leaves: through which channel, to whom, under which name; or why it stays here.
import type { Act, CanAct, Target } from '../../channels/acting.ts'
import type { Channel } from '../../channels/channel.ts'
import type { EngagementInput, MediaReference, ObjectKind, Visibility } from '../../contract/engagement.ts'
import type { Speaking } from './open-channel.ts'

/** What is answered: the latest words of the person. */
export interface Parent {
  readonly id: string
  readonly source: string
  readonly externalId: string
  readonly kind: ObjectKind
  readonly visibility: Visibility
  readonly subject: string | null
  /** How the person is known on this channel, the surest first. */
  readonly addresses: readonly string[]
}

/** What was said between this account of ours and this person; times in ms since 1970. */
export interface HeardFacts {
  readonly lastHeardAt: number | null
  readonly answersSince: number
  readonly isSummoned: boolean
  readonly isParentGone: boolean
  readonly isOptedOut: boolean
}

export const nothingHeard: HeardFacts = {
  lastHeardAt: null,
  answersSince: 0,
  isSummoned: false,
  isParentGone: false,
  isOptedOut: false,
}

export interface AnswerFacts {
  readonly channel: string
  readonly presence: string | null
  readonly parent: Parent | null
  /** How the person is known here where nothing of theirs is answered. */
  readonly addresses: readonly string[]
  readonly heard: HeardFacts
  /** The person's page in this thread, where it began on our own form. */
  readonly conversation: { readonly id: string; readonly email: string | null } | null
}

export interface Writer {
  readonly memberId: string | null
  readonly name: string
}

export interface Writing {
  readonly text: string
  readonly key: string
  readonly writer: Writer
  readonly now: number
  /** As what is answered where left out. */
  readonly visibility?: Visibility | undefined
  /** A template goes in place of free words, and may go where they may not. */
  readonly isTemplate?: boolean
  readonly media?: readonly MediaReference[]
}

export interface AnswerPlan {
  readonly state: 'queued' | 'sent' | 'not-connected'
  readonly detail: string
  readonly connector: string | null
  readonly connectionId: string | null
  readonly input: EngagementInput
}

const notConnected = 'not sent: this presence is not connected'

export function planAnswer(facts: AnswerFacts, speaking: Speaking | null, answer: Writing): AnswerPlan {
  const channel = speaking?.channel ?? null
  const input = inputOf(facts, channel, answer)
  const stays = { state: 'not-connected', connector: null, connectionId: null, input } as const
  if (speaking === null || channel === null) return { ...stays, detail: notConnected }
  const target = targetOf(facts, channel, { earlierExternalIds: [], visibility: input.visibility })
  const allowed = channel.canAct(target, answer.now, 'reply')
  const reason = whyNot(allowed, answer.isTemplate === true)
  if (reason !== null) return { ...stays, detail: `not sent: ${reason}` }
  const way = { connector: channel.manifest.id, connectionId: speaking.connectionId, input }
  if (channel.manifest.delivers === 'with-our-commit') {
    return { ...way, state: 'sent', detail: 'on the conversation page' }
  }
  return { ...way, state: 'queued', detail: speaking.waits ?? '' }
}

/** Null where it may leave; a template may where nothing else may. */
export function whyNot(allowed: CanAct, isTemplate: boolean): string | null {
  if (allowed.can || (isTemplate && allowed.only === 'template')) return null
  return allowed.reason
}

export interface TargetMore {
  readonly earlierExternalIds: readonly string[]
  readonly visibility: Visibility
  /** Ours that is edited or deleted. */
  readonly ownExternalIds?: readonly string[]
}

/** Where the place is ours the person is met on their page, elsewhere by their address. */
export function targetOf(facts: AnswerFacts, channel: Channel, more: TargetMore): Target {
  const { parent, conversation, heard, addresses } = facts
  const isOurs = channel.manifest.delivers === 'with-our-commit'
  return {
    address: isOurs ? (conversation?.id ?? null) : (parent?.addresses[0] ?? addresses[0] ?? null),
    parentExternalId: parent?.externalId ?? null,
    subject: parent?.subject ?? null,
    ...more,
    ...heard,
  }
}

/** What the network is asked to do for each purpose of the outbox. */
export const actOfPurpose = {
  answer: 'reply',
  notice: 'notice',
  post: 'post',
  like: 'like',
  share: 'share',
  edit: 'edit',
  delete: 'delete',
} as const satisfies Record<string, Act>
export type Purpose = keyof typeof actOfPurpose

const repeatable: ReadonlySet<ObjectKind> = new Set(['Note', 'Article', 'Message'])

function inputOf(facts: AnswerFacts, channel: Channel | null, answer: Writing): EngagementInput {
  const { parent } = facts
  const kind = parent?.kind ?? 'Message'
  return {
    ...ownInput(facts, channel, answer),
    kind: repeatable.has(kind) ? kind : 'Note',
    visibility: answer.visibility ?? parent?.visibility ?? 'direct',
    ...(parent === null ? {} : { parentExternalId: parent.externalId }),
    ...(parent?.subject ? { subject: parent.subject } : {}),
  }
}

/** Words of ours that answer nobody yet. */
export function ownInput(
  facts: Pick<AnswerFacts, 'channel' | 'presence' | 'parent'>,
  channel: Channel | null,
  answer: Writing,
): EngagementInput {
  const { presence, parent } = facts
  return {
    type: 'Create',
    kind: 'Note',
    source: parent?.source ?? channel?.manifest.source ?? facts.channel,
    // The network's own name where we give it, so that the answer is known again when it comes back from there.
    externalId: channel?.nameFor(answer.key) ?? `answer:${answer.key}`,
    channel: facts.channel,
    direction: 'out',
    author: {
      externalId: presence ?? `member:${answer.writer.memberId ?? ''}`,
      name: answer.writer.name,
      ...(presence === null ? {} : { handle: presence }),
    },
    ...(presence === null ? {} : { presence }),
    mentions: [],
    visibility: answer.visibility ?? 'public',
    text: answer.text,
    media: [...(answer.media ?? [])],
    publishedAt: new Date(answer.now).toISOString(),
    automatic: false,
  }
}
