// Who somebody on another server is: name, handle and where their post goes. Remembered in the connection's store, and
// read again after a day.
import type { HttpAnswer, Ports } from '../ports.ts'
import { shortName, type Addresses } from './addresses.ts'
import { hrefOf, idOf, isObject, type Json, parseObject, textOf } from './json.ts'
import { signedRequest } from './signed-request.ts'

export interface Person {
  readonly id: string
  /** user@host. */
  readonly handle: string
  readonly name: string
  readonly url: string | null
  readonly inbox: string
  readonly sharedInbox: string | null
  readonly followers: string | null
}

interface Remembered extends Person {
  readonly readAt: number
}

/** Why somebody cannot be written to; `gone` for good. */
export interface NoPerson {
  readonly problem: 'gone' | 'unreachable' | 'refused'
  readonly detail: string
}

const day = 86_400_000

/** By the address of the actor, or by handle. */
export async function findPerson(ports: Ports, own: Addresses, who: string): Promise<Person | NoPerson> {
  const id = /^https?:\/\//.test(who) ? who : await actorOf(ports, who)
  if (typeof id !== 'string') return id
  const before = await rememberedPerson(ports, id)
  if (before !== null && ports.clock.now() - before.readAt < day) return before
  const read = await readPerson(ports, own, id)
  // A server that is down now was up when we last read: what is known still holds.
  return 'problem' in read && read.problem === 'unreachable' && before !== null ? before : read
}

export async function rememberedPerson({ store }: Ports, id: string): Promise<Remembered | null> {
  const text = await store.get(`person/${shortName(id)}`)
  return text === null ? null : (JSON.parse(text) as Remembered)
}

export async function rememberPerson({ store, clock }: Ports, person: Person): Promise<void> {
  const remembered: Remembered = { ...person, readAt: clock.now() }
  await store.set(`person/${shortName(person.id)}`, JSON.stringify(remembered))
}

/** Nothing stays of somebody whose account is gone. */
export async function forgetPerson({ store }: Ports, id: string): Promise<void> {
  await store.delete(`person/${shortName(id)}`)
}

async function readPerson(ports: Ports, own: Addresses, id: string): Promise<Person | NoPerson> {
  const answer = await asked(() => signedRequest(ports, own, { url: id }))
  if ('problem' in answer) return answer
  const actor = parseObject(answer.body.toString('utf8'))
  const person = actor === null ? null : await personOf(ports, actor)
  if (person === null || person.id !== id) return { problem: 'gone', detail: `${id} is no account` }
  await rememberPerson(ports, person)
  return person
}

/** What an actor says of itself; null where it cannot be written to. */
export async function personOf(ports: Ports, actor: Json): Promise<Person | null> {
  const id = idOf(actor)
  const inbox = hrefOf(actor.inbox)
  if (id === null || inbox === null || !URL.canParse(id)) return null
  const endpoints = isObject(actor.endpoints) ? actor.endpoints : {}
  const user = textOf(actor.preferredUsername) ?? textOf(actor.name) ?? 'somebody'
  return {
    id,
    handle: await handleOf(ports, user, id),
    name: textOf(actor.name) ?? user,
    url: hrefOf(actor.url),
    inbox,
    sharedInbox: hrefOf(endpoints.sharedInbox),
    followers: idOf(actor.followers),
  }
}

/**
 * The host of a handle may be another than that of the actor. The actor's host names the handle, and the handle's host
 * must name the actor in turn; else it is the plain one.
 */
async function handleOf(ports: Ports, user: string, id: string): Promise<string> {
  const { host, origin } = new URL(id)
  const plain = `${user}@${host}`
  const subject = await webFinger(ports, origin, plain)
  const named = /^acct:([^@\s]+@[^@\s/]+)$/.exec(subject?.subject ?? '')?.[1]
  if (named === undefined || named.toLowerCase() === plain.toLowerCase()) return named ?? plain
  const back = await webFinger(ports, originOf(named), named)
  return back?.actor === id ? named : plain
}

async function actorOf(ports: Ports, handle: string): Promise<string | NoPerson> {
  const bare = handle.replace(/^@/, '')
  if (!/^[^@\s/]+@[^@\s/]+$/.test(bare)) return { problem: 'gone', detail: `${handle} is no handle` }
  const found = await webFinger(ports, originOf(bare), bare)
  return found?.actor ?? { problem: 'unreachable', detail: `nobody tells who ${handle} is` }
}

/** Servers answer by https; a peer on this machine by http. */
function originOf(handle: string): string {
  const host = handle.split('@')[1] ?? ''
  return `${/^(127\.|localhost(:|$))/.test(host) ? 'http' : 'https'}://${host}`
}

async function webFinger(
  { http }: Ports,
  origin: string,
  handle: string,
): Promise<{ readonly subject: string | null; readonly actor: string | null } | null> {
  const url = `${origin}/.well-known/webfinger?resource=${encodeURIComponent(`acct:${handle}`)}`
  try {
    const { status, body } = await http.fetch({ url, timeoutMs: 3_000, maxBytes: 64 * 1024 })
    const found = status === 200 ? parseObject(body.toString('utf8')) : null
    if (found === null) return null
    const links = Array.isArray(found.links) ? found.links.filter(isObject) : []
    const self = links.find(({ rel, type }) => rel === 'self' && /json/.test(String(type)))
    return { subject: textOf(found.subject), actor: self === undefined ? null : hrefOf(self.href) }
  } catch {
    return null
  }
}

/** What a request came to, in the words of this file. */
async function asked(ask: () => Promise<HttpAnswer>): Promise<HttpAnswer | NoPerson> {
  try {
    const answer = await ask()
    if (answer.status === 200) return answer
    const detail = `the server answers ${answer.status}`
    if (answer.status === 404 || answer.status === 410) return { problem: 'gone', detail }
    return { problem: answer.status === 401 || answer.status === 403 ? 'refused' : 'unreachable', detail }
  } catch (error) {
    return { problem: 'unreachable', detail: error instanceof Error ? error.message : 'no answer' }
  }
}
