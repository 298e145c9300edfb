// A webmention goes out (3.1): the page that we answer names where it wants to be told; we tell it our page and its own.
import type { Acted, Command, ReadBack, Target } from '../acting.ts'
import type { ChannelFailure } from '../channel.ts'
import type { HttpAnswer, Ports } from '../ports.ts'
import { keepAnswer, prefix, readAnswer, type Answer } from './answer-page.ts'
import { decodeText } from './decode-text.ts'
import { hash } from './feed-item.ts'
import { headerOf, pageFailure } from './fetch-page.ts'
import { readLinkHeader, readLinks } from './page-links.ts'
import { mostHtml } from './read-mention.ts'

export interface Sending {
  readonly ports: Ports
  /** Of the installation, out of the address of our hook. */
  readonly origin: string
  /** As our pages name the account. */
  readonly handle: string
}

/** The key is in the name, so that the same act is the same page. */
function answerName(key: string): string {
  return hash(key).slice(0, 32)
}

export function answerUrl({ origin, handle }: Sending, name: string): string {
  return `${origin}${prefix}${encodeURIComponent(handle)}/${name}`
}

/** The name in an address of a page of ours; null where it is none of this account. */
function nameIn(sending: Sending, url: string): string | null {
  const start = answerUrl(sending, '')
  const name = url.slice(start.length)
  return url.startsWith(start) && /^[\w-]{1,128}$/.test(name) ? name : null
}

/** The first endpoint that the page names: by HTTP, else in its text, where `rel` stands on `link` or `a` (3.1.2). */
function endpointOf(answer: HttpAnswer): string | null {
  const header = readLinkHeader(answer.headers['link'], answer.url).find(({ rel }) =>
    rel.includes('webmention'),
  )
  if (header !== undefined) return header.href
  const contentType = headerOf(answer, 'content-type')
  if (!/html/i.test(contentType)) return null
  const html = decodeText(answer.body, contentType).slice(0, mostHtml)
  const named = readLinks(html, answer.url).find(
    ({ tag, rel }) => (tag === 'link' || tag === 'a') && rel.includes('webmention'),
  )
  return named?.href ?? null
}

const kinds = { reply: 'reply', like: 'like', share: 'share' } as const

export async function send(sending: Sending, command: Command, key: string): Promise<Acted> {
  const { what, target, text, speaker } = command
  const on = target.parentExternalId
  if (on === null || !(what === 'reply' || what === 'like' || what === 'share'))
    return gone('There is no page to answer.')
  const name = answerName(key)
  const url = answerUrl(sending, name)
  const kept = await readAnswer(sending.ports.store, name)
  if (kept?.isTold === true) return { result: 'done', networkId: url, detail: 'there already' }
  const endpoint = await discover(sending.ports, on)
  if ('result' in endpoint) return endpoint
  const at = kept?.at ?? sending.ports.clock.now()
  const answer: Answer = {
    on,
    what: kinds[what],
    text,
    speaker,
    at,
    changedAt: null,
    isGone: false,
    isTold: false,
  }
  // The page must stand before the other side hears of it: it looks at once.
  await keepAnswer(sending.ports.store, name, answer)
  const told = await tell(sending.ports, endpoint.url, url, on)
  if (told !== null) {
    // Where it surely came to nothing our page goes again.
    if (told.result === 'refused') await sending.ports.store.delete(`answer:${name}`)
    return told
  }
  await keepAnswer(sending.ports.store, name, { ...answer, isTold: true })
  return { result: 'done', networkId: url, detail: 'the page was told' }
}

/** Changes or takes back pages of ours, and tells those that they answer. */
export async function change(sending: Sending, { what, target, text }: Command): Promise<Acted> {
  const [first] = target.ownExternalIds ?? []
  const name = first === undefined ? null : nameIn(sending, first)
  const kept = name === null ? null : await readAnswer(sending.ports.store, name)
  if (first === undefined || name === null || kept === null) return gone('This is no page of this account.')
  const changedAt = sending.ports.clock.now()
  const isGone = what === 'delete'
  await keepAnswer(sending.ports.store, name, { ...kept, text: isGone ? '' : text, changedAt, isGone })
  const endpoint = await discover(sending.ports, kept.on)
  const told = 'result' in endpoint ? endpoint : await tell(sending.ports, endpoint.url, first, kept.on)
  // Our own page has changed in any case; the other one may show its copy for longer.
  const detail = told === null ? 'the page was told' : `Our page has changed. The other page: ${told.detail}`
  return { result: 'done', networkId: first, detail }
}

/**
 * Our page says whether the other side took it. Where that is not known it is told again: the same source and target
 * are one mention, however often they are told (3.2.4), so nothing can be there twice.
 */
export async function readBack(sending: Sending, key: string): Promise<ReadBack> {
  const { store } = sending.ports
  const name = answerName(key)
  const kept = await readAnswer(store, name)
  if (kept === null) return 'absent'
  const url = answerUrl(sending, name)
  if (kept.isTold) return { networkId: url }
  const endpoint = await discover(sending.ports, kept.on)
  if ('result' in endpoint || (await tell(sending.ports, endpoint.url, url, kept.on)) !== null)
    return 'cannot-say'
  await keepAnswer(store, name, { ...kept, isTold: true })
  return { networkId: url }
}

function gone(detail: string): Acted {
  return { result: 'refused', error: 'target.gone', detail }
}

type Refused = Extract<Acted, { readonly result: 'refused' }>

async function discover(ports: Ports, page: string): Promise<{ readonly url: string } | Refused> {
  const asked = { url: page, headers: { accept: 'text/html' }, maxBytes: 2 * mostHtml }
  const answer = await ports.http.fetch(asked).catch(() => null)
  if (answer === null)
    return { result: 'refused', error: 'network.down', detail: 'The page cannot be reached.' }
  if (answer.status !== 200) return refusedBy(pageFailure(answer, ports.clock.now()))
  const url = endpointOf(answer)
  if (url === null)
    return { result: 'refused', error: 'target.forbidden', detail: 'The page takes no webmentions.' }
  return { url }
}

function refusedBy({ code, message, retryAfterMs }: ChannelFailure): Refused {
  return {
    result: 'refused',
    error: code,
    detail: message,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  }
}

/** Null where it was taken. */
async function tell(ports: Ports, endpoint: string, source: string, target: string): Promise<Acted | null> {
  const body = new URLSearchParams({ source, target }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/plain' }
  try {
    const answer = await ports.http.fetch({ url: endpoint, method: 'POST', headers, body })
    const { status } = answer
    if (status >= 200 && status < 300) return null
    const detail = `The page answers with status ${status}.`
    if (status === 429) return refusedBy(pageFailure(answer, ports.clock.now()))
    if (status >= 500) return { result: 'unknown', detail }
    return { result: 'refused', error: 'target.forbidden', detail }
  } catch {
    return { result: 'unknown', detail: 'The page did not say whether it took the mention.' }
  }
}

export function problemOf({ parentExternalId, isParentGone, isOptedOut }: Target): string | null {
  if (isOptedOut === true) return 'this person does not want to hear from us here'
  if (isParentGone === true) return 'the page is gone'
  if (parentExternalId === null || !/^https?:\/\//.test(parentExternalId)) return 'there is no page to answer'
  return null
}
