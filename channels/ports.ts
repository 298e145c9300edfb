// The outside world as a channel sees it. Everything that leaves goes through these: the core checks addresses on each
// hop, counts the connection's budget, and opens its circuit breaker.
import type { Duplex } from 'node:stream'

export interface HttpRequest {
  readonly url: string
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** For everything together, redirects included; 10 s where left out. */
  readonly timeoutMs?: number
  /** 5 MB where left out. */
  readonly maxBytes?: number
  /** What it takes of the connection's budget; 1 where left out. */
  readonly cost?: number
}

export interface HttpAnswer {
  readonly status: number
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
  /** Where the answer came from, after redirects. */
  readonly url: string
}

export interface HttpStream {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Ends where the other side or the signal ends it. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Small things that a connection must remember, such as followers or keys; sealed at rest. */
export interface LinkStore {
  get(key: string): Promise<string | null>
  set(key: string, value: string): Promise<void>
  delete(key: string): Promise<void>
  /** Keys with this beginning, at most 1,000, in order, after `after`. */
  keys(prefix: string, after?: string): Promise<readonly string[]>
}

export interface Ports {
  readonly http: {
    /** Throws where nothing was answered; any status is an answer. */
    readonly fetch: (request: HttpRequest) => Promise<HttpAnswer>
    /** For answers without an end. `silentMs`: ends when nothing came for so long. */
    readonly stream: (
      request: HttpRequest,
      options: { readonly signal: AbortSignal; readonly silentMs: number },
    ) => Promise<HttpStream>
  }
  readonly socket: {
    /** A plain connection; the channel speaks TLS over it where its protocol asks for it. */
    readonly connect: (to: {
      readonly host: string
      readonly port: number
      readonly timeoutMs: number
    }) => Promise<Duplex>
    /** A checked address for a library that connects by itself; it must connect to this address and no name. */
    readonly addressOf: (to: { readonly host: string; readonly port: number }) => Promise<string>
  }
  readonly websocket: {
    /** Messages until the other side, silence or the signal ends it; throws where it breaks. */
    readonly open: (
      url: string,
      options: {
        readonly signal: AbortSignal
        readonly silentMs: number
        readonly headers?: Readonly<Record<string, string>>
      },
    ) => AsyncIterable<Uint8Array | string>
  }
  readonly store: LinkStore
  readonly clock: { readonly now: () => number }
  readonly log: { warn(facts: object, message: string): void }
}
