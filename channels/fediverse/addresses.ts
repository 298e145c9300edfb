// Every address of an actor of ours. They are names that other servers keep for ever: none of them may ever change.
import { createHash } from 'node:crypto'

export const prefixes = [
  '/.well-known/webfinger',
  '/.well-known/nodeinfo',
  '/nodeinfo/',
  '/fediverse/',
] as const

export const sharedInboxPath = '/fediverse/inbox'

export interface Addresses {
  readonly user: string
  /** user@host. */
  readonly handle: string
  readonly origin: string
  readonly actor: string
  readonly inbox: string
  /** One for all actors of this installation. */
  readonly sharedInbox: string
  readonly followers: string
  readonly key: string
}

export function addressesOf(publicUrl: string, user: string): Addresses {
  const { origin, host } = new URL(publicUrl)
  const actor = `${origin}/fediverse/users/${user}`
  return {
    user,
    handle: `${user}@${host}`,
    origin,
    actor,
    inbox: `${actor}/inbox`,
    sharedInbox: `${origin}${sharedInboxPath}`,
    followers: `${actor}/followers`,
    key: `${actor}#main-key`,
  }
}

/** The name of what an act makes: the key itself where it can stand in an address. */
export function objectName(key: string): string {
  return /^[\w-]{1,64}$/.test(key) ? key : createHash('sha256').update(key).digest('base64url')
}

export function objectAddress({ actor }: Addresses, key: string): string {
  return `${actor}/objects/${objectName(key)}`
}

/** The name within an address of ours; null where it is none of this actor's. */
export function objectOf({ actor }: Addresses, url: string): string | null {
  const start = `${actor}/objects/`
  const name = url.startsWith(start) ? url.slice(start.length) : ''
  return /^[\w-]{1,64}$/.test(name) ? name : null
}

/** The user and the rest of a path below /fediverse/users/. */
export function readPath(path: string): { readonly user: string; readonly rest: string } | null {
  const found = /^\/fediverse\/users\/([a-z0-9_]{1,30})(?:\/(.*))?$/.exec(path)
  return found?.[1] === undefined ? null : { user: found[1], rest: found[2] ?? '' }
}

export function isUserName(text: string): boolean {
  return /^[a-z0-9_]{1,30}$/.test(text)
}

/** A short name for something long, such as an address, as a key of the store. */
export function shortName(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 32)
}
