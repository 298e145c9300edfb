import { z } from 'zod'
import { ChannelFailure, type Link, type RawEvent } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { askAppView } from './app-view.ts'
import { parse, rawEvent, timeOf } from './heard.ts'

const View = z.looseObject({
  uri: z.string(),
  author: z.looseObject({ did: z.string() }),
  indexedAt: z.string(),
})
const Node = z.object({ post: View, replies: z.array(z.unknown()).optional() })
const Thread = z.object({ thread: z.unknown() })
const mostPosts = 2_000

/** What others said below a post of ours; blocked and deleted posts are not there. */
export async function threadBelow(
  ports: Ports,
  link: Link,
  { uri, us }: { readonly uri: string; readonly us: string },
): Promise<readonly RawEvent[]> {
  const query = { uri, depth: '50', parentHeight: '0' }
  const answer = await readThread(ports, link, query)
  if (answer === null) return []
  const events: RawEvent[] = []
  let waiting: readonly unknown[] = [parse(Thread, answer, 'A thread').thread]
  while (waiting.length > 0 && events.length < mostPosts) {
    const nodes = waiting.flatMap((each) => Node.safeParse(each).data ?? [])
    for (const { post } of nodes) {
      if (post.author.did === us) continue
      const at = timeOf(post.indexedAt)
      events.push(rawEvent({ action: 'create', uri: post.uri }, post, { form: 'view', at }))
    }
    waiting = nodes.flatMap(({ replies = [] }) => replies)
  }
  return events
}

async function readThread(
  ports: Ports,
  link: Link,
  query: Readonly<Record<string, string>>,
): Promise<unknown> {
  try {
    return await askAppView(ports, link, { method: 'app.bsky.feed.getPostThread', query })
  } catch (error) {
    if (error instanceof ChannelFailure && error.code === 'target.gone') return null
    throw error
  }
}
