// The outbox at work, and the only code that lets a channel act. What is about to leave is committed as sending before
// the channel is called, and how it ended after it. A crash in between leaves it in sending; when no act takes that long
// any more its fate is unknown: read back where the network can be asked, else shown to a member. Never sent again blindly.
import type { Acted } from '../../channels/channel.ts'
import { inScope, systemScope, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { afterAct, type Settled } from './after-act.ts'
import { askToSend, type SendPayload } from './jobs-names.ts'
import { prepare, type OutboxParts } from './commands-prepare.ts'
import { endTry, noteNotice, takeNext, type Taken } from './store-outbox.ts'
import { sayNotice } from './write-notice.ts'

/** Lets leave what waits in one thread, oldest first. One that must wait holds up those behind it. */
export async function sendThread(parts: OutboxParts, { workspaceId, threadId }: SendPayload): Promise<void> {
  const scope = systemScope(workspaceId)
  for (;;) {
    const now = new Date(parts.platform.clock.now())
    const taken = await inScope(parts.platform.database, scope, (db) =>
      takeNext(db, workspaceId, threadId, now),
    )
    if (taken === null) return
    await parts.between?.('taken')
    const acted = await actOn(parts, scope, taken)
    await parts.between?.('acted')
    const settled = afterAct(acted, taken.tries, parts.chance())
    await endWith(parts, scope, taken, settled)
    await parts.between?.('ended')
    if (settled.waitMs !== null) return
  }
}

async function actOn(parts: OutboxParts, scope: Scope, taken: Taken): Promise<Acted> {
  const found = await prepare(parts, scope, taken)
  if ('result' in found) return found
  try {
    return await found.channel.act(found.command, taken.id)
  } catch (error) {
    parts.platform.log.error({ error, outbox: taken.id }, 'a channel failed while it acted')
    return { result: 'unknown', detail: 'Something went wrong while it was sent.' }
  }
}

/** Notes how a try ended, and asks for the next one where there is one. */
export async function endWith(
  parts: OutboxParts,
  scope: Scope,
  taken: Taken,
  settled: Settled,
): Promise<void> {
  const { workspaceId } = scope
  const at = new Date(parts.platform.clock.now())
  const notBefore = settled.waitMs === null ? null : new Date(at.getTime() + settled.waitMs)
  await inScope(parts.platform.database, scope, async (db) => {
    const { id, tries, caseId, engagementId, threadId } = taken
    const { state, detail, networkId } = settled
    if (!(await endTry(db, workspaceId, { id, tries, state, detail, networkId, notBefore, at }))) return
    if (notBefore !== null) await askToSend(db, workspaceId, threadId, notBefore)
    if (taken.purpose === 'notice') await noteNotice(db, workspaceId, engagementId, sayNotice(state, detail))
    const engagementIds = [engagementId]
    await tell(db, workspaceId, { topic: 'engagement.changed', caseIds: [caseId], engagementIds })
  })
}
