import type { QuarantinedEvent } from '../../contract/connections.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { refused } from '../platform/refused.ts'
import { record } from '../workspace/index.ts'
import { askToNormalise } from './jobs-names.ts'
import type { ConnectionParts } from './connection.ts'
import { findConnection } from './store.ts'
import { discardRaw, replayRaw } from './store-raw.ts'
import { quarantinePage } from './views.ts'

interface Chosen {
  readonly id: string
  readonly eventIds?: readonly string[] | undefined
}

export async function listQuarantine(
  { platform }: ConnectionParts,
  scope: Scope,
  asked: { readonly id: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: QuarantinedEvent[]; nextCursor: string | null }> {
  return inScope(platform.database, scope, async (db) => {
    if ((await findConnection(db, scope.workspaceId, asked.id)) === null) throw refused('NOT_FOUND')
    return quarantinePage(db, scope.workspaceId, asked)
  })
}

/** Tries quarantined events once more, such as after an update that understands them. */
export async function replayQuarantine(
  { platform }: ConnectionParts,
  scope: Scope,
  { id, eventIds }: Chosen,
): Promise<{ replayed: number }> {
  const { workspaceId } = scope
  return inScope(platform.database, scope, async (db) => {
    if ((await findConnection(db, workspaceId, id)) === null) throw refused('NOT_FOUND')
    const replayed = await replayRaw(db, workspaceId, { connectionId: id, ids: eventIds })
    await askToNormalise(db, workspaceId, id)
    await tell(db, workspaceId, { topic: 'connection.changed', connectionIds: [id] })
    const subject = { type: 'connection', id }
    await record(db, scope, { action: 'connection.replayed', subject, after: { events: replayed } })
    return { replayed }
  })
}

export async function dropQuarantined(
  { platform }: ConnectionParts,
  scope: Scope,
  { id, eventIds }: Required<Chosen>,
): Promise<{ dropped: number }> {
  const { workspaceId } = scope
  return inScope(platform.database, scope, async (db) => {
    if ((await findConnection(db, workspaceId, id)) === null) throw refused('NOT_FOUND')
    const dropped = await discardRaw(db, workspaceId, { connectionId: id, ids: eventIds })
    await tell(db, workspaceId, { topic: 'connection.changed', connectionIds: [id] })
    const subject = { type: 'connection', id }
    await record(db, scope, { action: 'connection.dropped', subject, after: { events: dropped } })
    return { dropped }
  })
}
