import { randomBytes } from 'node:crypto'
import { Id } from '../../../contract/endpoint.ts'
import type { SignedSource } from '../../../contract/workspace.ts'
import { rememberRecent, type Recent } from '../../platform/auth/recent.ts'
import { signedSourceById } from '../../platform/db/directory.ts'
import { inScope, type Scope } from '../../platform/db/scope.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { refused } from '../../platform/refused.ts'
import { Secret } from '../../platform/secrets/sealed.ts'
import { record } from '../audit/commands.ts'
import { addSource, allSources, lockSecrets, removeSource, setSecrets } from './store.ts'

// Senders that sign what they send (Standard Webhooks, symmetric: `whsec_` and 32 random bytes in base64). After a
// rotation the secret before stays valid, until the next rotation.

const maxSources = 100

export async function listSources(platform: Platform, scope: Scope): Promise<{ items: SignedSource[] }> {
  return inScope(platform.database, scope, async (db) => ({ items: await allSources(db, scope.workspaceId) }))
}

export async function createSource(
  platform: Platform,
  scope: Scope,
  name: string,
): Promise<{ secret: string; item: SignedSource }> {
  const id = newId()
  const secret = newSecret()
  const item = await inScope(platform.database, scope, async (db) => {
    if ((await allSources(db, scope.workspaceId)).length >= maxSources) {
      throw refused('CONFLICT', 'too-many-sources', `A workspace has at most ${maxSources} signed sources.`)
    }
    const sealed = platform.secrets.seal(secret, sealedFor(scope.workspaceId, id))
    const made = await addSource(
      db,
      scope.workspaceId,
      { id, name, secret: sealed },
      new Date(platform.clock.now()),
    )
    await record(db, scope, { action: 'source.made', subject: { type: 'source', id }, after: { name } })
    return made
  })
  return { secret: secret.reveal(), item }
}

export async function rotateSource(
  platform: Platform,
  scope: Scope,
  id: string,
): Promise<{ secret: string }> {
  const secret = newSecret()
  await inScope(platform.database, scope, async (db) => {
    const before = await lockSecrets(db, scope.workspaceId, id)
    if (before === null) throw refused('NOT_FOUND')
    const sealed = platform.secrets.seal(secret, sealedFor(scope.workspaceId, id))
    await setSecrets(db, scope.workspaceId, id, [sealed, ...before].slice(0, 2))
    await record(db, scope, { action: 'source.rotated', subject: { type: 'source', id } })
  })
  recentOf(platform).forget()
  return { secret: secret.reveal() }
}

export async function deleteSource(platform: Platform, scope: Scope, id: string): Promise<{ done: true }> {
  await inScope(platform.database, scope, async (db) => {
    const removed = await removeSource(db, scope.workspaceId, id)
    if (removed === null) throw refused('NOT_FOUND')
    await record(db, scope, {
      action: 'source.removed',
      subject: { type: 'source', id },
      before: { name: removed.name },
    })
  })
  recentOf(platform).forget()
  return { done: true }
}

export interface SourceOpened {
  /** In whose name and where what it sends is stored. */
  readonly scope: Scope
  /** Newest first; a signature by any of them is good. */
  readonly secrets: readonly Secret[]
}

/** For the check of a signature; remembered for two seconds. Null where there is no such source. */
export async function openSource(platform: Platform, sourceId: string): Promise<SourceOpened | null> {
  if (!Id.safeParse(sourceId).success) return null
  return recentOf(platform).get(sourceId, async () => {
    const found = await signedSourceById(platform.database, sourceId)
    if (found === null) return null
    const { workspaceId, name } = found
    return {
      scope: { workspaceId, actor: { kind: 'key', id: sourceId, name } },
      secrets: found.secrets.map((sealed) => platform.secrets.open(sealed, sealedFor(workspaceId, sourceId))),
    }
  })
}

const recentByPlatform = new WeakMap<Platform, Recent<SourceOpened | null>>()

function recentOf(platform: Platform): Recent<SourceOpened | null> {
  const known = recentByPlatform.get(platform)
  if (known !== undefined) return known
  const made = rememberRecent<SourceOpened | null>(platform.clock, 2_000, 10_000)
  recentByPlatform.set(platform, made)
  return made
}

function newSecret(): Secret {
  return new Secret(`whsec_${randomBytes(32).toString('base64')}`)
}

function sealedFor(workspaceId: string, sourceId: string): string {
  return `${workspaceId}/signed-source/${sourceId}`
}
