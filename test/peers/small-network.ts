// A small network that gives its own names, splits what is long, has a window for answers, and fails when told to. It
// keeps what took effect, so that a test sees what a customer would see.
import type { Acted, CanAct, Command, OutgoingMedia, Target } from '../../channels/acting.ts'
import type { Channel, ChannelError } from '../../channels/channel.ts'
import type { MessageTemplate } from '../../contract/message-template.ts'
import type { Capability, Manifest, Support } from '../../channels/manifest.ts'
import type { Connections } from '../../server/replies/index.ts'

export interface NetworkPost {
  readonly name: string
  readonly what: Command['what']
  text: string
  readonly below: string | null
  readonly to: string | null
  readonly visibility: string | undefined
  readonly key: string
  readonly media: readonly OutgoingMedia[]
  isGone: boolean
}

export type NetworkFault =
  /** It takes effect, and the answer is lost. */
  'lose-answer' | { readonly error: ChannelError; readonly retryAfterMs?: number }

export interface SmallNetwork {
  readonly connections: Connections
  readonly posts: NetworkPost[]
  /** How often anything was asked to take effect. */
  readonly acts: () => number
  fault: NetworkFault | null
  /** Called while an act is on its way, after it took effect. */
  meanwhile: (() => Promise<void>) | null
  /** Connects a presence; `waits` as a paused connection says it. */
  connect(presenceId: string, connectionId: string): void
  pause(connectionId: string, reason: string | null): void
}

const full: Support = { level: 'full' }
const capabilities: Record<Capability, Support> = {
  listen: full,
  backfill: full,
  reply: full,
  notify: { level: 'none', reason: 'a test needs none' },
  post: full,
  react: full,
  direct: full,
  edit: full,
  delete: full,
  deletions: full,
  media: full,
  receipts: full,
  readBack: full,
}

export const smallManifest: Manifest = {
  id: 'small',
  title: 'Small network',
  channel: 'small',
  source: 'small',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['poll'],
  capabilities,
  visibilities: ['public', 'followers', 'direct'],
  text: { unit: 'grapheme', max: 40 },
  media: {
    most: 2,
    maxTotalBytes: null,
    kinds: [{ types: ['image/png', 'image/jpeg'], maxBytes: 1_000, isAlone: false }],
    alt: { max: 100 },
  },
  pace: { pollMs: 60_000, silentAfterMs: null },
  budget: null,
  connect: { steps: [], permissions: [], fields: [] },
  provenOn: 'twin',
}

export const windowMs = 24 * 3_600_000

const templates: readonly MessageTemplate[] = [
  {
    name: 'hello_again',
    language: 'en',
    header: '',
    body: 'Hello {{1}}, are you there?',
    footer: 'Acme',
    buttons: [],
    blanks: [{ where: 'body', name: '1', example: 'Jo' }],
    cost: 'one utility message',
    cannot: null,
  },
]

export function startSmallNetwork(): SmallNetwork {
  const posts: NetworkPost[] = []
  const accounts = new Map<string, string>()
  const paused = new Map<string, string>()
  let count = 0
  let acts = 0

  function take(command: Command, key: string): readonly string[] {
    const known = posts.filter((post) => post.key === key).map(({ name }) => name)
    if (known.length > 0) return known
    const own = new Set(command.target.ownExternalIds)
    const changed = posts.filter(({ name }) => own.has(name))
    if (command.what === 'edit') for (const post of changed) post.text = command.text
    if (command.what === 'delete') for (const post of changed) post.isGone = true
    if (command.what === 'edit' || command.what === 'delete') return [...own]
    return partsOf(command.text).map((text, index) => {
      count += 1
      const { parentExternalId: below, address: to, visibility } = command.target
      const name = `small:${count}`
      const media = index === 0 ? (command.media ?? []) : []
      posts.push({ name, what: command.what, text, below, to, visibility, key, media, isGone: false })
      return name
    })
  }

  const channel: Channel = {
    manifest: smallManifest,
    canAct,
    preview: (text) => {
      const parts = partsOf(text)
      return { length: text.length, max: 40, warnings: [], parts, cost: `${parts.length} messages` }
    },
    templates: async () => templates,
    nameFor: () => null,
    async act(command, key): Promise<Acted> {
      acts += 1
      const { fault } = network
      if (fault !== null && fault !== 'lose-answer') {
        return { result: 'refused', detail: 'The network said no.', ...fault }
      }
      const [networkId = '', ...otherIds] = take(command, key)
      await network.meanwhile?.()
      if (fault === 'lose-answer') return { result: 'unknown', detail: 'The answer was lost.' }
      return { result: 'done', networkId, otherIds, detail: '' }
    },
    async readBack(command, key) {
      const names = posts.filter((post) => post.key === key).map(({ name }) => name)
      const own = command.target.ownExternalIds ?? []
      const mine = posts.filter(({ name }) => own.includes(name))
      if (command.what === 'delete') return mine.every(({ isGone }) => isGone) ? 'there' : 'absent'
      if (command.what === 'edit') return mine.every(({ text }) => text === command.text) ? 'there' : 'absent'
      const [networkId, ...otherIds] = names
      return networkId === undefined ? 'absent' : { networkId, otherIds }
    },
  }

  const network: SmallNetwork = {
    connections: {
      async open(_workspaceId, presenceId) {
        const connectionId = accounts.get(presenceId)
        if (connectionId === undefined) return null
        return { channel, connectionId, waits: paused.get(connectionId) ?? null }
      },
    },
    posts,
    acts: () => acts,
    fault: null,
    meanwhile: null,
    connect: (presenceId, connectionId) => void accounts.set(presenceId, connectionId),
    pause: (connectionId, reason) =>
      void (reason === null ? paused.delete(connectionId) : paused.set(connectionId, reason)),
  }
  return network
}

function partsOf(text: string): readonly string[] {
  return text === '' ? [''] : (text.match(/.{1,40}/gsu) ?? [text])
}

/** A day after somebody's last words only a template may be sent. */
function canAct(target: Target, now: number, act?: Command['what']): CanAct {
  if (act !== 'reply' && act !== undefined) return { can: true }
  if (target.isOptedOut) return { can: false, reason: 'they asked not to be written to', until: null }
  if (target.isParentGone) return { can: false, reason: 'what is answered is gone', until: null }
  const heard = target.lastHeardAt ?? null
  if (heard === null || now - heard >= windowMs) {
    return { can: false, reason: 'their last words are older than a day', until: null, only: 'template' }
  }
  return { can: true, until: heard + windowMs }
}
