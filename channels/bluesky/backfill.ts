// History, newest first: what was said to us as the notifications keep it, what we said, and the threads below what we
// said. Notifications and threads exist where a service behind the server gathers them; our own posts always.
import { z } from 'zod'
import { ChannelFailure, type Link, type Polled, type RawEvent } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { askAppView, isAway } from './app-view.ts'
import { parse } from './heard.ts'
import { readPage } from './notifications.ts'
import { ownPosts } from './own-posts.ts'
import { threadBelow } from './thread.ts'
import { XrpcFailure } from './xrpc.ts'

const Cursor = z.object({
  v: z.literal(1),
  phase: z.enum(['notifications', 'own', 'threads']),
  page: z.string().nullable(),
  /** Posts of this page whose threads are read already. */
  done: z.number(),
})
type Cursor = z.infer<typeof Cursor>

interface Step {
  readonly events: readonly RawEvent[]
  /** Null where all is told. */
  readonly next: Cursor | null
}

export async function backfill(
  ports: Ports,
  link: Link,
  { cursor, limit }: { readonly cursor: string | null; readonly limit: number },
): Promise<Polled> {
  const us = link.account?.id
  if (us === undefined) throw new ChannelFailure('contract.violation', 'The account is not known yet.')
  const from = readCursor(cursor)
  const { events, next } = await step(ports, link, { us, from, limit })
  return { events, cursor: next === null ? null : JSON.stringify(next), more: next !== null }
}

function readCursor(text: string | null): Cursor {
  const first: Cursor = { v: 1, phase: 'notifications', page: null, done: 0 }
  if (text === null) return first
  try {
    return Cursor.parse(JSON.parse(text))
  } catch {
    return first
  }
}

interface Stepping {
  readonly us: string
  readonly from: Cursor
  readonly limit: number
}

function step(ports: Ports, link: Link, stepping: Stepping): Promise<Step> {
  switch (stepping.from.phase) {
    case 'notifications':
      return notifications(ports, link, stepping)
    case 'own':
      return own(ports, link, stepping)
    case 'threads':
      return threads(ports, link, stepping)
  }
}

async function notifications(ports: Ports, link: Link, { from, limit }: Stepping): Promise<Step> {
  const then: Cursor = { ...from, phase: 'own', page: null }
  try {
    const { events, next } = await readPage(ports, link, { page: from.page, limit })
    return { events, next: next === null || next === from.page ? then : { ...from, page: next } }
  } catch (error) {
    if (error instanceof XrpcFailure && isAway(error)) return { events: [], next: then }
    throw error
  }
}

async function own(ports: Ports, link: Link, { us, from, limit }: Stepping): Promise<Step> {
  const { events, next } = await ownPosts(ports, link, { us, page: from.page, limit })
  if (next !== null && events.length > 0) return { events, next: { ...from, page: next } }
  return { events, next: { ...from, phase: 'threads', page: null } }
}

const Feed = z.object({
  feed: z.array(
    z.looseObject({
      post: z.looseObject({
        uri: z.string(),
        author: z.object({ did: z.string() }),
        replyCount: z.number().optional(),
      }),
      reason: z.unknown().optional(),
    }),
  ),
  cursor: z.string().optional(),
})

/** A page of our feed at a time; of it one thread after the other, until there is enough for this time. */
async function threads(ports: Ports, link: Link, { us, from, limit }: Stepping): Promise<Step> {
  const query = {
    actor: us,
    limit: '50',
    filter: 'posts_with_replies',
    ...(from.page === null ? {} : { cursor: from.page }),
  }
  const answer = await askAppView(ports, link, { method: 'app.bsky.feed.getAuthorFeed', query })
  if (answer === null) return { events: [], next: null }
  const { feed, cursor } = parse(Feed, answer, 'The list of our posts')
  const asked = feed.filter(
    ({ post, reason }) => post.author.did === us && reason === undefined && (post.replyCount ?? 0) > 0,
  )
  const events: RawEvent[] = []
  let done = from.done
  for (const { post } of asked.slice(from.done)) {
    if (events.length >= limit) return { events, next: { ...from, done } }
    events.push(...(await threadBelow(ports, link, { uri: post.uri, us })))
    done += 1
  }
  const isLast = cursor === undefined || cursor === from.page
  return { events, next: isLast ? null : { ...from, page: cursor, done: 0 } }
}
