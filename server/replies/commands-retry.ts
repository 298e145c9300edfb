import { channelFor, type Channels } from '../../channels/registry.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { record } from '../workspace/index.ts'
import { askToSend } from './jobs-names.ts'
import { targetOf } from './plan-answer.ts'
import { lockDelivery, queueAgain, type LockedDelivery } from './store.ts'
import { answerContext } from './views.ts'

const stoppedStates = new Set(['failed', 'unknown', 'not-connected'])

/**
 * Puts a delivery back into the line that failed, whose fate is unknown, or that had no connection and has one now. A
 * member decides; nothing does this by itself.
 */
export async function retryDelivery(
  platform: Platform,
  channels: Channels,
  scope: Scope,
  engagementId: string,
): Promise<{ done: true }> {
  const { workspaceId } = scope
  return inScope(platform.database, scope, async (db) => {
    const deliveries = await lockDelivery(db, workspaceId, engagementId)
    if (deliveries.length === 0) throw refused('NOT_FOUND')
    const stopped = deliveries.find(({ state }) => stoppedStates.has(state))
    if (stopped === undefined) throw refused('CONFLICT', 'not-failed', 'This answer did not fail.')
    const at = new Date(platform.clock.now())
    const connector = await connectorOf(db, workspaceId, channels, { stopped, now: at.getTime() })
    await queueAgain(db, workspaceId, { id: stopped.id, connector, at })
    await askToSend(db, workspaceId, stopped.threadId)
    const caseIds = [stopped.caseId]
    await tell(db, workspaceId, { topic: 'engagement.changed', caseIds, engagementIds: [engagementId] })
    await record(db, scope, {
      action: 'answer.retried',
      subject: { type: 'engagement', id: engagementId },
      before: { state: stopped.state },
      after: { state: 'queued' },
    })
    return { done: true }
  })
}

/** The channel through which it can leave now; refuses where there is none. */
async function connectorOf(
  db: Db,
  workspaceId: string,
  channels: Channels,
  { stopped, now }: { readonly stopped: LockedDelivery; readonly now: number },
): Promise<string> {
  if (stopped.purpose === 'notice' && channels.has(stopped.connector ?? '')) return stopped.connector ?? ''
  const context = await answerContext(db, workspaceId, stopped.caseId)
  const channel = context === null ? null : channelFor(channels, context)
  if (context === null || channel === null) {
    throw refused('CONFLICT', 'not-connected', 'This presence is not connected, so nothing can leave.')
  }
  const allowed = channel.canAct(targetOf(context, channel, []), now)
  if (!allowed.can) throw refused('CONFLICT', 'cannot-act', `Not sent: ${allowed.reason}.`)
  return channel.manifest.id
}
