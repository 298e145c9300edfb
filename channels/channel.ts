// The plug that every channel is: a manifest, which is data, and functions over injected ports. A channel keeps no
// state between calls, sets no timers and knows no database; the outbox calls it and decides what to try again.
import type { Duplex } from 'node:stream'

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

export type Support =
  | { readonly level: 'full' }
  | { readonly level: 'partial' | 'none'; readonly reason: string }

export type Capability = 'listen' | 'reply' | 'notify' | 'edit' | 'delete' | 'readBack'

/** How a network counts the length of a text; `max` null where it sets none worth counting. */
export interface TextRules {
  readonly unit: 'grapheme' | 'utf16' | 'bytes'
  readonly max: number | null
}

export interface Manifest {
  readonly id: string
  readonly title: string
  /** The kind of place, as engagements name it. */
  readonly channel: string
  /** Whether our presences are connected one by one, or one setting of the installation serves them all. */
  readonly connects: 'each-presence' | 'all-presences'
  /** An answer is delivered by our own commit, where the place is ours, or when the network took it. */
  readonly delivers: 'with-our-commit' | 'by-the-network'
  readonly capabilities: Readonly<Record<Capability, Support>>
  readonly text: TextRules
}

/** Where an answer goes: facts of the conversation, as the core knows them. */
export interface Target {
  /** The person on this channel: address, handle or conversation; null where none is known. */
  readonly address: string | null
  /** What is answered, as the network names it. */
  readonly parentExternalId: string | null
  /** What was said before in the thread, oldest first, as the network names it. */
  readonly earlierExternalIds: readonly string[]
  readonly subject: string | null
}

export interface Command {
  /** An answer in words of ours, or a word that one waits elsewhere. */
  readonly what: 'reply' | 'notice'
  readonly target: Target
  readonly text: string
  /** Who speaks, as the person outside sees it. */
  readonly speaker: string
  /** Our account that speaks, as the channel names it. */
  readonly presence: string | null
}

export type CanAct =
  | { readonly can: true }
  | { readonly can: false; readonly reason: string; readonly until: number | null }

export interface Preview {
  /** In the unit of the text rules. */
  readonly length: number
  readonly max: number | null
  readonly warnings: readonly string[]
}

/**
 * What became of an act. `unknown`: it may have taken effect or not; it is read back where that is possible, and
 * never sent again by itself. `detail` is a sentence for members.
 */
export type Acted =
  | { readonly result: 'done'; readonly networkId: string; readonly detail: string }
  | {
      readonly result: 'refused'
      readonly error: ChannelError
      readonly detail: string
      /** As long as the network asks to wait. */
      readonly retryAfterMs?: number
    }
  | { readonly result: 'unknown'; readonly detail: string }

export interface Channel {
  readonly manifest: Manifest
  canAct(target: Target, now: number): CanAct
  preview(text: string): Preview
  /** The network's name of what an act with this key makes, where we give it; null where the network does. */
  nameFor(key: string): string | null
  /** The same key is the same act, however often it is called. Failures are answers; only a bug throws. */
  act(command: Command, key: string): Promise<Acted>
  /** Looks whether an act took effect; only asked where the manifest says `readBack`. */
  readBack(command: Command, key: string): Promise<'there' | 'absent' | 'cannot-say'>
}

/** The outside world as a channel sees it. */
export interface Ports {
  readonly socket: {
    /** A plain connection; the channel speaks TLS over it where its protocol asks for it. */
    connect(to: { readonly host: string; readonly port: number; readonly timeoutMs: number }): Promise<Duplex>
  }
  readonly clock: { now(): number }
}

/** Settings of the installation that channels read. */
export interface ChannelSettings {
  readonly smtp: { readonly url: string; readonly from: string } | undefined
}

/** One kind of channel: opened once at start; null where this installation has not set it up. */
export interface Plug {
  readonly manifest: Manifest
  open(ports: Ports, settings: ChannelSettings): Channel | null
}

/** Channels that are open, by id. */
export type Channels = ReadonlyMap<string, Channel>

/** The channel that serves a presence; null where nothing connects it. */
export function channelFor(
  channels: Channels,
  presence: { readonly channel: string; readonly connector: string | null },
): Channel | null {
  if (presence.connector !== null) return channels.get(presence.connector) ?? null
  for (const channel of channels.values()) {
    const { manifest } = channel
    if (manifest.connects === 'all-presences' && manifest.channel === presence.channel) return channel
  }
  return null
}
