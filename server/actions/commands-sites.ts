import { randomBytes } from 'node:crypto'
import type { Site } from '../../contract/actions.ts'
import { siteByKey } from '../platform/db/directory.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { Secret } from '../platform/secrets/sealed.ts'
import { record } from '../workspace/index.ts'
import { addSite, allSites, removeSite } from './store.ts'

const mostSites = 100

export async function listSites(platform: Platform, scope: Scope): Promise<{ items: Site[] }> {
  const now = new Date(platform.clock.now())
  return inScope(platform.database, scope, async (db) => ({
    items: await allSites(db, scope.workspaceId, now),
  }))
}

export async function createSite(
  platform: Platform,
  scope: Scope,
  input: { readonly name: string; readonly origins: readonly string[] },
): Promise<{ secret: string; item: Site }> {
  const id = newId()
  const secret = new Secret(`hss_${randomBytes(24).toString('base64url')}`)
  const writeKey = `hsw_${randomBytes(18).toString('base64url')}`
  const at = new Date(platform.clock.now())
  const origins = [...new Set(input.origins.map((origin) => new URL(origin).origin))]
  const item = await inScope(platform.database, scope, async (db) => {
    const before = await allSites(db, scope.workspaceId, at)
    if (before.length >= mostSites) {
      throw refused('CONFLICT', 'too-many-sites', `A workspace has at most ${mostSites} sites.`)
    }
    const sealed = platform.secrets.seal(secret, sealedFor(scope.workspaceId, id))
    await addSite(db, scope.workspaceId, { id, name: input.name, writeKey, secret: sealed, origins, at })
    const made = (await allSites(db, scope.workspaceId, at)).find((site) => site.id === id)
    if (made === undefined) throw new Error('a site that was added is not there')
    const subject = { type: 'site', id }
    await record(db, scope, { action: 'site.added', subject, after: { name: input.name, origins } })
    return made
  })
  return { secret: secret.reveal(), item }
}

export async function deleteSite(platform: Platform, scope: Scope, id: string): Promise<{ done: true }> {
  return inScope(platform.database, scope, async (db) => {
    const name = await removeSite(db, scope.workspaceId, id)
    if (name === null) throw refused('NOT_FOUND')
    await record(db, scope, { action: 'site.removed', subject: { type: 'site', id }, before: { name } })
    return { done: true }
  })
}

export interface OpenSite {
  readonly id: string
  readonly scope: Scope
  readonly secret: Secret
  readonly origins: readonly string[]
}

/** The site that a publishable key names; null where there is none. */
export async function openSite(platform: Platform, writeKey: string): Promise<OpenSite | null> {
  const found = await siteByKey(platform.database, writeKey)
  if (found === null) return null
  const { workspaceId, id, name, origins } = found
  return {
    id,
    scope: { workspaceId, actor: { kind: 'key', id, name } },
    secret: platform.secrets.open(found.secret, sealedFor(workspaceId, id)),
    origins,
  }
}

function sealedFor(workspaceId: string, siteId: string): string {
  return `${workspaceId}/site/${siteId}`
}
