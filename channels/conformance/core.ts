// A small core in memory: it keeps raw events by key, commits the cursor with them, reads them and applies what they
// mean, as the server does, so that a channel is driven the way it will be.
import { EngagementInput } from '../../contract/engagement.ts'
import type { Target } from '../acting.ts'
import type { ChannelFailure, Attachment, Channel, Consent, Link, RawEvent, Receipt } from '../channel.ts'
import type { Backend } from './backend.ts'

export interface Kept {
  readonly engagement: EngagementInput
  readonly state: 'live' | 'gone'
  /** The key of the raw event that brought it. */
  readonly key: string
}

export interface Trouble {
  readonly where: string
  readonly error: unknown
}

export class Core {
  readonly backend: Backend
  channel: Channel
  cursor: string | null = null
  readonly raw = new Map<string, RawEvent>()
  readonly kept = new Map<string, Kept>()
  readonly receipts: Receipt[] = []
  readonly attachments: Attachment[] = []
  readonly consents: Consent[] = []
  readonly unknown: string[] = []
  /** What the channel said it could not do. */
  readonly failures: ChannelFailure[] = []
  /** What no channel may do: throw something else, or hand over what is no engagement. */
  readonly bugs: Trouble[] = []
  /** Our acts that took effect, by the network's name. */
  readonly ours = new Set<string>()
  #early = new Map<string, { readonly activity: EngagementInput; readonly key: string }[]>()
  #reading: Promise<void> = Promise.resolve()

  constructor(backend: Backend) {
    this.backend = backend
    this.channel = openChannel(backend)
  }

  /** Keeps what is new and the cursor at once; what it means is read after. */
  commit(events: readonly RawEvent[], cursor: string | null | undefined): void {
    for (const event of events) {
      if (event.key.length === 0 || event.key.length > 512) this.#bug('key', new Error('a key of no length'))
      if (this.raw.has(event.key)) continue
      this.raw.set(event.key, event)
      this.#reading = this.#reading.then(() => this.#read(event))
    }
    if (cursor !== undefined) this.cursor = cursor
  }

  /** Resolves when all that was committed has been read. */
  settled(): Promise<void> {
    return this.#reading
  }

  /** What is known of an engagement by the network's name. */
  find(externalId: string): Kept | undefined {
    return this.kept.get(externalId)
  }

  /** Everything said with these words in it, in the order it came. */
  with(words: string): readonly Kept[] {
    return [...this.kept.values()].filter(({ engagement }) => engagement.text.includes(words))
  }

  /** The facts by which the server would answer this. */
  targetOf({ engagement }: Kept): Target {
    const handle = this.backend.link.account?.handle ?? ''
    const mine = [...this.kept.values()].filter(
      (each) =>
        each.engagement.direction === 'in' &&
        each.engagement.author.externalId === engagement.author.externalId,
    )
    return {
      address: engagement.author.externalId,
      parentExternalId: engagement.externalId,
      earlierExternalIds: this.#earlier(engagement),
      subject: engagement.subject ?? null,
      visibility: engagement.visibility,
      lastHeardAt: Math.max(...mine.map((each) => Date.parse(each.engagement.publishedAt))),
      answersSince: 0,
      isSummoned: engagement.mentions.includes(handle.replace(/^@/, '')),
      isParentGone: false,
      isOptedOut: false,
    }
  }

  #earlier(engagement: EngagementInput): readonly string[] {
    const found: string[] = []
    let next = engagement.parentExternalId
    while (next !== undefined && !found.includes(next) && found.length < 100) {
      found.unshift(next)
      next = this.find(next)?.engagement.parentExternalId
    }
    return found
  }

  async #read(event: RawEvent): Promise<void> {
    const { channel } = this
    if (channel.normalise === undefined) return this.#bug('normalise', new Error('it cannot read its events'))
    try {
      const meant = await channel.normalise(event)
      this.unknown.push(...(meant.unknown ?? []))
      this.attachments.push(...(meant.attachments ?? []))
      this.consents.push(...(meant.consents ?? []))
      for (const activity of meant.activities) this.#apply(EngagementInput.parse(activity), event.key)
      for (const receipt of meant.receipts ?? []) this.receipts.push(receipt)
    } catch (error) {
      this.#bug(`normalise ${event.key}`, error)
    }
  }

  #apply(activity: EngagementInput, key: string): void {
    const id = activity.externalId
    const known = this.kept.get(id)
    if (activity.type === 'Update' || activity.type === 'Delete') {
      if (known === undefined) {
        this.#early.set(id, [...(this.#early.get(id) ?? []), { activity, key }])
      } else {
        this.kept.set(id, changed(known, activity))
      }
      return
    }
    if (known !== undefined) return
    this.kept.set(id, { engagement: activity, state: 'live', key })
    const early = this.#early.get(id) ?? []
    this.#early.delete(id)
    for (const late of early) this.#apply(late.activity, late.key)
  }

  #bug(where: string, error: unknown): void {
    this.bugs.push({ where, error })
  }
}

/** The newest version stays, whatever order they came in; what is gone stays gone. */
function changed(known: Kept, activity: EngagementInput): Kept {
  const { engagement } = known
  if (known.state === 'gone') return known
  if (activity.type === 'Delete') {
    return { ...known, state: 'gone', engagement: { ...engagement, text: '', media: [] } }
  }
  const before = Date.parse(engagement.updatedAt ?? engagement.publishedAt)
  const after = Date.parse(activity.updatedAt ?? activity.publishedAt)
  if (after < before) return known
  const { text, media, mentions, updatedAt } = activity
  return { ...known, engagement: { ...engagement, text, media, mentions, updatedAt } }
}

/** The channel at work for the backend's connection, with other secrets where they are given. */
export function openChannel(backend: Backend, secrets?: Link['secrets']): Channel {
  const link = secrets === undefined ? backend.link : { ...backend.link, secrets }
  const channel = backend.plug.open(backend.ports, backend.settings, link)
  if (channel === null) throw new Error('the plug opens no channel for the connection of this backend')
  return channel
}
