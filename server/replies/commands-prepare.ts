import type { Acted, Channel, Command } from '../../channels/channel.ts'
import type { Channels } from '../../channels/registry.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import type { Platform } from '../platform/platform.ts'
import { derivedToken } from '../platform/secrets/derived-token.ts'
import { targetOf } from './plan-answer.ts'
import type { Taken } from './store-outbox.ts'
import { deliveryOf, type Delivery } from './views.ts'
import { writeNotice } from './write-notice.ts'

export interface OutboxParts {
  readonly platform: Pick<Platform, 'database' | 'clock' | 'log' | 'secrets' | 'publicUrl'>
  readonly channels: Channels
  /** From 0 to 1: spreads the next tries of what failed together. */
  readonly chance: () => number
  /** Called between any two steps; tests stop the work here as a crash would. */
  readonly between?: (step: 'taken' | 'acted' | 'ended') => Promise<void>
}

interface Prepared {
  readonly channel: Channel
  readonly command: Command
}

/** What leaves for one row of the outbox, and through which channel; a refusal where it cannot leave. */
export async function prepare(parts: OutboxParts, scope: Scope, taken: Taken): Promise<Prepared | Acted> {
  const { workspaceId } = scope
  const channel = parts.channels.get(taken.connector ?? '')
  if (channel === undefined) {
    return { result: 'refused', error: 'scope.missing', detail: 'This channel is not set up any more.' }
  }
  const delivery = await inScope(parts.platform.database, scope, (db) =>
    deliveryOf(db, workspaceId, taken.id),
  )
  const command = delivery === null ? null : commandFor(parts, channel, delivery)
  if (command === null) {
    return { result: 'refused', error: 'target.gone', detail: 'The conversation is not there any more.' }
  }
  return { channel, command }
}

function commandFor(parts: OutboxParts, channel: Channel, delivery: Delivery): Command | null {
  if (delivery.purpose === 'notice') return noticeFor(parts, delivery)
  const { facts, text, speaker, company, earlierExternalIds } = delivery
  return {
    what: 'reply',
    target: targetOf(facts, channel, earlierExternalIds),
    text,
    speaker: speaker === company ? company : `${speaker} (${company})`,
    presence: facts.presence,
  }
}

/** Null where the link cannot be made again: the database came here without the key that it was made with. */
function noticeFor({ platform }: OutboxParts, { facts, page, company }: Delivery): Command | null {
  const { conversation } = facts
  if (conversation === null || conversation.email === null || page === null) return null
  const { token, hash } = derivedToken(platform.secrets, 'conversation', conversation.id)
  if (!hash.equals(page.tokenHash)) return null
  const link = `${platform.publicUrl}/c/${token}`
  const { subject, text } = writeNotice({ company, name: page.name, link })
  const target = {
    address: conversation.email,
    parentExternalId: null,
    earlierExternalIds: [],
    subject,
  }
  return { what: 'notice', target, text, speaker: company, presence: null }
}
