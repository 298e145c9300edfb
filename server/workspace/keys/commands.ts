import type { KeyScope } from '../../../contract/policy.ts'
import type { ApiKey } from '../../../contract/workspace.ts'
import { Id } from '../../../contract/endpoint.ts'
import type { Principal } from '../../platform/auth/authenticator.ts'
import { hashKey, newKey } from '../../platform/auth/api-key.ts'
import { inScope, type Scope } from '../../platform/db/scope.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { refused } from '../../platform/refused.ts'
import { record } from '../audit/commands.ts'
import { addKey, allKeys, removeKey } from './store.ts'

const maxKeys = 100

export async function listKeys(platform: Platform, scope: Scope): Promise<{ items: ApiKey[] }> {
  return inScope(platform.database, scope, async (db) => ({ items: await allKeys(db, scope.workspaceId) }))
}

/** The key is given out once; only its hash stays. It can do no more than whoever makes it. */
export async function createKey(
  platform: Platform,
  principal: Principal,
  input: { readonly name: string; readonly scopes: readonly KeyScope[] },
): Promise<{ key: string; item: ApiKey }> {
  const { scope, memberId, permissions } = principal
  if (!input.scopes.every((wanted) => permissions.has(wanted))) throw refused('FORBIDDEN', 'above-own-role')
  const key = newKey()
  const item = await inScope(platform.database, scope, async (db) => {
    if ((await allKeys(db, scope.workspaceId)).length >= maxKeys) {
      throw refused('CONFLICT', 'too-many-keys', `A workspace has at most ${maxKeys} keys. Revoke one first.`)
    }
    const stored = {
      id: newId(),
      name: input.name,
      start: key.slice(0, 7),
      hash: hashKey(key),
      scopes: [...new Set(input.scopes)],
      createdBy: memberId,
    }
    const made = await addKey(db, scope.workspaceId, stored, new Date(platform.clock.now()))
    await record(db, scope, {
      action: 'key.made',
      subject: { type: 'key', id: made.id },
      after: { name: made.name, start: made.start, scopes: made.scopes, ...scope.from },
    })
    return made
  })
  platform.auth.forget()
  return { key, item }
}

export async function revokeKey(platform: Platform, scope: Scope, id: string): Promise<{ done: true }> {
  if (!Id.safeParse(id).success) throw refused('NOT_FOUND')
  await inScope(platform.database, scope, async (db) => {
    const removed = await removeKey(db, scope.workspaceId, id)
    if (removed === null) throw refused('NOT_FOUND')
    await record(db, scope, {
      action: 'key.revoked',
      subject: { type: 'key', id },
      before: { name: removed.name, start: removed.start, scopes: removed.scopes },
      after: { ...scope.from },
    })
  })
  platform.auth.forget()
  return { done: true }
}
