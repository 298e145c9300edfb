import type { Acted, Command } from '../../channels/acting.ts'
import type { Channel } from '../../channels/channel.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import type { Platform } from '../platform/platform.ts'
import { derivedToken } from '../platform/secrets/derived-token.ts'
import { readFiles } from './commands-files.ts'
import { openChannel, type ChannelParts, type Speaking } from './open-channel.ts'
import { actOfPurpose, targetOf } from './plan-answer.ts'
import type { Taken } from './store-outbox.ts'
import { deliveryOf, type Delivery } from './views-delivery.ts'
import { writeNotice } from './write-notice.ts'

export interface OutboxParts extends ChannelParts {
  readonly platform: Pick<Platform, 'database' | 'clock' | 'files' | 'log' | 'secrets' | 'publicUrl'>
  /** From 0 to 1: spreads the next tries of what failed together. */
  readonly chance: () => number
  /** Called between any two steps; tests stop the work here as a crash would. */
  readonly between?: (step: 'taken' | 'acted' | 'ended') => Promise<void>
}

export type Prepared =
  | { readonly is: 'ready'; readonly speaking: Speaking; readonly command: Command }
  | { readonly is: 'waiting'; readonly reason: string }
  | { readonly is: 'refused'; readonly refusal: Extract<Acted, { result: 'refused' }> }

/** What leaves for one row of the outbox, and through which channel; why not where it cannot. */
export async function prepare(parts: OutboxParts, scope: Scope, taken: Taken): Promise<Prepared> {
  const { workspaceId } = scope
  const delivery = await inScope(parts.platform.database, scope, (db) =>
    deliveryOf(db, workspaceId, taken.id),
  )
  if (delivery === null) return refusal('target.gone', 'The conversation is not there any more.')
  const speaking = await speakingFor(parts, workspaceId, { taken, delivery })
  if (speaking === null) return refusal('scope.missing', 'This channel is not set up any more.')
  if (speaking.waits !== null) return { is: 'waiting', reason: speaking.waits }
  const command = commandFor(parts, speaking.channel, delivery)
  if (command === null) return refusal('target.gone', 'The conversation is not there any more.')
  const media = await readFiles(parts.platform, scope, { outboxId: taken.id, count: delivery.files })
  if (media === null) return refusal('content.rejected', 'A file of it is not here any more.')
  return { is: 'ready', speaking, command: media.length === 0 ? command : { ...command, media } }
}

function refusal(error: 'target.gone' | 'scope.missing' | 'content.rejected', detail: string): Prepared {
  return { is: 'refused', refusal: { result: 'refused', error, detail } }
}

/** A notice leaves through the installation's own channel, everything else through the account that speaks. */
async function speakingFor(
  parts: OutboxParts,
  workspaceId: string,
  { taken, delivery }: { readonly taken: Taken; readonly delivery: Delivery },
): Promise<Speaking | null> {
  if (taken.purpose !== 'notice') return openChannel(parts, workspaceId, delivery.account)
  const channel = parts.channels.get(taken.connector ?? '')
  return channel === undefined ? null : { channel, connectionId: null, waits: null }
}

function commandFor(parts: OutboxParts, channel: Channel, delivery: Delivery): Command | null {
  if (delivery.purpose === 'notice') return noticeFor(parts, delivery)
  const { facts, text, speaker, company, purpose, earlierExternalIds, visibility } = delivery
  const isOfOurs = purpose === 'edit' || purpose === 'delete'
  const more = isOfOurs ? { ownExternalIds: delivery.ownExternalIds } : {}
  return {
    what: actOfPurpose[purpose],
    target: targetOf(facts, channel, { earlierExternalIds, visibility, ...more }),
    text: purpose === 'delete' ? '' : text,
    speaker: speaker === company ? company : `${speaker} (${company})`,
    presence: facts.presence,
    ...(delivery.template === null ? {} : { template: delivery.template }),
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
