// A webmention comes in (W3C Recommendation of 12 January 2017, 3.2): source and target are checked, the source is
// fetched and must link to the target. A source that is gone (404, 410) or links no more takes its words back.
import { z } from 'zod'
import type { EngagementInput } from '../../contract/engagement.ts'
import type { HookRequest, Normalised, RawEvent, Received } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { decodeText } from './decode-text.ts'
import { clean, hash, oneLine, readTime } from './feed-item.ts'
import { headerOf } from './fetch-page.ts'
import { mostHtml, readMention } from './read-mention.ts'

export interface Receiving {
  readonly ports: Ports
  /** Our pages: everything below these addresses. */
  readonly ours: readonly string[]
  readonly presence: string
}

const fetchMs = 8_000

function reject(status: 400 | 401 | 403 | 413, reason: string): Received {
  return { result: 'reject', status, reason }
}

export async function receiveMention(receiving: Receiving, request: HookRequest): Promise<Received> {
  const isForm = (request.headers['content-type'] ?? '')
    .toLowerCase()
    .startsWith('application/x-www-form-urlencoded')
  if (request.method !== 'POST' || !isForm) return reject(400, 'a webmention is a form that is posted')
  if (request.body.length > 16_384) return reject(413, 'too large')
  const form = new URLSearchParams(new TextDecoder().decode(request.body))
  const source = pageUrl(form.get('source'))
  const target = pageUrl(form.get('target'))
  if (source === null || target === null) return reject(400, 'source and target must be web addresses')
  if (source === target) return reject(400, 'source and target are the same')
  if (!receiving.ours.some((page) => isBelow(target, page)))
    return reject(400, 'the target is no page of ours')
  const found = await look(receiving.ports, source, target)
  if (found.result === 'refused') return reject(400, found.reason)
  const event = await versioned(receiving, source, target, found.html)
  if (event === null) return reject(400, 'the source does not link to the target')
  const answer = { status: 202, contentType: 'text/plain', body: 'accepted' }
  return { result: 'accept', events: [event], answer }
}

/** At most as long as a name may be: it is by its address that a mention is answered. */
function pageUrl(text: string | null): string | null {
  const url = URL.parse(text ?? '')
  const isPage = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  return isPage && url.href.length <= 512 ? url.href : null
}

/** The same origin, and a path below. */
export function isBelow(target: string, page: string): boolean {
  const [one, other] = [URL.parse(target), URL.parse(page)]
  if (one === null || other === null || one.origin !== other.origin) return false
  const folder = other.pathname.endsWith('/') ? other.pathname : `${other.pathname}/`
  return one.pathname === other.pathname || one.pathname.startsWith(folder)
}

type Looked =
  | { readonly result: 'refused'; readonly reason: string }
  /** Null: it is gone, or links no more. */
  | { readonly result: 'seen'; readonly html: string | null }

async function look(ports: Ports, source: string, target: string): Promise<Looked> {
  const asked = { url: source, headers: { accept: 'text/html' }, timeoutMs: fetchMs, maxBytes: 2 * mostHtml }
  const answer = await ports.http.fetch(asked).catch(() => null)
  if (answer === null) return { result: 'refused', reason: 'the source cannot be reached' }
  if (answer.status === 404 || answer.status === 410) return { result: 'seen', html: null }
  if (answer.status !== 200)
    return { result: 'refused', reason: `the source answers with status ${answer.status}` }
  const contentType = headerOf(answer, 'content-type')
  if (!/html/i.test(contentType)) return { result: 'refused', reason: 'the source is no page' }
  const html = decodeText(answer.body, contentType).slice(0, mostHtml)
  return { result: 'seen', html: readMention(html, answer.url, target) === null ? null : html }
}

const Kept = z.object({ revision: z.int(), version: z.string() })

/** Null where the page never linked to us. The same version is the same event, however often it comes. */
async function versioned(
  { ports, presence }: Receiving,
  source: string,
  target: string,
  html: string | null,
): Promise<RawEvent | null> {
  const name = hash(`${source} ${target}`)
  const stored = await ports.store.get(`mention:${name}`)
  const kept = stored === null ? null : (Kept.safeParse(JSON.parse(stored)).data ?? null)
  if (html === null && kept === null) return null
  const mention = html === null ? null : readMention(html, source, target)
  const version = mention === null ? 'gone' : hash(JSON.stringify(mention)).slice(0, 16)
  const isSame = kept?.version === version
  const revision = kept === null ? 0 : kept.revision + (isSame ? 0 : 1)
  if (!isSame) await ports.store.set(`mention:${name}`, JSON.stringify({ revision, version }))
  const now = ports.clock.now()
  return {
    key: `mention:${name}:${revision}:${version}`,
    at: readTime(mention?.updated || mention?.published || ''),
    body: new TextEncoder().encode(html ?? ''),
    facts: {
      source,
      target,
      presence,
      seenAt: String(now),
      state: html === null ? 'gone' : 'there',
      revision: String(revision),
    },
  }
}

export function normaliseMention(event: RawEvent): Normalised {
  const { source = '', target = '', state = '' } = event.facts ?? {}
  if (!URL.canParse(source) || source.length > 512) return { activities: [], unknown: ['mention'] }
  const base = baseOf(source, event.facts ?? {})
  if (state === 'gone') return { activities: [{ ...base, type: 'Delete' }] }
  const mention = readMention(new TextDecoder().decode(event.body), source, target)
  if (mention === null) return { activities: [], unknown: ['mention'] }
  const seen = Date.parse(base.publishedAt)
  const published = Math.min(readTime(mention.published) ?? seen, seen)
  const name = clean(oneLine(mention.author.name)).slice(0, 512)
  // What it answers, where it says so; else the page of ours that it links to.
  const on = mention.on.includes(target) ? target : (mention.on[0] ?? target)
  const created: EngagementInput = {
    ...base,
    type: mention.type,
    kind: mention.title === '' ? 'Note' : 'Article',
    author: { externalId: mention.author.url.slice(0, 512), ...(name === '' ? {} : { name }) },
    ...(on.length <= 512 ? { parentExternalId: on } : {}),
    ...(mention.title === '' ? {} : { subject: clean(oneLine(mention.title)).slice(0, 998) }),
    text: mention.type === 'Create' ? clean(mention.text) : '',
    publishedAt: new Date(published).toISOString(),
  }
  if (mention.type !== 'Create' || event.facts?.['revision'] === '0') return { activities: [created] }
  return { activities: [created, { ...created, type: 'Update', updatedAt: base.publishedAt }] }
}

function baseOf(source: string, facts: Readonly<Record<string, string>>): EngagementInput {
  const seenAt = Number(facts['seenAt'] ?? 0)
  const at = Number.isFinite(seenAt) ? Math.min(Math.max(0, seenAt), 8e15) : 0
  return {
    type: 'Create',
    kind: 'Note',
    source: 'webmention',
    channel: 'webmention',
    externalId: source,
    direction: 'in',
    author: { externalId: `${new URL(source).origin}/`.slice(0, 512) },
    ...(facts['presence'] === undefined || facts['presence'] === '' ? {} : { presence: facts['presence'] }),
    mentions: [],
    visibility: 'public',
    text: '',
    media: [],
    publishedAt: new Date(at).toISOString(),
    automatic: false,
  }
}
