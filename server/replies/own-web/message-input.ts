import type { EngagementInput } from '../../../contract/engagement.ts'

export interface WebMessage {
  readonly externalId: string
  readonly text: string
  /** ISO 8601. */
  readonly at: string
}

export interface WebConversation {
  readonly id: string
  readonly identityExternalId: string
  readonly threadExternalId: string
  readonly name: string
  /** As they gave it; nobody has proven that it is theirs, so it links them to nobody. */
  readonly email: string | null
}

/** What somebody wrote on our page, as an engagement like any other. `handle` names the form: the workspace's slug. */
export function messageInput(
  conversation: WebConversation,
  message: WebMessage,
  handle: string,
): EngagementInput {
  const { name, email, identityExternalId, threadExternalId } = conversation
  return {
    type: 'Create',
    kind: 'Message',
    source: 'web',
    externalId: message.externalId,
    channel: 'web',
    direction: 'in',
    author: { externalId: identityExternalId, name, ...(email === null ? {} : { handle: email }) },
    presence: handle,
    mentions: [],
    visibility: 'direct',
    threadExternalId,
    text: message.text,
    media: [],
    publishedAt: message.at,
    automatic: false,
  }
}
