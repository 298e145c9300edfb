import {
  ChannelFailure,
  type Channel,
  type Checked,
  type HookRequest,
  type Link,
  type Plug,
  type Received,
} from '../channel.ts'
import type { Ports } from '../ports.ts'
import { previewText } from '../text-length.ts'
import { bounded, normaliseItem } from './feed-item.ts'
import { manifest } from './feed-manifest.ts'
import { mostFeedBytes } from './fetch-page.ts'
import { backfill, fetchFeed, poll, pushedEvents, type Listening } from './listen-feed.ts'
import { absolute } from './page-links.ts'
import { answerChallenge, isPushed, isSigned, subscribe, unsubscribe } from './websub.ts'

/** One feed of the open web: RSS, Atom or JSON Feed, asked again and again, or pushed by its hub. */
export const feed: Plug = {
  manifest,
  open: (ports, _settings, link) => (link === null ? null : openFeed(ports, link)),
}

const onlyRead = 'a feed is only read'
const dayMs = 86_400_000

function openFeed(ports: Ports, link: Link): Channel {
  const url = absolute(link.config['url'] ?? '', 'https://x.invalid/') ?? ''
  const facts = {
    feed: link.account?.id ?? bounded(url),
    whose: link.config['whose'] ?? 'others',
    presence: link.account?.handle ?? '',
  }
  const listening = async (): Promise<Listening> => ({ ports, url, facts, isPushed: await isPushed(ports) })
  return {
    manifest,
    check: () => check(ports, url),
    poll: async (cursor, limit) => poll(await listening(), cursor, limit),
    backfill: async (cursor) => backfill(await listening(), cursor),
    normalise: normaliseItem,
    async subscribe() {
      const found = await fetchFeed(ports, url, null)
      const hub = found?.hubs[0]
      // No hub: there is nothing to renew, and somebody looks again tomorrow whether there is one.
      if (found === null || hub === undefined) return { until: ports.clock.now() + dayMs }
      return subscribe(ports, { hub, topic: found.topic, callback: link.hookUrl })
    },
    unsubscribe: () => unsubscribe(ports, link.hookUrl),
    receive: async (request) => receive(await listening(), request),
    canAct: () => ({ can: false, reason: onlyRead, until: null }),
    preview: (text) => previewText(text, manifest.text),
    nameFor: () => null,
    act: async () => ({ result: 'refused', error: 'target.forbidden', detail: 'A feed is only read.' }),
    readBack: async () => 'cannot-say',
  }
}

async function receive(listening: Listening, request: HookRequest): Promise<Received> {
  if (request.method === 'GET') return answerChallenge(listening.ports, request)
  if (request.method !== 'POST') return { result: 'reject', status: 400, reason: 'no push' }
  if (request.body.length > mostFeedBytes) return { result: 'reject', status: 413, reason: 'too large' }
  if (!(await isSigned(listening.ports, request))) {
    return { result: 'reject', status: 403, reason: 'not signed by the hub' }
  }
  const { readFeed } = await import('./read-feed.ts')
  const pushed = readFeed(request.body, request.headers['content-type'] ?? '')
  if (pushed === null) return { result: 'reject', status: 400, reason: 'no feed' }
  return { result: 'accept', events: pushedEvents(listening, pushed) }
}

async function check(ports: Ports, url: string): Promise<Checked> {
  if (url === '') return { state: 'misconfigured', detail: 'This is no address of a feed.' }
  try {
    const found = await fetchFeed(ports, url, null)
    if (found === null) return { state: 'unreachable', detail: 'The feed does not answer.' }
    const { host, pathname } = new URL(found.url)
    const name = found.feed.title.trim().slice(0, 300)
    return {
      state: 'ok',
      account: {
        id: bounded(found.url),
        handle: `${host}${pathname}`.slice(0, 300),
        name: name === '' ? host : name,
        url: found.url,
        avatarUrl: null,
      },
      detail:
        found.hubs.length > 0
          ? `${found.feed.items.length} items; its hub pushes new ones.`
          : `${found.feed.items.length} items; it is asked again and again, as it names no hub.`,
      permissions: [],
    }
  } catch (error) {
    if (!(error instanceof ChannelFailure)) throw error
    const isWrong = error.code === 'contract.violation' || error.code === 'target.gone'
    return { state: isWrong ? 'misconfigured' : 'unreachable', detail: error.message }
  }
}
