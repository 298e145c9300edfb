import type { Connection } from '../../contract/connections.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import { refused } from '../platform/refused.ts'
import { finish } from './commands.ts'
import type { ConnectionParts } from './connection.ts'
import { lockConnection, touchConnection } from './store.ts'
import { beginBackfill, haltBackfill } from './store-runs.ts'

/** Fetches what was said before, beside listening; one that was stopped goes on where it stood. */
export async function startBackfill(parts: ConnectionParts, scope: Scope, id: string): Promise<Connection> {
  const { workspaceId } = scope
  return inScope(parts.platform.database, scope, async (db) => {
    const connection = await lockConnection(db, workspaceId, id)
    if (connection === null) throw refused('NOT_FOUND')
    const plug = parts.plugs.find(({ manifest }) => manifest.id === connection.channel)
    const support = plug?.manifest.capabilities.backfill
    if (support === undefined || support.level === 'none')
      throw refused('INVALID', 'no-history', support?.reason ?? 'This channel gives no history.')
    if (connection.account === null)
      throw refused('CONFLICT', 'not-connected', 'The account is not connected yet.')
    if (!(await beginBackfill(db, workspaceId, id, new Date(parts.platform.clock.now()))))
      throw refused('CONFLICT', 'backfill-running', 'History is being fetched already.')
    await touchConnection(db, workspaceId, id)
    return finish(parts, db, scope, { id, action: 'connection.backfill-started' })
  })
}

export async function stopBackfill(parts: ConnectionParts, scope: Scope, id: string): Promise<Connection> {
  const { workspaceId } = scope
  return inScope(parts.platform.database, scope, async (db) => {
    if ((await lockConnection(db, workspaceId, id)) === null) throw refused('NOT_FOUND')
    const at = new Date(parts.platform.clock.now())
    await haltBackfill(db, workspaceId, id, { state: 'stopped', detail: '', at })
    await touchConnection(db, workspaceId, id)
    return finish(parts, db, scope, { id, action: 'connection.backfill-stopped' })
  })
}
