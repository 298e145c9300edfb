import { lookup } from 'node:dns/promises'
import { isIP, type Socket } from 'node:net'
import type { Fetched, OutsideRequest } from './fetch-outside.ts'
import { openSocket } from './open-socket.ts'
import { isPublicAddress } from './public-address.ts'
import { EgressRefused } from './refused.ts'
import type { OutsideStream, StreamOptions } from './stream-outside.ts'
import type { WebSocketOptions } from './web-socket.ts'

export interface EgressOptions {
  /** `host:port` that the operator's settings name; these may lie inside, all others must be public. */
  readonly trusted: readonly string[]
  /** Addresses of a name; the system's resolver where left out. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
  /** Which addresses count as outside; the public internet where left out. */
  readonly isOutside?: (address: string) => boolean
  /** Ports that web addresses may name; 80 and 443 where left out. */
  readonly webPorts?: readonly number[]
}

export interface Egress {
  /** A plain connection, made only to an address that was checked. */
  readonly connect: (to: {
    readonly host: string
    readonly port: number
    readonly timeoutMs: number
  }) => Promise<Socket>
  /** A checked address, for a library that connects by itself. */
  readonly addressOf: (to: { readonly host: string; readonly port: number }) => Promise<string>
  /** Asks a web address outside; redirects are followed hop by hop, each checked like the first. */
  readonly fetch: (request: OutsideRequest) => Promise<Fetched>
  /** The same for an answer without an end. */
  readonly stream: (request: OutsideRequest, options: StreamOptions) => Promise<OutsideStream>
  /** Messages until the other side, silence or the signal ends it. */
  readonly websocket: (url: string, options: WebSocketOptions) => AsyncIterable<Uint8Array | string>
}

/** The only code that opens connections outwards. What it does so with is loaded by the first one. */
export function openEgress(options: EgressOptions): Egress {
  const resolve = options.resolve ?? systemAddresses
  const isOutside = options.isOutside ?? isPublicAddress
  const ports = options.webPorts ?? [80, 443]
  const isTrusted = (host: string, port: number): boolean => options.trusted.includes(`${host}:${port}`)
  /** The addresses of a host, all of them outside: one inside is enough to refuse, a name that mixes both is a trick. */
  async function addressesOf(host: string, port: number): Promise<readonly string[]> {
    const addresses = isIP(host) === 0 ? await resolve(host) : [host]
    if (addresses.length === 0) throw new EgressRefused(`${host} has no address`)
    if (!isTrusted(host, port) && !addresses.every(isOutside)) {
      throw new EgressRefused(`${host} is not a public address`)
    }
    return addresses
  }
  const rules = {
    addressesOf,
    allowsPort: (host: string, port: number) => ports.includes(port) || isTrusted(host, port),
  }
  return {
    async connect({ host, port, timeoutMs }) {
      const end = Date.now() + timeoutMs
      return openSocket(await within(addressesOf(host, port), timeoutMs), port, end)
    },
    async addressOf({ host, port }) {
      const [address = ''] = await within(addressesOf(host, port), 10_000)
      return address
    },
    fetch: async (request) => (await import('./fetch-outside.ts')).fetchOutside(request, rules),
    stream: async (request, how) => (await import('./stream-outside.ts')).streamOutside(request, rules, how),
    async *websocket(url, how) {
      yield* (await import('./web-socket.ts')).openWebSocket(url, rules, how)
    },
  }
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

async function within<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the name was not found in time')), timeoutMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
