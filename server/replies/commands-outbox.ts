// The outbox at work, and the only code that lets a channel act. What is about to leave is committed as sending before
// the channel is called, and how it ended after it. A crash in between leaves it in sending; when no act takes that long
// any more its fate is unknown: read back where the network can be asked, else shown to a member. Never sent again blindly.
import type { Acted } from '../../channels/acting.ts'
import { inScope, systemScope, type Db, type Scope } from '../platform/db/scope.ts'
import { afterAct, settledWaiting, type Settled } from './after-act.ts'
import { followSent } from './commands-sent.ts'
import { askToSend, type SendPayload } from './jobs-names.ts'
import { prepare, type OutboxParts, type Prepared } from './commands-prepare.ts'
import { whyNot } from './plan-answer.ts'
import { endTry, holdConnection, noteNotice, takeNext, type Taken } from './store-outbox.ts'
import { followUndelivered } from './commands-undelivered.ts'
import { tellOfDelivery } from './commands-tell.ts'
import { sayNotice } from './write-notice.ts'

/** Lets leave what waits in one thread, oldest first. One that must wait holds up those behind it. */
export async function sendThread(parts: OutboxParts, { workspaceId, threadId }: SendPayload): Promise<void> {
  const scope = systemScope(workspaceId)
  for (;;) {
    const now = new Date(parts.platform.clock.now())
    const next = await inScope(parts.platform.database, scope, async (db) => {
      const found = await takeNext(db, workspaceId, threadId, now)
      if ('heldUntil' in found && found.heldUntil !== null) {
        await askToSend(db, workspaceId, threadId, { runAt: found.heldUntil })
      }
      return found
    })
    if (!('taken' in next)) return
    await parts.between?.('taken')
    const settled = await actOn(parts, scope, next.taken)
    await parts.between?.('acted')
    await endWith(parts, scope, next.taken, settled)
    await parts.between?.('ended')
    if (settled.waitMs !== null) return
  }
}

async function actOn(parts: OutboxParts, scope: Scope, taken: Taken): Promise<Settled> {
  const found = await prepare(parts, scope, taken)
  if (found.is === 'waiting') return settledWaiting(found.reason)
  const acted = found.is === 'refused' ? found.refusal : await actOnce(parts, taken, found)
  return afterAct(acted, taken.tries, parts.chance())
}

async function actOnce(
  parts: OutboxParts,
  taken: Taken,
  { speaking, command }: Extract<Prepared, { is: 'ready' }>,
): Promise<Acted> {
  const { channel } = speaking
  try {
    const allowed = channel.canAct(command.target, parts.platform.clock.now(), command.what)
    const reason = whyNot(allowed, command.template !== undefined)
    if (reason !== null) return { result: 'refused', error: 'window.closed', detail: `${reason}.` }
    return await channel.act(command, taken.id)
  } catch (error) {
    parts.platform.log.error({ error, outbox: taken.id }, 'a channel failed while it acted')
    return { result: 'unknown', detail: 'Something went wrong while it was sent.' }
  }
}

/** Notes how a try ended and what follows from it, and asks for the next one where there is one. */
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
    const { id, tries } = taken
    const { state, detail, networkId } = settled
    if (!(await endTry(db, workspaceId, { id, tries, state, detail, networkId, notBefore, at }))) return
    if (settled.state === 'sent') await followSent(db, workspaceId, { taken, settled, at })
    const isAnswer = taken.purpose === 'answer' || taken.purpose === 'post'
    if (state === 'failed' && isAnswer) {
      await followUndelivered(db, workspaceId, { engagementId: taken.engagementId, reason: detail, at })
    }
    if (notBefore !== null) await wait(db, workspaceId, { taken, settled, notBefore })
    if (taken.purpose === 'notice') {
      await noteNotice(db, workspaceId, taken.engagementId, sayNotice(state, detail))
    }
    await tellOfDelivery(db, workspaceId, taken)
  })
}

async function wait(
  db: Db,
  workspaceId: string,
  {
    taken,
    settled,
    notBefore,
  }: { readonly taken: Taken; readonly settled: Settled; readonly notBefore: Date },
): Promise<void> {
  const { connectionId } = taken
  if (settled.holdsConnection && connectionId !== null) {
    await holdConnection(db, workspaceId, connectionId, notBefore)
  }
  await askToSend(db, workspaceId, taken.threadId, { runAt: notBefore })
}
