// How words come in: the stream, with notifications asked for since the last one known, so that an interruption loses
// nothing; and history.
import { ChannelFailure, type Polled, type RawEvent, type Streamed } from '../channel.ts'
import { retryAfter } from '../ask-json.ts'
import {
  ask,
  failure,
  idOf,
  listOrThrow,
  localId,
  objectOf,
  objectsOf,
  textOf,
  type Api,
  type Json,
} from './api.ts'
import { readMessages, type Message } from './read-messages.ts'

const pageSize = 40
const silentMs = 90_000
const beginningMs = 120_000

/** The last notification that was committed. */
export async function poll(api: Api, cursor: string | null, limit: number): Promise<Polled> {
  const since = lastOf(cursor)
  const asked = Math.min(limit, pageSize)
  const path = since === null ? `?limit=${asked}` : `?min_id=${since}&limit=${asked}`
  const page = listOrThrow(await ask(api, `/api/v1/notifications${path}`))
  const newest = page.map(idOf).find((id) => id !== null) ?? since
  // What was said before the first listening is history, but for what was said while it began. A cursor that nobody
  // wrote is no reason to be silent.
  const from = cursor === null ? api.ports.clock.now() - beginningMs : 0
  const events = page
    .map((each) => notificationEvent(api, each))
    .filter(({ at }) => at === null || at >= from)
    .toReversed()
  return { events, cursor: cursorOf(newest ?? '0'), more: since !== null && page.length >= asked }
}

function cursorOf(id: string): string {
  return `v1:${id}`
}

function lastOf(cursor: string | null): string | null {
  return /^v1:([\w-]{1,100})$/.exec(cursor ?? '')?.[1] ?? null
}

function notificationEvent(api: Api, notification: Json): RawEvent {
  const key = `n:${idOf(notification) ?? ''}`
  return event(api, { key, kind: 'notification', body: notification, at: notification.created_at })
}

function event(api: Api, { key, kind, body, at }: Said): RawEvent {
  const time = Date.parse(textOf(at))
  return {
    key,
    at: Number.isNaN(time) ? null : time,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    facts: { kind, receivedAt: String(api.ports.clock.now()) },
  }
}

interface Said {
  readonly key: string
  readonly kind: 'notification' | 'status' | 'edit' | 'delete'
  readonly body: Json | string
  readonly at: unknown
}

/** The line is opened first and what came before it is asked for then: nothing falls between the two. */
export async function* stream(api: Api, from: string | null, signal: AbortSignal): AsyncGenerator<Streamed> {
  const line = await openLine(api, signal)
  let cursor = from
  for (let more = true; more;) {
    const polled = await poll(api, cursor, pageSize)
    cursor = polled.cursor
    more = polled.more
    yield { events: polled.events, cursor }
  }
  for await (const message of readMessages(line)) {
    const heard = message === null ? null : eventOf(api, message)
    if (heard !== null && message?.event === 'notification') cursor = later(cursor, heard)
    yield { events: heard === null ? [] : [heard], cursor }
  }
}

/** Notifications come in order; the newest is the one to go on from. */
function later(cursor: string | null, { key }: RawEvent): string | null {
  const before = lastOf(cursor) ?? ''
  const id = key.slice('n:'.length)
  const isNewer = id.length > before.length || (id.length === before.length && id > before)
  return isNewer && id !== '' ? cursorOf(id) : cursor
}

async function openLine(api: Api, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const { ports, token } = api
  const url = `${await streamingOrigin(api)}/api/v1/streaming/user`
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' }
  let opened: Awaited<ReturnType<typeof ports.http.stream>>
  try {
    opened = await ports.http.stream({ url, headers }, { signal, silentMs })
  } catch (cause) {
    throw new ChannelFailure('network.down', 'The stream of the server could not be reached.', { cause })
  }
  if (opened.status === 200) return quiet(opened.body, signal)
  if (opened.status === 401) throw new ChannelFailure('auth.revoked', 'The server no longer knows our token.')
  if (opened.status === 403)
    throw new ChannelFailure('scope.missing', 'The token lacks a permission for the stream.')
  if (opened.status === 429) {
    const retryAfterMs = retryAfter(opened, ports.clock.now()) ?? 60_000
    throw new ChannelFailure('rate', 'The server asks us to wait.', { retryAfterMs })
  }
  throw new ChannelFailure('network.down', `The stream of the server answers ${opened.status}.`)
}

/** A line that breaks is what lines do: said in the closed set. */
async function* quiet(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    if (signal.aborted) return
    throw new ChannelFailure('network.down', 'The stream of the server broke.', { cause })
  }
}

/** Large servers stream from another host, and say which. */
async function streamingOrigin(api: Api): Promise<string> {
  const asked = await ask(api, '/api/v2/instance')
  if (!asked.ok && asked.error !== 'target.gone') throw failure(asked)
  const { urls } = objectOf(asked.ok ? objectOf(asked.body).configuration : {})
  const streaming = textOf(objectOf(urls).streaming)
  if (!URL.canParse(streaming)) return api.origin
  const { protocol, host } = new URL(streaming)
  return `${protocol === 'ws:' || protocol === 'http:' ? 'http:' : 'https:'}//${host}`
}

function eventOf(api: Api, { event: kind, data }: Message): RawEvent | null {
  if (kind === 'delete')
    return event(api, { key: `d:${data.trim().slice(0, 100)}`, kind: 'delete', body: data.trim(), at: null })
  const body = parse(data)
  const id = idOf(body)
  if (id === null) return null
  if (kind === 'notification') return notificationEvent(api, body)
  if (kind === 'update' && isOurs(api, body))
    return event(api, { key: `s:${id}`, kind: 'status', body, at: body.created_at })
  if (kind === 'status.update' && concernsUs(api, body)) {
    return event(api, { key: `e:${id}:${textOf(body.edited_at)}`, kind: 'edit', body, at: body.edited_at })
  }
  return null
}

function parse(data: string): Json {
  try {
    return objectOf(JSON.parse(data))
  } catch {
    return {}
  }
}

function isOurs({ link, host }: Api, status: Json): boolean {
  return `${host}/${idOf(status.account) ?? ''}` === link.account?.id
}

/** The stream of an account also brings what those say whom it follows. */
function concernsUs(api: Api, status: Json): boolean {
  const us = localId(api, api.link.account?.id)
  return (
    isOurs(api, status) ||
    textOf(status.in_reply_to_account_id) === us ||
    objectsOf(status.mentions).some((mention) => idOf(mention) === us)
  )
}

/** Newest first: what was said to us, then what we said. */
export async function backfill(api: Api, cursor: string | null, limit: number): Promise<Polled> {
  const us = localId(api, api.link.account?.id)
  if (us === null) throw new ChannelFailure('contract.violation', 'The account is not known yet.')
  const { phase, before } = placeOf(cursor)
  const asked = Math.min(limit, pageSize)
  const path = phase === 'n' ? '/api/v1/notifications' : `/api/v1/accounts/${us}/statuses`
  const page = listOrThrow(
    await ask(api, `${path}?limit=${asked}${before === '' ? '' : `&max_id=${before}`}`),
  )
  const events = page.flatMap((each) => {
    if (phase === 'n') return [notificationEvent(api, each)]
    const isBoost = each.reblog !== null && each.reblog !== undefined
    return isBoost
      ? []
      : [event(api, { key: `s:${idOf(each) ?? ''}`, kind: 'status', body: each, at: each.created_at })]
  })
  const last = page.map(idOf).findLast((id) => id !== null) ?? ''
  if (page.length > 0 && last !== '') return { events, cursor: `v1:${phase}:${last}`, more: true }
  return phase === 'n' ? { events, cursor: 'v1:s:', more: true } : { events, cursor, more: false }
}

function placeOf(cursor: string | null): { readonly phase: 'n' | 's'; readonly before: string } {
  const found = /^v1:([ns]):([\w-]{0,100})$/.exec(cursor ?? '')
  return { phase: found?.[1] === 's' ? 's' : 'n', before: found?.[2] ?? '' }
}

/** Which of these are gone, each asked for by itself. */
export async function findGone(api: Api, names: readonly string[]): Promise<readonly string[]> {
  const gone: string[] = []
  for (const name of names) {
    const id = localId(api, name)
    if (id === null || id.startsWith('notification-')) continue
    const asked = await ask(api, `/api/v1/statuses/${id}`)
    if (!asked.ok && asked.error !== 'target.gone') throw failure(asked)
    if (!asked.ok) gone.push(name)
  }
  return gone
}
