import type { EngagementInput } from '../../../contract/engagement.ts'

export interface WebMessage {
  readonly externalId: string
  readonly text: string
  /** ISO 8601. */
  readonly at: string
  readonly media?: EngagementInput['media']
}

export interface WebConversation {
  readonly id: string
  readonly identityExternalId: string
  readonly threadExternalId: string
  readonly name: string
  /** As they gave it; nobody has proven that it is theirs, so it links them to nobody. */
  readonly email: string | null
  /** Vouched for by the site that showed the chat. */
  readonly customerId: string | null
}

/** What somebody wrote on our page, as an engagement like any other. `slug` names the form: the workspace's. */
export function messageInput(
  conversation: WebConversation,
  message: WebMessage,
  slug: string,
): EngagementInput {
  const { name, email, customerId, identityExternalId, threadExternalId } = conversation
  const handle = email === null ? {} : { handle: email }
  const customer = customerId === null ? {} : { customerId }
  return {
    type: 'Create',
    kind: 'Message',
    source: 'web',
    externalId: message.externalId,
    channel: 'web',
    direction: 'in',
    author: { externalId: identityExternalId, name, ...handle, ...customer },
    presence: slug,
    mentions: [],
    visibility: 'direct',
    threadExternalId,
    text: message.text,
    media: message.media ?? [],
    publishedAt: message.at,
    automatic: false,
  }
}
