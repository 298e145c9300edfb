// What the kit needs of the other side: a network with customers on it that can be told what to do. A real server that
// somebody else wrote, a twin that is checked against somebody else's contract, or a tape of what a network said.
import type { Command } from '../acting.ts'
import type { ChannelSettings, HookAnswer, HookRequest, Link, Plug, RawEvent } from '../channel.ts'
import type { Ports } from '../ports.ts'

/** What a customer of this network said, as the network names it. */
export interface Said {
  readonly externalId: string
}

/** What a customer sees of us. */
export interface Seen {
  readonly text: string
  /** The customer's words that it stands below; null where it stands alone. */
  readonly below: string | null
  readonly isPrivate: boolean
}

/** A person outside. What the manifest declares `none` may throw. */
export interface Customer {
  readonly handle: string
  readonly name: string
  /** Speaks so that we hear it: to our address, naming us, or under something of ours. */
  say(text: string): Promise<Said>
  /** Likewise, one text after another, where the network takes several at once. */
  sayMany?(texts: readonly string[]): Promise<readonly Said[]>
  /** Answers something of ours or of theirs. */
  reply(to: Said, text: string): Promise<Said>
  direct?(text: string): Promise<Said>
  like?(what: Said): Promise<void>
  share?(what: Said): Promise<void>
  edit?(what: Said, text: string): Promise<void>
  remove?(what: Said): Promise<void>
  block?(): Promise<void>
  /** Says something with a file. */
  attach?(
    text: string,
    file: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array },
  ): Promise<Said>
  /** All of ours that reached this customer, oldest first. */
  inbox(): Promise<readonly Seen[]>
}

/** What can go wrong on the way to the other side, as long as it is set. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'html-error' | 'half-answer' | 'cut' | 'refuse' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** It takes effect, and the answer is lost. */
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'token-expired' | 'token-revoked' }

export interface Backend {
  readonly kind: 'real-server' | 'twin' | 'tape'
  readonly plug: Plug
  readonly ports: Ports
  readonly settings: ChannelSettings
  /** A connection as a member would have made it, already checked. */
  readonly link: Link
  newCustomer(name: string): Promise<Customer>
  /** Where the network pushes: what it sends to `hookUrl` or to the site comes to this function. */
  onPush?(take: (request: HookRequest) => Promise<number>): void
  /** Where the network asks first whether the hook is ours: it asks this function. */
  onChallenge?(answer: (request: HookRequest) => Promise<HookAnswer | null>): void
  /** Where a site of ours listens: what it keeps comes to this function, which throws where the core is down. */
  onKept?(keep: (events: readonly RawEvent[]) => Promise<void>): void
  /** Forged and stale versions of a push: none of them may be accepted. */
  forge?(request: HookRequest): readonly { readonly what: string; readonly request: HookRequest }[]
  /** Throws where this cannot be done to this side. Customers do not feel it. */
  fault(fault: Fault | null): void
  /** Lets so much of the network's time go by; real time where left out. */
  wait?(ms: number): Promise<void>
  /** Whether the network itself takes a text as an answer, past the channel. */
  accepts?(text: string): Promise<boolean>
  /** Where the place is ours and our own commit delivers: what was committed. */
  committed?(command: Command, key: string): Promise<void>
  close(): Promise<void>
}
