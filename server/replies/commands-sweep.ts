import { inScope, systemScope, type Scope } from '../platform/db/scope.ts'
import { workspacesWithOpenOutbox } from '../platform/db/directory-work.ts'
import type { ReadBack } from '../../channels/acting.ts'
import { settledAgain, settledSent } from './after-act.ts'
import { endWith } from './commands-outbox.ts'
import { prepare, type OutboxParts } from './commands-prepare.ts'
import { askToSend } from './jobs-names.ts'
import { giveUpStuck, threadsToSend, unknownOf, type Taken } from './store-outbox.ts'
import { tellOfDelivery } from './commands-tell.ts'

/** Longer than any act takes: channels give up after a minute. */
const leaseMs = 120_000

/** Looks after what a crash left behind, in every workspace; one that fails keeps none of the others back. */
export async function sweepOutbox(parts: OutboxParts): Promise<void> {
  for (const workspaceId of await workspacesWithOpenOutbox(parts.platform.database)) {
    try {
      await sweepWorkspace(parts, systemScope(workspaceId))
    } catch (error) {
      parts.platform.log.error({ error, workspaceId }, 'the outbox of a workspace could not be swept')
    }
  }
}

async function sweepWorkspace(parts: OutboxParts, scope: Scope): Promise<void> {
  const { database, clock } = parts.platform
  const { workspaceId } = scope
  const at = new Date(clock.now())
  await inScope(database, scope, async (db) => {
    const before = new Date(at.getTime() - leaseMs)
    const detail = 'It is not known whether it left: the server stopped while it was sent.'
    for (const stuck of await giveUpStuck(db, workspaceId, { before, detail, at })) {
      await tellOfDelivery(db, workspaceId, stuck)
    }
  })
  await readBackUnknown(parts, scope)
  await inScope(database, scope, async (db) => {
    for (const threadId of await threadsToSend(db, workspaceId, at))
      await askToSend(db, workspaceId, threadId)
  })
}

/** One that cannot be read back keeps none of the others from it. */
async function readBackUnknown(parts: OutboxParts, scope: Scope): Promise<void> {
  const { database, log } = parts.platform
  const unknown = await inScope(database, scope, (db) => unknownOf(db, scope.workspaceId))
  for (const taken of unknown) {
    try {
      await readBack(parts, scope, taken)
    } catch (error) {
      log.error({ error, outbox: taken.id }, 'what may have left could not be read back')
    }
  }
}

async function readBack(parts: OutboxParts, scope: Scope, taken: Taken): Promise<void> {
  const found = await prepare(parts, scope, taken)
  if (found.is !== 'ready') return
  const { channel } = found.speaking
  if (channel.manifest.capabilities.readBack.level === 'none') return
  const answer: ReadBack = await channel.readBack(found.command, taken.id).catch(() => 'cannot-say' as const)
  if (answer === 'cannot-say') return
  if (answer === 'absent') return endWith(parts, scope, taken, settledAgain)
  const named = typeof answer === 'object' ? answer : { networkId: channel.nameFor(taken.id) }
  const otherIds = 'otherIds' in named ? named.otherIds : []
  await endWith(parts, scope, taken, settledSent('', named.networkId, otherIds))
}
