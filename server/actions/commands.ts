import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { inScope, type Db } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import type { Platform } from '../platform/platform.ts'
import { openSite, type OpenSite } from './commands-sites.ts'
import type { SiteCall } from './read-call.ts'
import { addEvent, adoptVisitor, seeVisitor } from './store.ts'

const Email = z.email().max(320)

/**
 * Stores the calls of one request in one commit. A call from the site's server is trusted; one from a browser vouches
 * for its user id only by the site's signature of it.
 */
export async function takeCalls(
  platform: Platform,
  site: OpenSite,
  calls: readonly SiteCall[],
  isFromServer: boolean,
): Promise<void> {
  const now = new Date(platform.clock.now())
  await inScope(platform.database, site.scope, async (db) => {
    for (const call of calls) {
      const isVerified = call.userId !== null && (isFromServer || isVouched(site, call))
      await takeCall(db, site, call, { isVerified, now })
    }
  })
}

/** Whether a site of this workspace vouches for its visitor. */
export async function vouches(
  platform: Platform,
  workspaceId: string,
  proof: { readonly writeKey: string; readonly userId: string; readonly userHash: string },
): Promise<boolean> {
  const site = await openSite(platform, proof.writeKey)
  return site !== null && site.scope.workspaceId === workspaceId && isVouched(site, proof)
}

/** The site's signature of the user id, compared in constant time. */
function isVouched(site: OpenSite, { userId, userHash }: Pick<SiteCall, 'userId' | 'userHash'>): boolean {
  if (userId === null || userHash === null || !/^[0-9a-f]{64}$/.test(userHash)) return false
  const right = createHmac('sha256', site.secret.reveal()).update(userId).digest()
  return timingSafeEqual(right, Buffer.from(userHash, 'hex'))
}

interface Taking {
  readonly isVerified: boolean
  readonly now: Date
}

async function takeCall(db: Db, site: OpenSite, call: SiteCall, { isVerified, now }: Taking): Promise<void> {
  const { workspaceId } = site.scope
  const email = Email.safeParse(call.traits['email']).data?.toLowerCase() ?? null
  // Calls of a server name the user alone.
  const anonymousId = call.anonymousId ?? `user:${call.userId ?? ''}`
  const userId = call.userId ?? ''
  const visitorId = await seeVisitor(db, workspaceId, {
    id: newId(),
    siteId: site.id,
    anonymousId,
    userId,
    isVerified,
    email,
    traits: call.type === 'identify' ? withoutHash(call.traits) : {},
    group: call.groupId,
    at: call.at,
  })
  const adopted = { siteId: site.id, into: visitorId }
  if (call.type === 'identify' && userId !== '') {
    await adoptVisitor(db, workspaceId, { ...adopted, anonymousId, userId: '' })
  }
  if (call.type === 'alias' && call.previousId !== null) {
    // An earlier name of this visitor. Only what nobody has claimed moves: an alias is no proof of another user's past.
    await adoptVisitor(db, workspaceId, { ...adopted, anonymousId: call.previousId, userId: '' })
  }
  if (call.type === 'identify' || call.type === 'alias') return
  await addEvent(db, workspaceId, {
    id: newId(),
    siteId: site.id,
    visitorId,
    messageId: call.messageId ?? newId(),
    type: call.type,
    name: call.type === 'group' ? (call.groupId ?? '') : call.name,
    properties: call.type === 'group' ? call.traits : call.properties,
    url: call.url,
    at: call.at,
    receivedAt: now,
  })
}

function withoutHash(traits: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { userHash: _hash, ...kept } = traits
  return kept
}
