// Notifications stand newest first and are asked for page by page until what is known already is met. Posts of ours
// that somebody wrote elsewhere are in no notification; they are asked for when our own repository has changed.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Link, Polled, RawEvent } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { parse, rawEvent, timeOf } from './heard.ts'
import { ownPosts, ownRevision } from './own-posts.ts'
import { call } from './xrpc.ts'

const Page = z.object({
  notifications: z.array(
    z.looseObject({ uri: z.string(), cid: z.string(), indexedAt: z.string(), reason: z.string().optional() }),
  ),
  cursor: z.string().optional(),
})

const Cursor = z.object({
  v: z.literal(1),
  /** The network's time up to which everything is known, ms. */
  since: z.number(),
  /** Known ones near that time, by their content; the network may put late ones between them. */
  seen: z.array(z.string()),
  /** Where a sweep that is under way goes on, and what it has met so far. */
  sweep: z.object({ page: z.string(), newest: z.number(), met: z.array(z.string()) }).nullable(),
  /** The state of our own repository whose posts are known. */
  revision: z.string().nullable(),
})
type Cursor = z.infer<typeof Cursor>

/** What was said shortly before the very first poll is news as well. */
const firstMs = 5 * 60_000
/** Late ones are looked for so far back. */
const overlapMs = 60_000
const mostSeen = 200

export async function pollNotifications(
  ports: Ports,
  link: Link,
  { cursor, limit }: { readonly cursor: string | null; readonly limit: number },
): Promise<Polled> {
  const from = readCursor(cursor, ports.clock.now())
  const { events, next } = await sweep(ports, link, { from, limit })
  if (next.sweep !== null) return { events, cursor: JSON.stringify(next), more: true }
  const own = await pollOwn(ports, link, { revision: from.revision, limit })
  const cursorNow = JSON.stringify({ ...next, revision: own.revision })
  return { events: [...events, ...own.events], cursor: cursorNow, more: false }
}

function readCursor(text: string | null, now: number): Cursor {
  const first = { v: 1, since: now - firstMs, seen: [], sweep: null, revision: null } as const
  if (text === null) return { ...first, seen: [] }
  try {
    return Cursor.parse(JSON.parse(text))
  } catch {
    return { ...first, seen: [] }
  }
}

interface Swept {
  readonly events: readonly RawEvent[]
  readonly next: Cursor
}

async function sweep(
  ports: Ports,
  link: Link,
  { from, limit }: { readonly from: Cursor; readonly limit: number },
): Promise<Swept> {
  const page = await readPage(ports, link, { page: from.sweep?.page ?? null, limit })
  const times = page.events.map(({ at }) => at ?? 0)
  const floor = from.since - overlapMs
  const recent = page.events.filter(({ at }) => (at ?? 0) >= floor)
  const events = recent.filter((event) => !from.seen.includes(markOf(event)))
  const newest = Math.max(from.sweep?.newest ?? from.since, ...times)
  const met = [...(from.sweep?.met ?? []), ...recent.map(markOf)]
  if (page.next !== null && recent.length === page.events.length && recent.length > 0) {
    return { events, next: { ...from, sweep: { page: page.next, newest, met: met.slice(0, mostSeen) } } }
  }
  return { events, next: { ...from, since: newest, seen: met.slice(0, mostSeen), sweep: null } }
}

/** Short; that two near each other share it is as good as impossible. */
function markOf({ key }: RawEvent): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 11)
}

export async function readPage(
  ports: Ports,
  link: Link,
  { page, limit }: { readonly page: string | null; readonly limit: number },
): Promise<{ readonly events: readonly RawEvent[]; readonly next: string | null }> {
  const query = {
    limit: String(Math.min(100, Math.max(1, limit))),
    ...(page === null ? {} : { cursor: page }),
  }
  const answer = await call(ports, link, { method: 'app.bsky.notification.listNotifications', query })
  const { notifications, cursor } = parse(Page, answer, 'The list of notifications')
  const events = notifications
    .filter(({ reason = '' }) => !aboutOthers.has(reason))
    .map((each) =>
      rawEvent({ action: 'create', uri: each.uri }, each, { form: 'view', at: timeOf(each.indexedAt) }),
    )
  return { events, next: cursor ?? null }
}

/** Not said to us: reposts of what we reposted, posts of those we follow, and the like. */
const aboutOthers = new Set([
  'subscribed-post',
  'like-via-repost',
  'repost-via-repost',
  'starterpack-joined',
  'contact-match',
])

async function pollOwn(
  ports: Ports,
  link: Link,
  { revision, limit }: { readonly revision: string | null; readonly limit: number },
): Promise<{ readonly events: readonly RawEvent[]; readonly revision: string | null }> {
  const us = link.account?.id
  if (us === undefined) return { events: [], revision }
  const now = await ownRevision(ports, link, us)
  if (revision === null || now === revision) return { events: [], revision: now }
  const { events } = await ownPosts(ports, link, { us, page: null, limit: Math.min(limit, 30) })
  return { events, revision: now }
}
