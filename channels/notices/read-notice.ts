// Networks that let nobody listen still write mails: "Ada commented on your post". Such a mail, forwarded to a mailbox
// of ours, is read as what Ada said there. It is no channel: nothing can be answered by it, only heard.
import type { EngagementInput } from '../../contract/engagement.ts'
import type { Found, NoticeMail } from './layout.ts'
import { layoutOf } from './layouts.ts'
import { openForwarded } from './open-forwarded.ts'

export type NoticeRead =
  | { readonly result: 'no-notice' }
  /** From a network that is known, in a form that is not: an ordinary mail, and counted. */
  | { readonly result: 'unknown-layout'; readonly network: string }
  | { readonly result: 'notice'; readonly network: string; readonly engagement: EngagementInput }

export interface Trust {
  /** Our mail server found that the From address is a lie. */
  readonly isRefuted: boolean
  /** A member of our own house sent the mail on by hand, and that is proven. */
  readonly isFromOurs: boolean
}

const mostText = 100_000

/** What a mail is that a network may have written. A mail that lies about its sender is never a notice. */
export function readNotice(mail: NoticeMail, { isRefuted, isFromOurs }: Trust): NoticeRead {
  if (isRefuted) return { result: 'no-notice' }
  const inner = isFromOurs ? openForwarded(mail) : null
  const read = inner ?? mail
  const layout = layoutOf(read)
  if (layout === null) return { result: 'no-notice' }
  const found = layout.read(read)
  if (found === null) return { result: 'unknown-layout', network: layout.network }
  return { result: 'notice', network: layout.network, engagement: engagementOf(found, layout.channel, read) }
}

function engagementOf(found: Found, channel: string, mail: NoticeMail): EngagementInput {
  const { author, text, parentExternalId, threadExternalId, subject } = found
  return {
    type: 'Create',
    kind: found.kind ?? 'Note',
    source: found.source ?? channel,
    // The same mail again is the same word; so is a second mail about it where the network names it.
    externalId: (found.externalId ?? `notice:${mail.messageId}`).slice(0, 512),
    channel,
    direction: 'in',
    author: { externalId: author.id.slice(0, 512), name: author.name.slice(0, 512) },
    mentions: [],
    visibility: 'public',
    ...(parentExternalId === undefined ? {} : { parentExternalId }),
    ...(threadExternalId === undefined ? {} : { threadExternalId }),
    ...(subject === undefined ? {} : { subject }),
    text: text.slice(0, mostText),
    media: [],
    publishedAt: new Date(mail.at).toISOString(),
    automatic: false,
  }
}
