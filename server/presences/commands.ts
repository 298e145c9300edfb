import type { Presence } from '../../contract/presences.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { functionKeys, record } from '../workspace/index.ts'
import { addPresence, handleKey, lockPresence, setPresence } from './store.ts'
import { readPresences } from './views.ts'

export async function listPresences(platform: Platform, scope: Scope): Promise<{ items: Presence[] }> {
  return inScope(platform.database, scope, async (db) => ({
    items: await readPresences(db, scope.workspaceId, { hasMail: platform.smtp !== undefined }),
  }))
}

export interface WantedNow {
  readonly channel: string
  readonly handle: string
  readonly name: string
  readonly function: string | null
  readonly purpose: string
}

export async function createPresence(platform: Platform, scope: Scope, input: WantedNow): Promise<Presence> {
  const id = newId()
  return inScope(platform.database, scope, async (db) => {
    await requireFunction(db, scope, input.function)
    if (handleKey(input.handle) === '') throw refused('INVALID', 'empty-handle', 'The account needs a name.')
    const presence = { ...input, id, functionKey: input.function }
    if (!(await addPresence(db, scope.workspaceId, presence, new Date(platform.clock.now())))) {
      throw refused('CONFLICT', 'known-presence', 'This account is in the list already.')
    }
    await tell(db, scope.workspaceId, { topic: 'workspace.changed' })
    await record(db, scope, { action: 'presence.made', subject: { type: 'presence', id }, after: input })
    return one(platform, db, scope, id)
  })
}

export interface PresenceUpdate {
  readonly id: string
  readonly name?: string | undefined
  readonly function?: string | null | undefined
  readonly purpose?: string | undefined
}

export async function updatePresence(
  platform: Platform,
  scope: Scope,
  change: PresenceUpdate,
): Promise<Presence> {
  return inScope(platform.database, scope, async (db) => {
    const before = await lockPresence(db, scope.workspaceId, change.id)
    if (before === null) throw refused('NOT_FOUND')
    if (change.function !== undefined) await requireFunction(db, scope, change.function)
    const after = {
      name: change.name ?? before.name,
      function: change.function === undefined ? before.function : change.function,
      purpose: change.purpose ?? before.purpose,
    }
    await setPresence(db, scope.workspaceId, change.id, after)
    await tell(db, scope.workspaceId, { topic: 'workspace.changed' })
    const subject = { type: 'presence', id: change.id }
    await record(db, scope, { action: 'presence.changed', subject, before, after })
    return one(platform, db, scope, change.id)
  })
}

async function requireFunction(db: Db, scope: Scope, wanted: string | null): Promise<void> {
  if (wanted === null || (await functionKeys(db, scope.workspaceId)).includes(wanted)) return
  throw refused('INVALID', 'unknown-function', `There is no function ${wanted} in this workspace.`)
}

async function one({ smtp }: Platform, db: Db, scope: Scope, presenceId: string): Promise<Presence> {
  const hasMail = smtp !== undefined
  const [presence] = await readPresences(db, scope.workspaceId, { hasMail, presenceId })
  if (presence === undefined) throw refused('NOT_FOUND')
  return presence
}
