// What this installation answers to other servers under fixed addresses.
import type { Federation } from '@fedify/fedify'
import type { Link, Site, SitePorts } from '../channel.ts'
import { addressesOf, type Addresses, isUserName, prefixes, readPath, sharedInboxPath } from './addresses.ts'
import { isFollower } from './followers.ts'
import { idsOf, isObject, textOf } from './json.ts'
import { readKept, type KeptObject } from './kept-objects.ts'
import type { Visit } from './federation.ts'
import {
  activityJson,
  askedName,
  followersPage,
  nodeInfo,
  nodeInfoLinks,
  outboxPage,
  plainPage,
  webFinger,
} from './pages.ts'
import { servePicture } from './pictures.ts'
import { recipientsOf } from './shared-inbox.ts'

const mostBytes = 1024 * 1024

/** What answers share: the ports, and fedify once somebody needs it. */
interface House {
  readonly ports: SitePorts
  readonly federation: () => Promise<Federation<Visit>>
}

export function openSite(ports: SitePorts): Site {
  let opened: Promise<Federation<Visit>> | null = null
  const federation = (): Promise<Federation<Visit>> => {
    opened ??= import('./federation.ts')
      .then(({ openFederation }) => openFederation(ports))
      .catch((error: unknown) => {
        opened = null
        throw error
      })
    return opened
  }
  return { prefixes, handle: (request) => handle({ ports, federation }, request) }
}

async function handle(house: House, request: Request): Promise<Response> {
  const { origin, host } = new URL(house.ports.publicUrl)
  const { pathname, search } = new URL(request.url)
  const url = new URL(pathname + search, origin)
  if (pathname === '/.well-known/nodeinfo') return nodeInfoLinks(origin)
  if (pathname === '/nodeinfo/2.1') return nodeInfo()
  if (pathname === '/.well-known/webfinger') {
    const found = await actorOf(house, askedName(url, host) ?? '')
    return found === null ? notFound() : webFinger(found.own)
  }
  if (pathname === sharedInboxPath) return atSharedInbox(house, request, url)
  const path = readPath(pathname)
  const found = path === null ? null : await actorOf(house, path.user)
  if (path === null || found === null) return notFound()
  const body = new Uint8Array(await request.arrayBuffer())
  if (body.length > mostBytes) return new Response('too large', { status: 413 })
  return answer(house, { request: throughUs(request, url, body), rest: path.rest, body, ...found })
}

/** What is for nobody here is taken and let go: the other server need not send it again. */
async function atSharedInbox(house: House, request: Request, url: URL): Promise<Response> {
  if (request.method !== 'POST') return new Response('not here', { status: 405 })
  const body = new Uint8Array(await request.arrayBuffer())
  if (body.length > mostBytes) return new Response('too large', { status: 413 })
  const [first, ...others] = await recipientsOf(house.ports, body)
  if (first === undefined) return new Response('', { status: 202 })
  const contextData: Visit = { recipients: [first, ...others], body }
  return (await house.federation()).fetch(throughUs(request, url, body), { contextData })
}

async function actorOf(
  { ports }: House,
  user: string,
): Promise<{ readonly link: Link; readonly own: Addresses } | null> {
  if (!isUserName(user)) return null
  const own = addressesOf(ports.publicUrl, user)
  const link = await ports.linkOf(own.handle)
  return link === null ? null : { link, own }
}

async function answer(house: House, asked: Asked): Promise<Response> {
  const { request, rest, link, own } = asked
  const { ports } = house
  if (rest === 'inbox' && request.method === 'POST') return byFedify(house, asked)
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response('not here', { status: 405 })
  if (rest === 'followers') return followersPage(ports, link, own)
  if (rest === 'outbox') return outboxPage(ports, link, own)
  if (rest === '') return wantsActivity(request) ? byFedify(house, asked) : plainPage(profileOf(link, own))
  if (rest.startsWith('files/')) {
    return (await servePicture(ports.portsOf(link).store, rest.slice('files/'.length))) ?? notFound()
  }
  return rest.startsWith('objects/') ? objectPage(house, asked, rest.slice('objects/'.length)) : notFound()
}

async function byFedify({ federation }: House, { request, link, own, body }: Asked): Promise<Response> {
  return (await federation()).fetch(request, { contextData: { recipients: [{ link, own }], body } })
}

async function objectPage(house: House, asked: Asked, name: string): Promise<Response> {
  const kept = await readKept(house.ports.portsOf(asked.link).store, name)
  if (kept === null || !(await maySee(house, asked, kept))) return notFound()
  if (kept.object.type === 'Tombstone') return activityJson(kept.object, 410)
  if (wantsActivity(asked.request)) return activityJson(kept.object)
  const { source } = kept.object
  return plainPage(isObject(source) ? (textOf(source.content) ?? '') : '')
}

/** What is not for everybody is shown to whoever proves to be meant. */
async function maySee(house: House, { request, link, own, body }: Asked, kept: KeptObject): Promise<boolean> {
  if (kept.circle === 'public' || kept.circle === 'unlisted') return true
  const context = (await house.federation()).createContext(request, { recipients: [{ link, own }], body })
  const reader = (await context.getSignedKeyOwner())?.id?.href
  if (reader === undefined) return false
  if ([...idsOf(kept.object.to), ...idsOf(kept.object.cc)].includes(reader)) return true
  return kept.circle === 'followers' && isFollower(house.ports.portsOf(link), reader)
}

interface Asked {
  readonly request: Request
  /** Of the path, below the actor. */
  readonly rest: string
  readonly body: Uint8Array
  readonly link: Link
  readonly own: Addresses
}

/** The request as it was addressed: signatures are over our public address, whatever a proxy made of it. */
function throughUs(request: Request, url: URL, body: Uint8Array<ArrayBuffer>): Request {
  const headers = new Headers(request.headers)
  headers.set('host', url.host)
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  return new Request(url, { method: request.method, headers, ...(hasBody ? { body } : {}) })
}

function wantsActivity(request: Request): boolean {
  return /\bjson\b/.test(request.headers.get('accept') ?? '')
}

function profileOf({ config }: Link, { handle, user }: Addresses): string {
  return [config.name ?? user, `@${handle}`, '', config.summary ?? ''].join('\n')
}

function notFound(): Response {
  return new Response('not found', { status: 404 })
}
