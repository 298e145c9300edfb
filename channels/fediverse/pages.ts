// Small answers of the site that need no signature: who has this handle, what software this is, what we said.
import type { Link, SitePorts } from '../channel.ts'
import type { Addresses } from './addresses.ts'
import { followersOf } from './followers.ts'
import type { Json } from './json.ts'
import { readKept } from './kept-objects.ts'
import { createOf } from './write-note.ts'

const context = 'https://www.w3.org/ns/activitystreams'
const mostShown = 20

function json(body: Json, contentType: string, status = 200): Response {
  const headers = {
    'content-type': contentType,
    'access-control-allow-origin': '*',
    vary: 'accept, signature',
  }
  return new Response(JSON.stringify(body), { status, headers })
}

export function activityJson(body: Json, status = 200): Response {
  return json(body, 'application/activity+json', status)
}

/** The name that a WebFinger request asks for, where it is one of this host. */
export function askedName(url: URL, host: string): string | null {
  const resource = url.searchParams.get('resource') ?? ''
  const start = `${url.protocol}//${host}/fediverse/users/`
  if (resource.startsWith(start)) return resource.slice(start.length).toLowerCase()
  const handle = /^acct:@?([^@\s]+)@([^@\s]+)$/.exec(resource)
  return handle?.[1] !== undefined && handle[2]?.toLowerCase() === host ? handle[1].toLowerCase() : null
}

export function webFinger({ handle, actor }: Addresses): Response {
  const body = {
    subject: `acct:${handle}`,
    aliases: [actor],
    links: [
      { rel: 'self', type: 'application/activity+json', href: actor },
      { rel: 'http://webfinger.net/rel/profile-page', type: 'text/plain', href: actor },
    ],
  }
  return json(body, 'application/jrd+json')
}

export function nodeInfoLinks(origin: string): Response {
  const rel = 'http://nodeinfo.diaspora.software/ns/schema/2.1'
  return json({ links: [{ rel, href: `${origin}/nodeinfo/2.1` }] }, 'application/json')
}

/** How many people or posts there are is nobody's business. */
export function nodeInfo(): Response {
  const body = {
    version: '2.1',
    software: { name: 'horseshoe', version: '0.1.0' },
    protocols: ['activitypub'],
    services: { inbound: [], outbound: [] },
    openRegistrations: false,
    usage: { users: {} },
    metadata: {},
  }
  return json(body, 'application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"')
}

/** How many follow us; who they are is theirs to say. */
export async function followersPage(site: SitePorts, link: Link, own: Addresses): Promise<Response> {
  const totalItems = (await followersOf(site.portsOf(link))).length
  return activityJson({ '@context': context, id: own.followers, type: 'OrderedCollection', totalItems })
}

/** Our newest public words. */
export async function outboxPage(site: SitePorts, link: Link, own: Addresses): Promise<Response> {
  const { store } = site.portsOf(link)
  const keys = await store.keys('said/')
  const names = keys.slice(0, mostShown).map((key) => key.split('/')[2] ?? '')
  const kept = await Promise.all(names.map((name) => readKept(store, name)))
  const orderedItems = kept.flatMap((each) =>
    each?.object.type === 'Note' ? [createOf(own, each.object)] : [],
  )
  const id = `${own.actor}/outbox`
  return activityJson({
    '@context': context,
    id,
    type: 'OrderedCollection',
    totalItems: keys.length,
    orderedItems,
  })
}

/** What a person sees who opens an address of ours in a browser. */
export function plainPage(text: string): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }
  return new Response(text, { headers: { ...headers, vary: 'accept' } })
}
