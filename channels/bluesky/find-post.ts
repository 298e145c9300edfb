// What is answered, liked or shared, with its content id, as the network holds it now.
import { z } from 'zod'
import { ChannelFailure, type Link } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { askAppView } from './app-view.ts'
import { readUri } from './at-uri.ts'
import { isBlockedBy } from './blocked-by.ts'
import { parse } from './heard.ts'
import { call } from './xrpc.ts'

export interface Ref {
  readonly uri: string
  readonly cid: string
}

export interface FoundPost extends Ref {
  /** The beginning of its thread. */
  readonly root: Ref
  /** Why it may not be answered; null where it may. */
  readonly closed: string | null
}

const StrongRef = z.object({ uri: z.string(), cid: z.string() })
const Answering = z.object({ reply: z.object({ root: StrongRef }).optional() })
const Viewed = z.object({
  posts: z.array(
    z.object({
      uri: z.string(),
      cid: z.string(),
      record: z.unknown(),
      viewer: z.object({ replyDisabled: z.boolean().optional() }).optional(),
      author: z.object({
        viewer: z.object({ blockedBy: z.boolean().optional(), blocking: z.string().optional() }).optional(),
      }),
    }),
  ),
})
const Stored = z.object({ uri: z.string(), cid: z.string(), value: z.unknown() })

/** Fails with `target.gone` where it is not there any more. */
export async function findPost(ports: Ports, link: Link, uri: string): Promise<FoundPost> {
  const name = readUri(uri)
  if (name === null) throw new ChannelFailure('target.gone', 'What is answered has no name on Bluesky.')
  const seen = await viewed(ports, link, uri)
  if (seen !== null) return seen
  const query = { repo: name.did, collection: name.collection, rkey: name.rkey }
  const stored = parse(
    Stored,
    await call(ports, link, { method: 'com.atproto.repo.getRecord', query }),
    'A record',
  )
  const closed = (await isBlockedBy(ports, name.did)) ? 'This account blocks us.' : null
  return { ...found({ uri: stored.uri, cid: stored.cid }, stored.value), closed }
}

/** Null where nobody gathers posts, or where this one is not gathered yet. */
async function viewed(ports: Ports, link: Link, uri: string): Promise<FoundPost | null> {
  const answer = await askAppView(ports, link, { method: 'app.bsky.feed.getPosts', query: { uris: uri } })
  if (answer === null) return null
  const [post] = parse(Viewed, answer, 'A post').posts
  if (post === undefined) return null
  const { blockedBy, blocking } = post.author.viewer ?? {}
  const reasons = [
    blockedBy === true ? 'This account blocks us.' : null,
    blocking === undefined ? null : 'We block this account.',
    post.viewer?.replyDisabled === true ? 'Its author lets only some people answer.' : null,
  ]
  const closed = reasons.find((reason) => reason !== null) ?? null
  return { ...found({ uri: post.uri, cid: post.cid }, post.record), closed }
}

function found(ref: Ref, record: unknown): FoundPost {
  const root = Answering.safeParse(record).data?.reply?.root ?? ref
  return { ...ref, root, closed: null }
}

/** Which of these are gone. Only posts are looked for where posts are gathered. */
export async function findGone(
  ports: Ports,
  link: Link,
  uris: readonly string[],
): Promise<readonly string[]> {
  const gone: string[] = []
  for (let start = 0; start < uris.length; start += 25) {
    const asked = uris.slice(start, start + 25).filter((uri) => readUri(uri) !== null)
    const missing = await notGathered(ports, link, asked)
    for (const uri of missing) if (await isGone(ports, link, uri)) gone.push(uri)
  }
  return gone
}

async function notGathered(ports: Ports, link: Link, uris: readonly string[]): Promise<readonly string[]> {
  if (uris.length === 0) return []
  const answer = await askAppView(ports, link, { method: 'app.bsky.feed.getPosts', query: { uris } })
  if (answer === null) return uris
  const there = new Set(parse(Viewed, answer, 'A list of posts').posts.map(({ uri }) => uri))
  return uris.filter((uri) => !there.has(uri))
}

async function isGone(ports: Ports, link: Link, uri: string): Promise<boolean> {
  const name = readUri(uri)
  if (name === null) return false
  const query = { repo: name.did, collection: name.collection, rkey: name.rkey }
  try {
    await call(ports, link, { method: 'com.atproto.repo.getRecord', query })
    return false
  } catch (error) {
    if (error instanceof ChannelFailure && error.code === 'target.gone') return true
    throw error
  }
}
