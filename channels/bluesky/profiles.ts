// Handles and names by account id, remembered, since events name accounts by id alone. Who is remembered here is who
// ever spoke to us: their deletions matter.
import { z } from 'zod'
import { ChannelFailure, type Link } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { askAppView } from './app-view.ts'
import { call, XrpcFailure } from './xrpc.ts'

const Profile = z.object({ handle: z.string().nullable(), name: z.string().nullable() })
export type Profile = z.infer<typeof Profile>
const Remembered = Profile.extend({ at: z.number() })

const Viewed = z.object({ handle: z.string(), displayName: z.string().optional() })
const Described = z.object({ handle: z.string() })
const Own = z.object({ value: z.object({ displayName: z.string().optional() }) })

const prefix = 'author:'
const freshMs = 24 * 3_600_000

/** Whoever cannot be found has no handle; their words are heard all the same. */
export async function profileOf(ports: Ports, link: Link, did: string): Promise<Profile> {
  const kept = await remembered(ports, did)
  const now = ports.clock.now()
  if (kept !== null && kept.handle !== null && now - kept.at < freshMs) return kept
  try {
    const found = (await viewed(ports, link, did)) ?? (await described(ports, link, did))
    await remember(ports, did, found)
    return found
  } catch (error) {
    if (!(error instanceof ChannelFailure) && !(error instanceof z.ZodError)) throw error
    const known = kept ?? { handle: null, name: null }
    if (kept === null) await remember(ports, did, known)
    return known
  }
}

async function remembered({ store }: Ports, did: string): Promise<z.infer<typeof Remembered> | null> {
  const text = await store.get(prefix + did)
  return text === null ? null : Remembered.parse(JSON.parse(text))
}

async function remember({ store, clock }: Ports, did: string, { handle, name }: Profile): Promise<void> {
  await store.set(prefix + did, JSON.stringify({ handle, name, at: clock.now() }))
}

/** Asked for again when this account next speaks. */
export async function forgetHandle(ports: Ports, did: string): Promise<void> {
  const kept = await remembered(ports, did)
  if (kept !== null) await remember(ports, did, { handle: null, name: kept.name })
}

/** An account that is gone is remembered by its id alone, so that it is known where it comes back. */
export async function forgetProfile(ports: Ports, did: string): Promise<void> {
  await remember(ports, did, { handle: null, name: null })
}

/** All accounts that ever spoke to us. */
export async function knownAuthors({ store }: Ports): Promise<Set<string>> {
  const known = new Set<string>()
  let after: string | undefined
  for (;;) {
    const keys = await store.keys(prefix, after)
    for (const key of keys) known.add(key.slice(prefix.length))
    const last = keys.at(-1)
    if (last === undefined || last === after) return known
    after = last
  }
}

/** Null where nobody gathers profiles, or this one is not gathered yet. */
async function viewed(ports: Ports, link: Link, did: string): Promise<Profile | null> {
  const answer = await askProfile(ports, link, did)
  if (answer === null) return null
  const { handle, displayName } = Viewed.parse(answer)
  return { handle: validHandle(handle), name: displayName?.trim() || null }
}

async function askProfile(ports: Ports, link: Link, did: string): Promise<unknown> {
  try {
    return await askAppView(ports, link, { method: 'app.bsky.actor.getProfile', query: { actor: did } })
  } catch (error) {
    if (error instanceof XrpcFailure && error.status === 400 && !error.code.startsWith('auth.')) return null
    throw error
  }
}

async function described(ports: Ports, link: Link, did: string): Promise<Profile> {
  const repo = Described.parse(
    await call(ports, link, { method: 'com.atproto.repo.describeRepo', query: { repo: did } }),
  )
  const query = { repo: did, collection: 'app.bsky.actor.profile', rkey: 'self' }
  let name: string | null = null
  try {
    const own = Own.parse(await call(ports, link, { method: 'com.atproto.repo.getRecord', query }))
    name = own.value.displayName?.trim() || null
  } catch (error) {
    if (!(error instanceof ChannelFailure) || error.code !== 'target.gone') throw error
  }
  return { handle: validHandle(repo.handle), name }
}

/** `handle.invalid` stands where a handle does not lead back to its account. */
function validHandle(handle: string): string | null {
  return handle === 'handle.invalid' || handle === '' ? null : handle
}

const Resolved = z.object({ did: z.string() })
const handleFreshMs = 3_600_000

/** The account that a handle leads to; null where it leads nowhere. */
export async function didOf(ports: Ports, link: Link, handle: string): Promise<string | null> {
  const key = `handle:${handle.toLowerCase()}`
  const now = ports.clock.now()
  const [did = '', at = '0'] = ((await ports.store.get(key)) ?? '').split(' ')
  if (did !== '' && now - Number(at) < handleFreshMs) return did
  try {
    const method = 'com.atproto.identity.resolveHandle'
    const found = Resolved.parse(await call(ports, link, { method, query: { handle }, token: null }))
    await ports.store.set(key, `${found.did} ${now}`)
    return found.did
  } catch (error) {
    if (!(error instanceof ChannelFailure) && !(error instanceof z.ZodError)) throw error
    return null
  }
}
