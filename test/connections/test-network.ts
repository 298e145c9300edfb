// A network in this process with a plug of its own, for tests of what the core does with channels. Real channels are
// proven against real servers by the conformance kit.
import {
  ChannelFailure,
  type Channel,
  type Checked,
  type Link,
  type Normalised,
  type Plug,
  type Polled,
  type RawEvent,
  type Streamed,
} from '../../channels/channel.ts'
import type { Manifest } from '../../channels/manifest.ts'
import type { Ports } from '../../channels/ports.ts'

export interface TestNetwork {
  readonly plug: Plug
  /** What was said there, oldest first; the cursor is the number of those seen. */
  readonly said: RawEvent[]
  /** Tokens that the network takes now. */
  token: string
  /** The next calls fail with this. */
  failure: ChannelFailure | null
  /** Polls and streams that were begun. */
  readonly asked: string[]
  refreshes: number
  subscriptions: number
  unsubscriptions: number
  /** A stream without a cursor begins with what comes next. */
  beginsNow: boolean
  /** The next stream no longer knows its cursor. */
  forgets: boolean
  /** Names of engagements that are gone without a word. */
  readonly gone: Set<string>
  /** Everything from the beginning. */
  reset(): void
  say(
    text: string,
    more?: { readonly key?: string; readonly at?: number; readonly by?: string; readonly of?: string },
  ): RawEvent
}

const none = { level: 'none', reason: 'Not on this network.' } as const
const full = { level: 'full' } as const

export function testManifest(more: Partial<Manifest> = {}): Manifest {
  return {
    id: 'testnet',
    title: 'Test network',
    channel: 'testnet',
    source: 'testnet',
    connects: 'each-presence',
    delivers: 'by-the-network',
    listens: ['poll'],
    capabilities: {
      listen: full,
      backfill: full,
      reply: full,
      notify: none,
      post: none,
      react: none,
      direct: none,
      edit: none,
      delete: none,
      deletions: none,
      media: none,
      receipts: full,
      readBack: none,
    },
    text: { unit: 'grapheme', max: 300 },
    pace: { pollMs: 250, silentAfterMs: null },
    budget: null,
    connect: {
      steps: ['Enter the token.'],
      permissions: [{ what: 'read', why: 'to hear what is said' }],
      fields: [
        {
          name: 'token',
          label: 'Token',
          kind: 'password',
          help: '',
          isSecret: true,
          isRequired: true,
          initial: '',
        },
        {
          name: 'handle',
          label: 'Handle',
          kind: 'text',
          help: '',
          isSecret: false,
          isRequired: true,
          initial: '',
        },
      ],
    },
    provenOn: 'twin',
    ...more,
  }
}

export function openTestNetwork(more: Partial<Manifest> = {}): TestNetwork {
  const manifest = testManifest(more)
  const network: TestNetwork = {
    plug: {
      manifest,
      open: (ports, _settings, link) => (link === null ? null : openChannel(network, ports, link)),
    },
    said: [],
    token: 'good',
    failure: null,
    asked: [],
    refreshes: 0,
    subscriptions: 0,
    unsubscriptions: 0,
    beginsNow: false,
    forgets: false,
    gone: new Set(),
    reset() {
      network.said.length = 0
      network.asked.length = 0
      network.gone.clear()
      Object.assign(network, {
        token: 'good',
        failure: null,
        refreshes: 0,
        subscriptions: 0,
        unsubscriptions: 0,
        beginsNow: false,
        forgets: false,
      })
    },
    say(text, { key, at = Date.now(), by, of } = {}) {
      const name = key ?? `post-${network.said.length + 1}`
      const event = { key: name, at, body: Buffer.from(JSON.stringify({ id: name, text, at, by, of })) }
      network.said.push(event)
      return event
    },
  }
  return network
}

function openChannel(network: TestNetwork, ports: Ports, link: Link): Channel {
  const { manifest } = network.plug
  function guard(): void {
    if (network.failure !== null) throw network.failure
    if (link.secrets['token'] !== network.token)
      throw new ChannelFailure('auth.expired', 'The token is not taken any more.')
  }
  function since(cursor: string | null, limit: number): Polled {
    const from = Number(cursor ?? 0)
    const events = network.said.slice(from, from + limit)
    return { events, cursor: String(from + events.length), more: from + events.length < network.said.length }
  }
  async function* stream(cursor: string | null, signal: AbortSignal): AsyncGenerator<Streamed> {
    network.asked.push('stream')
    if (network.forgets) {
      network.forgets = false
      network.failure = new ChannelFailure('network.down', 'Out of reach.')
      yield { events: [], cursor: null }
      return
    }
    const first = network.beginsNow ? String(network.said.length) : null
    for (let at = cursor ?? first; !signal.aborted;) {
      guard()
      const { events, cursor: next } = since(at, 100)
      at = next
      yield { events, cursor: next }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  return {
    manifest,
    async check(): Promise<Checked> {
      if (network.failure !== null) throw network.failure
      if (link.secrets['token'] !== network.token)
        return { state: 'needs-reauth', detail: 'The token is not taken.' }
      const handle = link.config['handle'] ?? ''
      const account = { id: `id-${handle}`, handle, name: handle, url: null, avatarUrl: null }
      return { state: 'ok', account, detail: 'It works.', permissions: ['read'] }
    },
    async refresh() {
      network.refreshes += 1
      await new Promise((resolve) => setTimeout(resolve, 50))
      if (network.failure !== null) throw network.failure
      return { ...link.secrets, token: network.token }
    },
    ...(manifest.listens.includes('push') && {
      async subscribe() {
        guard()
        network.subscriptions += 1
        return { until: Date.now() + 3_600_000 }
      },
      async unsubscribe() {
        network.unsubscriptions += 1
      },
      receive(request) {
        if (request.headers['x-secret'] !== link.secrets['token'])
          return { result: 'reject' as const, status: 401 as const, reason: 'the secret does not fit' }
        if (request.query['challenge'] !== undefined) {
          const answer = { status: 200, contentType: 'text/html', body: request.query['challenge'] }
          return { result: 'challenge' as const, answer }
        }
        const { id } = JSON.parse(Buffer.from(request.body).toString()) as { id: string }
        return { result: 'accept' as const, events: [{ key: id, at: Date.now(), body: request.body }] }
      },
    }),
    async poll(cursor, limit) {
      network.asked.push('poll')
      guard()
      return since(cursor, limit)
    },
    ...(manifest.listens.includes('stream') && {
      stream,
      async begin() {
        guard()
        return network.beginsNow ? String(network.said.length) : null
      },
    }),
    async backfill(cursor, limit) {
      guard()
      return since(cursor, Math.min(limit, 10))
    },
    normalise: (event) => normalise(network, event),
    async reconcileDeletes(externalIds) {
      return externalIds.filter((id) => network.gone.has(id))
    },
    canAct: () => ({ can: true }),
    preview: (text) => ({ length: text.length, max: 300, warnings: [] }),
    nameFor: () => null,
    async act(command) {
      const answer = await ports.http.fetch({
        url: 'http://127.0.0.1:9/',
        method: 'POST',
        body: command.text,
      })
      return { result: 'done', networkId: String(answer.status), detail: '' }
    },
    readBack: async () => 'cannot-say',
  }
}

interface Post {
  readonly id: string
  readonly text: string
  readonly at?: number
  readonly type?: 'Create' | 'Update' | 'Delete'
  readonly of?: string
  /** Who says it; Kim where left out. */
  readonly by?: string
}

async function normalise({ plug }: TestNetwork, event: RawEvent): Promise<Normalised> {
  const post = JSON.parse(Buffer.from(event.body).toString()) as Post
  if (post.text === 'poison') throw new Error('this post cannot be read')
  if (post.text === 'compute for ever') for (;;);
  if (post.text === 'for ever') return new Promise(() => {})
  if (post.text === 'nonsense') return { activities: [{ type: 'Dance' } as never] }
  if (post.text === 'left' || post.text === 'back') {
    const author = { externalId: post.of ?? 'kim', at: post.at ?? 0 }
    return { activities: [], [post.text === 'left' ? 'goneAuthors' : 'returnedAuthors']: [author] }
  }
  if (post.text === 'news') return { activities: [], unknown: ['poll.vote'] }
  if (post.text === 'delivered')
    return {
      activities: [],
      receipts: [{ networkId: post.of ?? '', state: 'delivered', detail: '', at: Date.now() }],
    }
  if (post.text === 'STOP')
    return { activities: [], consents: [{ address: '+49', mayWrite: false, at: post.at ?? 0 }] }
  const at = new Date(post.at ?? Date.now()).toISOString()
  const externalId = post.of ?? post.id
  const by = post.by ?? 'Kim'
  return {
    activities: [
      {
        type: post.type ?? 'Create',
        kind: 'Note',
        source: plug.manifest.source,
        channel: plug.manifest.channel,
        externalId,
        direction: 'in',
        author: { externalId: by.toLowerCase(), handle: by.toLowerCase(), name: by },
        presence: 'acme',
        mentions: [],
        visibility: 'public',
        text: post.text,
        media: [],
        publishedAt: at,
        ...(post.type === 'Update' && { updatedAt: at }),
        automatic: false,
      },
    ],
    attachments: post.text.includes('[picture]')
      ? [{ externalId, name: '../../a\u202Eb.png', mediaType: 'text/html', bytes: png }]
      : [],
  }
}

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
