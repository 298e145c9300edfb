// How our activities reach other servers. The person who is addressed is served at once; everybody else waits in the
// store as a note of which inbox still lacks what, and is served as time allows, again and again for three days.
import { retryAfter } from '../ask-json.ts'
import type { ChannelError } from '../channel.ts'
import type { HttpAnswer, Ports } from '../ports.ts'
import { shortName, type Addresses } from './addresses.ts'
import { followersOf, inboxesOf } from './followers.ts'
import { parseObject, type Json } from './json.ts'
import { saysWhy, signedRequest } from './signed-request.ts'

export type Delivered =
  | { readonly result: 'taken' }
  | { readonly result: 'unknown'; readonly detail: string }
  | {
      readonly result: 'refused'
      readonly error: ChannelError
      readonly detail: string
      readonly retryAfterMs?: number
    }

/** Hands an activity to an inbox. A server takes an activity by its id once, so the same one may be handed in again. */
export async function deliver(
  ports: Ports,
  own: Addresses,
  inbox: string,
  activity: Json,
): Promise<Delivered> {
  try {
    const answer = await signedRequest(ports, own, { url: inbox, body: JSON.stringify(activity) })
    return readAnswer(answer, ports.clock.now())
  } catch (error) {
    return readFailure(error)
  }
}

function readAnswer(answer: HttpAnswer, now: number): Delivered {
  const { status } = answer
  if ((status >= 200 && status < 300) || isKnown(answer)) return { result: 'taken' }
  const detail = `the server answers ${status}`
  if (status === 404 || status === 410) return { result: 'refused', error: 'target.gone', detail }
  if (status === 429 || status === 503) {
    const retryAfterMs = retryAfter(answer, now) ?? 60_000
    return { result: 'refused', error: 'rate', detail, retryAfterMs }
  }
  if (status === 413 || status === 422) return { result: 'refused', error: 'content.rejected', detail }
  if (status >= 500) return { result: 'refused', error: 'network.down', detail }
  return { result: 'refused', error: 'target.forbidden', detail }
}

/** The server has it already: FEP-c180 says so in words, others by 409. */
function isKnown(answer: HttpAnswer): boolean {
  if (answer.status === 409) return true
  if (answer.status < 400 || !saysWhy(answer)) return false
  return String(parseObject(answer.body.toString('utf8'))?.type).endsWith('#duplicate-delivery')
}

/** Nothing left us where no connection came about; else it may have taken effect. */
function readFailure(error: unknown): Delivered {
  const detail = error instanceof Error ? error.message : 'no answer'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof Error && error.name === 'EgressRefused') {
    return { result: 'refused', error: 'target.forbidden', detail }
  }
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(code)) {
    return { result: 'refused', error: 'network.down', detail }
  }
  return { result: 'unknown', detail }
}

/** What an inbox still lacks. One a thing and inbox: a later act takes the place of an earlier one. */
interface Due {
  readonly inbox: string
  readonly activity: Json
  readonly isFirst: boolean
  readonly tries: number
  readonly notBefore: number
}

/** What is still to be shared out among inboxes; kept in one piece, so that an act waits for none of them. */
export interface Fan {
  readonly activity: Json
  /** The followers at the time of sharing out, too. */
  readonly toFollowers: boolean
  readonly inboxes: readonly string[]
  /** Served already. */
  readonly except: readonly string[]
  /** Those inboxes have never heard of this thing. */
  readonly isFirst: boolean
  /** Whoever has not heard of it yet need not hear of it any more. */
  readonly isEnd: boolean
}

const mostTries = 14

export async function deliverLater({ store, clock }: Ports, name: string, fan: Fan): Promise<void> {
  const order = String(clock.now()).padStart(15, '0')
  await store.set(`fan/${order}/${name}`, JSON.stringify(fan))
}

async function readAs<Value>(store: Ports['store'], key: string): Promise<Value | null> {
  const text = await store.get(key)
  return text === null ? null : (JSON.parse(text) as Value)
}

async function shareOut(ports: Ports, key: string): Promise<void> {
  const { store } = ports
  const fan = await readAs<Fan>(store, key)
  if (fan === null) return
  const followers = fan.toFollowers ? inboxesOf(await followersOf(ports)) : []
  const inboxes = new Set([...fan.inboxes, ...followers].filter((inbox) => !fan.except.includes(inbox)))
  const name = key.split('/')[2] ?? ''
  for (const inbox of inboxes) await addDue(ports, `due/${name}/${shortName(inbox)}`, inbox, fan)
  await store.delete(key)
}

async function addDue({ store, clock }: Ports, key: string, inbox: string, fan: Fan): Promise<void> {
  const before = await readAs<Due>(store, key)
  if (before?.isFirst === true && fan.isEnd) return store.delete(key)
  // An edit of what never arrived arrives as the whole: its first activity with the new words inside.
  const activity =
    before?.isFirst === true ? { ...before.activity, object: fan.activity.object } : fan.activity
  const isFirst = before?.isFirst ?? fan.isFirst
  await store.set(key, JSON.stringify({ inbox, activity, isFirst, tries: 0, notBefore: clock.now() }))
}

/** One round at a time for an actor within a process; a second one asked for meanwhile follows it. */
const rounds = new Map<string, { readonly asked: { again: boolean }; readonly done: Promise<void> }>()

/** Serves what is due for so long, eight inboxes at a time. */
export function deliverDue(ports: Ports, own: Addresses, forMs: number): Promise<void> {
  const running = rounds.get(own.actor)
  if (running !== undefined) {
    running.asked.again = true
    return running.done
  }
  const asked = { again: false }
  const serving = serveAll(ports, own, Date.now() + forMs, () => asked.again)
  const done = serving.finally(() => rounds.delete(own.actor))
  rounds.set(own.actor, { asked, done })
  return done
}

async function serveAll(ports: Ports, own: Addresses, end: number, again: () => boolean): Promise<void> {
  for (const key of await ports.store.keys('fan/')) await shareOut(ports, key)
  const waiting = [...(await ports.store.keys('due/'))]
  async function serve(): Promise<void> {
    for (let key = waiting.shift(); key !== undefined && Date.now() < end; key = waiting.shift()) {
      await serveOne(ports, own, key)
    }
  }
  await Promise.all(Array.from({ length: 8 }, serve))
  if (again() && Date.now() < end) await serveAll(ports, own, end, () => false)
}

async function serveOne(ports: Ports, own: Addresses, key: string): Promise<void> {
  const { store, clock, log } = ports
  const due = await readAs<Due>(store, key)
  if (due === null || due.notBefore > clock.now()) return
  const delivered = await deliver(ports, own, due.inbox, due.activity)
  const isOver = delivered.result === 'refused' && isForGood(delivered.error)
  if (delivered.result === 'taken') return store.delete(key)
  if (isOver || due.tries >= mostTries) {
    log.warn({ host: new URL(due.inbox).host }, 'an inbox was given up')
    return store.delete(key)
  }
  // 1 min, 2 min, 4 min, ... at most half a day: about three days in all.
  const waitMs = Math.min(43_200_000, 60_000 * 2 ** due.tries)
  const later: Due = { ...due, tries: due.tries + 1, notBefore: clock.now() + waitMs }
  await store.set(key, JSON.stringify(later))
}

function isForGood(error: ChannelError): boolean {
  return error === 'target.gone' || error === 'target.forbidden' || error === 'content.rejected'
}
