import { inScope, systemScope, type Scope } from '../platform/db/scope.ts'
import { workspacesWithOpenOutbox } from '../platform/db/directory.ts'
import { tell } from '../platform/events/tell.ts'
import type { Settled } from './after-act.ts'
import { endWith } from './commands-outbox.ts'
import { prepare, type OutboxParts } from './commands-prepare.ts'
import { askToSend } from './jobs-names.ts'
import { giveUpStuck, threadsToSend, unknownOf, type Taken } from './store-outbox.ts'

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
    for (const { caseId, engagementId } of await giveUpStuck(db, workspaceId, { before, detail, at })) {
      const engagementIds = [engagementId]
      await tell(db, workspaceId, { topic: 'engagement.changed', caseIds: [caseId], engagementIds })
    }
  })
  await readBackUnknown(parts, scope)
  await inScope(database, scope, async (db) => {
    for (const threadId of await threadsToSend(db, workspaceId, at))
      await askToSend(db, workspaceId, threadId)
  })
}

async function readBackUnknown(parts: OutboxParts, scope: Scope): Promise<void> {
  const { database } = parts.platform
  const { workspaceId } = scope
  const readable = [...parts.channels.values()].filter(
    ({ manifest }) => manifest.capabilities.readBack.level !== 'none',
  )
  const ids = readable.map(({ manifest }) => manifest.id)
  const unknown = await inScope(database, scope, (db) => unknownOf(db, workspaceId, ids))
  for (const taken of unknown) await readBack(parts, scope, taken)
}

async function readBack(parts: OutboxParts, scope: Scope, taken: Taken): Promise<void> {
  const found = await prepare(parts, scope, taken)
  if ('result' in found) return
  const answer = await found.channel.readBack(found.command, taken.id).catch(() => 'cannot-say' as const)
  if (answer === 'cannot-say') return
  const settled: Settled =
    answer === 'there'
      ? { state: 'sent', detail: '', networkId: found.channel.nameFor(taken.id), waitMs: null }
      : { state: 'queued', detail: '', networkId: null, waitMs: 0 }
  await endWith(parts, scope, taken, settled)
}
