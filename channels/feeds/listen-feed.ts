import { ChannelFailure, type Polled, type RawEvent } from '../channel.ts'
import type { HttpAnswer, Ports } from '../ports.ts'
import { decodeText } from './decode-text.ts'
import { bounded, hash, itemVersion, readTime } from './feed-item.ts'
import { askPage, conditions, headerOf, mostFeedBytes, pageFailure, validatorsOf } from './fetch-page.ts'
import { cursorOf, newOf, paceOf, readMemory, remember, type Memory, type Thing } from './known-items.ts'
import { absolute, feedOf, readLinkHeader } from './page-links.ts'
import type { Feed, FeedItem } from './read-feed.ts'

export interface Listening {
  readonly ports: Ports
  readonly url: string
  /** Facts of every event: whose the feed is, and our account. */
  readonly facts: Readonly<Record<string, string>>
  readonly isPushed: boolean
}

export interface FoundFeed {
  readonly feed: Feed
  readonly url: string
  readonly answer: HttpAnswer
  /** Named by the feed or by HTTP (WebSub 4). */
  readonly hubs: readonly string[]
  readonly topic: string
}

const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, text/html;q=0.5'
const dayMs = 86_400_000
const mostPages = 5

/** The feed at an address, or the one that the page there names; null: nothing changed since. */
export async function fetchFeed(ports: Ports, url: string, memory: Memory | null): Promise<FoundFeed | null> {
  const headers = { accept, ...conditions(memory ?? { etag: '', modified: '' }) }
  const answer = await askPage(ports, { url, headers, maxBytes: mostFeedBytes })
  if (answer.status === 304) return null
  if (answer.status !== 200) throw pageFailure(answer, ports.clock.now())
  const { readFeed } = await import('./read-feed.ts')
  const contentType = headerOf(answer, 'content-type')
  const feed = readFeed(answer.body, contentType)
  if (feed !== null) return found(feed, answer)
  const other = feedOf(decodeText(answer.body.subarray(0, 500_000), contentType), answer.url)
  if (other === null || other === url) {
    throw new ChannelFailure('contract.violation', 'This is no feed, and no page that names one.')
  }
  const second = await askPage(ports, { url: other, headers: { accept }, maxBytes: mostFeedBytes })
  if (second.status !== 200) throw pageFailure(second, ports.clock.now())
  const named = readFeed(second.body, headerOf(second, 'content-type'))
  if (named === null)
    throw new ChannelFailure('contract.violation', 'The feed that the page names cannot be read.')
  return found(named, second)
}

function found(feed: Feed, answer: HttpAnswer): FoundFeed {
  const links = readLinkHeader(answer.headers['link'], answer.url)
  const hubs = links.filter(({ rel }) => rel.includes('hub')).map(({ href }) => href)
  const self = links.find(({ rel }) => rel.includes('self'))?.href ?? absolute(feed.self, answer.url)
  const named = feed.hubs.flatMap((hub) => absolute(hub, answer.url) ?? [])
  return { feed, url: answer.url, answer, hubs: hubs.length > 0 ? hubs : named, topic: self ?? answer.url }
}

export async function poll(listening: Listening, cursor: string | null, limit: number): Promise<Polled> {
  const { ports, isPushed } = listening
  const now = ports.clock.now()
  const memory = readMemory(cursor)
  const fetched = await fetchFeed(ports, memory?.url ?? listening.url, memory)
  if (fetched === null) {
    const idle = (memory?.idle ?? 0) + 1
    const next = memory === null ? null : JSON.stringify({ ...memory, idle })
    return { events: [], cursor: next, more: false, pollAfterMs: paceOf(idle, null, isPushed) }
  }
  const things = (await itemsSince(ports, fetched, memory)).map(toThing).toReversed()
  const news = newOf(memory?.known ?? [], things)
  // Where nothing was read before, what is a day old is history.
  const told = memory === null ? news.filter(({ thing }) => (thing.at ?? 0) >= now - dayMs) : news
  const taken = told.slice(0, Math.max(1, limit))
  const more = taken.length < told.length
  const rest = new Set(told.slice(taken.length).map(({ thing }) => thing.name))
  const idle = taken.length > 0 ? 0 : (memory?.idle ?? 0) + 1
  const known = remember(
    memory?.known ?? [],
    things.filter(({ name }) => !rest.has(name)),
  )
  // Asked at once for the rest, so that the answer must not be "nothing changed".
  const validators = more ? { etag: '', modified: '' } : validatorsOf(fetched.answer, now)
  return {
    events: taken.map(({ thing, before }) => toEvent(listening, fetched.feed, thing, before)),
    cursor: cursorOf({ url: fetched.url, idle, known }, validators),
    more,
    pollAfterMs: paceOf(idle, fetched.feed.everyMs, isPushed),
  }
}

interface ItemThing extends Thing {
  readonly item: FeedItem
  readonly at: number | null
}

function toThing(item: FeedItem): ItemThing {
  const id = item.id === '' ? hash(JSON.stringify([item.title, item.content])) : item.id
  const at = readTime(item.updated) ?? readTime(item.published)
  return { name: hash(id).slice(0, 16), version: itemVersion(item), item: { ...item, id }, at }
}

/** Of the feed, and of its older pages where none of the newest was seen before: some have passed meanwhile. */
async function itemsSince(
  ports: Ports,
  first: FoundFeed,
  memory: Memory | null,
): Promise<readonly FeedItem[]> {
  const known = new Set(memory?.known.map(([name]) => name))
  const items = [...first.feed.items]
  let page: FoundFeed | null = first
  for (let count = 1; count < mostPages && known.size > 0 && page !== null; count += 1) {
    if (page.feed.items.length < 3 || page.feed.items.some((item) => known.has(toThing(item).name))) break
    const older = await olderPage(ports, page)
    page = older !== null && firstOf(older) !== firstOf(page) ? older : null
    items.push(...(page?.feed.items ?? []))
  }
  return items
}

/** A feed that has no older pages may give the same one whatever is asked. */
function firstOf({ feed }: FoundFeed): string {
  const [first] = feed.items
  return first === undefined ? '' : toThing(first).name
}

async function olderPage(ports: Ports, { feed, url }: FoundFeed): Promise<FoundFeed | null> {
  const older = olderUrl(feed, url)
  if (older === null) return null
  try {
    return await fetchFeed(ports, older, null)
  } catch (error) {
    if (error instanceof ChannelFailure && error.code === 'target.gone') return null
    throw error
  }
}

/** RFC 5005, JSON Feed's `next_url`, and what WordPress does without saying so. */
function olderUrl(feed: Feed, url: string): string | null {
  if (feed.older !== '') return absolute(feed.older, url)
  if (!feed.isWordPress) return null
  const next = new URL(url)
  next.searchParams.set('paged', String(Math.max(1, Number(next.searchParams.get('paged') ?? 1)) + 1))
  return next.href
}

/** Newest first, page by page. */
export async function backfill(listening: Listening, cursor: string | null): Promise<Polled> {
  const [, count = '0', before = '', from = ''] =
    /^v1:(\d{1,3}):([\w-]*):(https?:.*)$/.exec(cursor ?? '') ?? []
  const page = await fetchFeed(listening.ports, from === '' ? listening.url : from, null).catch(
    (error: unknown) => {
      // A page after the last one.
      if (from !== '' && error instanceof ChannelFailure && error.code === 'target.gone') return null
      throw error
    },
  )
  if (page === null || (before !== '' && before === firstOf(page))) return { events: [], cursor, more: false }
  const older = page.feed.items.length === 0 ? null : olderUrl(page.feed, page.url)
  const more = older !== null && Number(count) < 100 && older !== from
  return {
    events: page.feed.items.map((item) => toEvent(listening, page.feed, toThing(item), 'nothing')),
    cursor: more ? `v1:${Number(count) + 1}:${firstOf(page)}:${older}` : cursor,
    more,
  }
}

/** What a hub pushed: a feed with what is new in it. */
export function pushedEvents(listening: Listening, feed: Feed): readonly RawEvent[] {
  return feed.items.map((item) => toEvent(listening, feed, toThing(item), 'unknown')).toReversed()
}

function toEvent(
  { ports, facts }: Listening,
  feed: Feed,
  { name, version, item, at }: ItemThing,
  before: 'nothing' | 'said' | 'unknown',
): RawEvent {
  const { title } = feed
  return {
    key: `item:${name}:${version}${before === 'said' ? ':again' : ''}`,
    at: at === null || at > ports.clock.now() + dayMs ? null : at,
    body: new TextEncoder().encode(JSON.stringify(item)),
    facts: { ...facts, feedTitle: bounded(title), before, seenAt: String(ports.clock.now()) },
  }
}
