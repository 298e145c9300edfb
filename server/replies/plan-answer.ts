// How an answer leaves: through which channel, to whom, under which name; or why it stays here.
import type { Channel, Target } from '../../channels/channel.ts'
import type { EngagementInput, ObjectKind, Visibility } from '../../contract/engagement.ts'

/** What is answered: the latest words of the person in the case. */
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

export interface AnswerFacts {
  readonly channel: string
  readonly presence: string | null
  readonly parent: Parent | null
  /** The person's page in this thread, where it began on our own form. */
  readonly conversation: { readonly id: string; readonly email: string | null } | null
}

export interface Writer {
  readonly memberId: string | null
  readonly name: string
}

export interface AnswerPlan {
  readonly state: 'queued' | 'sent' | 'not-connected'
  readonly detail: string
  readonly connector: string | null
  readonly input: EngagementInput
}

const notConnected = 'not sent: this presence is not connected'

export function planAnswer(
  facts: AnswerFacts,
  channel: Channel | null,
  answer: { readonly text: string; readonly key: string; readonly writer: Writer; readonly now: number },
): AnswerPlan {
  const input = inputOf(facts, channel, answer)
  if (channel === null) return { state: 'not-connected', detail: notConnected, connector: null, input }
  const allowed = channel.canAct(targetOf(facts, channel, []), answer.now)
  if (!allowed.can) {
    return { state: 'not-connected', detail: `not sent: ${allowed.reason}`, connector: null, input }
  }
  const connector = channel.manifest.id
  if (channel.manifest.delivers === 'with-our-commit') {
    return { state: 'sent', detail: 'on the conversation page', connector, input }
  }
  return { state: 'queued', detail: '', connector, input }
}

/** Where the place is ours the person is met on their page, elsewhere by their address. */
export function targetOf(
  facts: AnswerFacts,
  channel: Channel,
  earlierExternalIds: readonly string[],
): Target {
  const { parent, conversation } = facts
  const isOurs = channel.manifest.delivers === 'with-our-commit'
  return {
    address: isOurs ? (conversation?.id ?? null) : (parent?.addresses[0] ?? null),
    parentExternalId: parent?.externalId ?? null,
    earlierExternalIds,
    subject: parent?.subject ?? null,
  }
}

const repeatable: ReadonlySet<ObjectKind> = new Set(['Note', 'Article', 'Message'])

function inputOf(
  { channel: place, presence, parent }: AnswerFacts,
  channel: Channel | null,
  answer: { readonly text: string; readonly key: string; readonly writer: Writer; readonly now: number },
): EngagementInput {
  const kind = parent?.kind ?? 'Message'
  return {
    type: 'Create',
    kind: repeatable.has(kind) ? kind : 'Note',
    source: parent?.source ?? place,
    // The network's own name where we give it, so that the answer is known again when it comes back from there.
    externalId: channel?.nameFor(answer.key) ?? `answer:${answer.key}`,
    channel: place,
    direction: 'out',
    author: {
      externalId: presence ?? `member:${answer.writer.memberId ?? ''}`,
      name: answer.writer.name,
      ...(presence === null ? {} : { handle: presence }),
    },
    ...(presence === null ? {} : { presence }),
    mentions: [],
    visibility: parent?.visibility ?? 'direct',
    ...(parent === null ? {} : { parentExternalId: parent.externalId }),
    ...(parent?.subject ? { subject: parent.subject } : {}),
    text: answer.text,
    media: [],
    publishedAt: new Date(answer.now).toISOString(),
    automatic: false,
  }
}
