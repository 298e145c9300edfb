import type { CanAct } from '../../channels/acting.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { record } from '../workspace/index.ts'
import { askToSend } from './jobs-names.ts'
import { openChannel, type ChannelParts, type Speaking } from './open-channel.ts'
import { actOfPurpose, targetOf, whyNot } from './plan-answer.ts'
import { cancelDelivery, lockDelivery, queueAgain, type LockedDelivery } from './store.ts'
import { refreshAnswered } from './commands-undelivered.ts'
import { tellOfDelivery } from './commands-tell.ts'
import { deliveryOf, type Delivery } from './views-delivery.ts'

const stoppedStates = new Set(['failed', 'unknown', 'not-connected', 'cancelled'])
const givenUpStates = new Set(['queued', 'unknown', 'failed'])

export interface RetryParts extends ChannelParts {
  readonly platform: Pick<Platform, 'database' | 'clock'>
}

/**
 * Puts a delivery back into the line that failed, whose fate is unknown, that was given up, or that had no connection
 * and has one now; where the words left, their notice or their change. A member decides; nothing does this by itself.
 */
export async function retryDelivery(
  parts: RetryParts,
  scope: Scope,
  engagementId: string,
): Promise<{ done: true }> {
  const { database, clock } = parts.platform
  const { workspaceId } = scope
  const at = new Date(clock.now())
  const found = await inScope(database, scope, async (db) => {
    const stopped = stoppedOf(await lockDelivery(db, workspaceId, engagementId))
    return { stopped, delivery: await deliveryOf(db, workspaceId, stopped.id) }
  })
  const speaking = await speakingFor(parts, workspaceId, found)
  requireAllowed(speaking, found.delivery, at.getTime())
  return inScope(database, scope, async (db) => {
    const stopped = stoppedOf(await lockDelivery(db, workspaceId, engagementId))
    const { connectionId, channel } = speaking
    await queueAgain(db, workspaceId, { id: stopped.id, connector: channel.manifest.id, connectionId, at })
    await refreshAnswered(db, workspaceId, stopped.caseId, at)
    await askToSend(db, workspaceId, stopped.threadId, { isAtOnce: true })
    await tellAndRecord(db, scope, { row: stopped, engagementId, action: 'answer.retried', state: 'queued' })
    return { done: true }
  })
}

function stoppedOf(deliveries: readonly LockedDelivery[]): LockedDelivery {
  if (deliveries.length === 0) throw refused('NOT_FOUND')
  const stopped = deliveries.find(({ state, isRefused }) => stoppedStates.has(state) || isRefused)
  if (stopped === undefined) throw refused('CONFLICT', 'not-failed', 'This answer did not fail.')
  return stopped
}

/** Through what it can leave now; refuses where there is nothing. */
async function speakingFor(
  parts: RetryParts,
  workspaceId: string,
  { stopped, delivery }: { readonly stopped: LockedDelivery; readonly delivery: Delivery | null },
): Promise<Speaking> {
  const notifier = stopped.purpose === 'notice' ? parts.channels.get(stopped.connector ?? '') : undefined
  if (notifier !== undefined) return { channel: notifier, connectionId: null, waits: null }
  const speaking = delivery === null ? null : await openChannel(parts, workspaceId, delivery.account)
  if (speaking !== null) return speaking
  throw refused('CONFLICT', 'not-connected', 'This presence is not connected, so nothing can leave.')
}

function requireAllowed({ channel }: Speaking, delivery: Delivery | null, now: number): void {
  if (delivery === null || delivery.purpose === 'notice') return
  const { facts, earlierExternalIds, visibility, purpose, ownExternalIds } = delivery
  const target = targetOf(facts, channel, { earlierExternalIds, visibility, ownExternalIds })
  const allowed: CanAct = channel.canAct(target, now, actOfPurpose[purpose])
  const reason = whyNot(allowed, delivery.template !== null)
  if (reason !== null) throw refused('CONFLICT', 'cannot-act', `Not sent: ${reason}.`)
}

/** Takes out of the line what has not left, or gives up what nobody knows of; the words stay here as not sent. */
export async function giveUpDelivery(
  { platform }: RetryParts,
  scope: Scope,
  engagementId: string,
): Promise<{ done: true }> {
  const { workspaceId, actor } = scope
  return inScope(platform.database, scope, async (db) => {
    const deliveries = await lockDelivery(db, workspaceId, engagementId)
    if (deliveries.length === 0) throw refused('NOT_FOUND')
    const row = deliveries.find(({ state }) => givenUpStates.has(state))
    if (row === undefined) throw refused('CONFLICT', 'not-waiting', 'Nothing of it waits any more.')
    const at = new Date(platform.clock.now())
    const doubt = row.state === 'unknown' ? ' Whether it had left is not known.' : ''
    await cancelDelivery(db, workspaceId, { id: row.id, detail: `Given up by ${actor.name}.${doubt}`, at })
    await refreshAnswered(db, workspaceId, row.caseId, at)
    await askToSend(db, workspaceId, row.threadId, { isAtOnce: true })
    await tellAndRecord(db, scope, { row, engagementId, action: 'answer.given-up', state: 'cancelled' })
    return { done: true }
  })
}

async function tellAndRecord(
  db: Db,
  scope: Scope,
  done: {
    readonly row: LockedDelivery
    readonly engagementId: string
    readonly action: string
    readonly state: string
  },
): Promise<void> {
  const { row, engagementId, action, state } = done
  await tellOfDelivery(db, scope.workspaceId, { caseId: row.caseId, engagementId })
  await record(db, scope, {
    action,
    subject: { type: 'engagement', id: engagementId },
    before: { state: row.state },
    after: { state },
  })
}
