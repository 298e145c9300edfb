// The plug that every channel is: a manifest, which is data, and functions over injected ports. A channel keeps no
// state between calls, sets no timers and knows no database. The core decides when it is called, keeps what it hears,
// counts its budget, and tries again.
import type { EngagementInput } from '../contract/engagement.ts'
import type { MessageTemplate } from '../contract/message-template.ts'
import type { Act, Acted, CanAct, Command, Preview, ReadBack, Target } from './acting.ts'
import type { Manifest } from './manifest.ts'
import type { Ports } from './ports.ts'

/** What may go wrong, for every network the same; the core decides by this what is tried again. */
export type ChannelError =
  | 'auth.expired'
  | 'auth.revoked'
  | 'scope.missing'
  | 'rate'
  | 'window.closed'
  | 'content.rejected'
  | 'target.gone'
  | 'target.forbidden'
  | 'duplicate'
  | 'network.down'
  | 'timeout.unknown'
  | 'contract.violation'
  | 'bug'

/** How `check`, `poll`, `stream`, `backfill`, `subscribe` and `refresh` fail. `message` is a sentence for members. */
export class ChannelFailure extends Error {
  override readonly name = 'ChannelFailure'
  readonly code: ChannelError
  /** As long as the network asks to wait. */
  readonly retryAfterMs: number | null
  constructor(
    code: ChannelError,
    message: string,
    more: { readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause })
    this.code = code
    this.retryAfterMs = more.retryAfterMs ?? null
  }
}

/** An account of ours on a network. `id` is opaque and stable; handles change. */
export interface Account {
  readonly id: string
  readonly handle: string
  readonly name: string
  readonly url: string | null
  readonly avatarUrl: string | null
}

/** One connection of a presence, as its channel sees it. */
export interface Link {
  readonly id: string
  /** Null until a check found it. */
  readonly account: Account | null
  /** What a member gave, by the names of the manifest's fields; secrets only in memory. */
  readonly config: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  /** Where the network may push to; holds a secret of its own. */
  readonly hookUrl: string
}

// Listening --------------------------------------------------------------------------------------------------------

/** One thing the network said, as it said it. */
export interface RawEvent {
  /** Names it within its connection; what comes again under this name is the same. At most 512 characters. */
  readonly key: string
  /** The network's time, ms since 1970; null where it says none. */
  readonly at: number | null
  /** Bytes as they came. */
  readonly body: Uint8Array
  /** What `normalise` must know beside the bytes, such as a topic or a folder. `actor` says who made it, and nobody else. */
  readonly facts?: Readonly<Record<string, string>>
}

export interface Polled {
  readonly events: readonly RawEvent[]
  /** Opaque and versioned by the channel itself; committed together with the events. */
  readonly cursor: string | null
  /** More waits already: asked again at once. */
  readonly more: boolean
  /** Asked again after this long, where nothing more waits; the manifest's pace where left out. */
  readonly pollAfterMs?: number
}

/** A piece of a stream; without events it is a sign of life that may move the cursor. */
export interface Streamed {
  readonly events: readonly RawEvent[]
  readonly cursor: string | null
}

export interface HookRequest {
  readonly method: string
  readonly query: Readonly<Record<string, string>>
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface HookAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** What a push was. Events are committed before the answer leaves. */
export type Received =
  | { readonly result: 'accept'; readonly events: readonly RawEvent[]; readonly answer?: HookAnswer }
  | { readonly result: 'challenge'; readonly answer: HookAnswer }
  | { readonly result: 'reject'; readonly status: 400 | 401 | 403 | 413; readonly reason: string }

/** What happened later to words of ours. */
export interface Receipt {
  readonly networkId: string
  readonly state: 'delivered' | 'read' | 'failed'
  readonly detail: string
  readonly at: number
}

/** Bytes that belong to an engagement; the core keeps them and adds a media reference. */
export interface Attachment {
  /** Of the engagement, in the same source. */
  readonly externalId: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** Somebody does not want to hear from us here, or wants to again. */
export interface Consent {
  readonly address: string
  readonly mayWrite: boolean
  readonly at: number
}

/** A member answers, from a program of their own, what asked them to. The core takes it only from that member. */
export interface MailedAnswer {
  /** What the asking bore. */
  readonly token: string
  /** Who it says it is from, as the channel names them. */
  readonly from: string
  /** Whether the network vouches for that. */
  readonly sender: 'verified' | 'unknown' | 'refuted'
  readonly externalId: string
  readonly text: string
  readonly at: number
}

/** What a raw event means. Nothing where it says nothing to us. */
export interface Normalised {
  readonly activities: readonly EngagementInput[]
  readonly receipts?: readonly Receipt[]
  readonly attachments?: readonly Attachment[]
  readonly consents?: readonly Consent[]
  readonly mailedAnswers?: readonly MailedAnswer[]
  /** Accounts that left the network or were taken from it, by their external id: nothing of theirs may stay. */
  readonly goneAuthors?: readonly { readonly externalId: string; readonly at: number }[]
  /** Accounts that are there again: what they say from now on is heard. */
  readonly returnedAuthors?: readonly { readonly externalId: string; readonly at: number }[]
  /** Kinds of thing or fields that this channel does not know: kept raw and counted, never dropped unseen. */
  readonly unknown?: readonly string[]
}

/** How long pushes go on without renewal, ms since 1970; null: for ever. */
export interface Lease {
  readonly until: number | null
}

/** Whether a connection works. `read` only: it changes nothing on the network. */
export type Checked =
  | {
      readonly state: 'ok'
      readonly account: Account
      readonly detail: string
      /** What the network lets us do here, in its own words. */
      readonly permissions: readonly string[]
    }
  | {
      readonly state: 'needs-reauth' | 'missing-scope' | 'unreachable' | 'misconfigured'
      readonly detail: string
    }

/** A channel at work for one connection (or, without one, for the whole installation). Cheap to make, without state. */
export interface Channel {
  readonly manifest: Manifest

  /** Never writes. */
  check?(): Promise<Checked>
  /** New secrets where the old ones ran out; called by the core under a lock. Fails with `auth.revoked` for good. */
  refresh?(): Promise<Readonly<Record<string, string>>>

  /** Desired state: pushes reach our hook. Safe to call again. */
  subscribe?(): Promise<Lease>
  unsubscribe?(): Promise<void>
  /** Verified on the bytes as they came, in constant time. */
  receive?(request: HookRequest): Received | Promise<Received>
  poll?(cursor: string | null, limit: number): Promise<Polled>
  /** Ends by itself only where the network ends it; the core connects again. */
  readonly stream?: (cursor: string | null, signal: AbortSignal) => AsyncIterable<Streamed>
  /**
   * Where a stream that began now would begin, asked for once when a presence is connected: what is said until somebody
   * listens is heard then. Null where the network keeps nothing, or keeps it for us.
   */
  readonly begin?: (signal: AbortSignal) => Promise<string | null>
  /** History, newest or oldest first; has a cursor of its own and ends with `more: false`. */
  backfill?(cursor: string | null, limit: number): Promise<Polled>
  /** Deterministic and pure but for parsing; the same bytes mean the same. */
  normalise?(event: RawEvent): Normalised | Promise<Normalised>
  /** Which of these are gone from the network, where it says nothing by itself. */
  readonly reconcileDeletes?: (externalIds: readonly string[]) => Promise<readonly string[]>

  /** What the network approved to be sent where nothing else may be; fails as `poll` does. */
  templates?(): Promise<readonly MessageTemplate[]>
  canAct(target: Target, now: number, act?: Act): CanAct
  preview(text: string): Preview
  /** The network's name of what an act with this key makes, where we give it; null where the network does. */
  nameFor(key: string): string | null
  /** The same key is the same act, however often it is called. Failures are answers; only a bug throws. */
  act(command: Command, key: string): Promise<Acted>
  /** Looks whether an act took effect; only asked where the manifest says `readBack`. */
  readBack(command: Command, key: string): Promise<ReadBack>
}

/** The original of what was said as a page that can do nothing, and the policy that it is served under. */
export interface Original {
  readonly html: string
  /** For the header Content-Security-Policy. */
  readonly policy: string
}

/** Settings of the installation that channels read. */
export interface ChannelSettings {
  readonly smtp: { readonly url: string; readonly from: string } | undefined
}

/**
 * One kind of channel. `open` gets a link where presences are connected one by one, none where one setting of the
 * installation serves all; null where it is not set up so.
 */
export interface Plug {
  readonly manifest: Manifest
  open(ports: Ports, settings: ChannelSettings, link: Link | null): Channel | null
  /** Where networks send more than words, such as HTML: shown in a frame only. */
  original?(event: RawEvent): Promise<Original>
  /** Pages that the network asks of us by fixed addresses, such as an actor of our own. */
  site?(ports: SitePorts): Site
}

/** What a site may use beside the ports: connections by account, and the door by which events come in. */
export interface SitePorts extends Ports {
  readonly publicUrl: string
  /** The connection of this channel whose account has this handle. */
  linkOf(handle: string): Promise<Link | null>
  /** All connections of this channel that this installation answers for. */
  links(): Promise<readonly Link[]>
  portsOf(link: Link): Ports
  /** Resolves after the commit that holds them. */
  keep(link: Link, events: readonly RawEvent[]): Promise<void>
}

export interface Site {
  /** Paths that it answers, by their beginning. */
  readonly prefixes: readonly string[]
  handle(request: Request): Promise<Response>
}
