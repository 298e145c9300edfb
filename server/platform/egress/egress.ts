import { lookup } from 'node:dns/promises'
import { isIP, type Socket } from 'node:net'
import { fetchOutside, type Fetched, type OutsideRequest } from './fetch-outside.ts'
import { openSocket } from './open-socket.ts'
import { isPublicAddress } from './public-address.ts'
import { EgressRefused } from './refused.ts'

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
  connect(to: { readonly host: string; readonly port: number; readonly timeoutMs: number }): Promise<Socket>
  /** Asks a web address outside; redirects are followed hop by hop, each checked like the first. */
  fetch(request: OutsideRequest): Promise<Fetched>
}

/** The only code that opens connections outwards. */
export function openEgress(options: EgressOptions): Egress {
  const resolve = options.resolve ?? systemAddresses
  const isOutside = options.isOutside ?? isPublicAddress
  async function addressesOf(host: string): Promise<readonly string[]> {
    return isIP(host) === 0 ? resolve(host) : [host]
  }
  /** The addresses of a host, all of them outside: one inside is enough to refuse, a name that mixes both is a trick. */
  async function outsideAddresses(host: string): Promise<readonly string[]> {
    const addresses = await addressesOf(host)
    if (addresses.length === 0) throw new EgressRefused(`${host} has no address`)
    if (!addresses.every(isOutside)) throw new EgressRefused(`${host} is not a public address`)
    return addresses
  }
  return {
    async connect({ host, port, timeoutMs }) {
      const isTrusted = options.trusted.includes(`${host}:${port}`)
      const end = Date.now() + timeoutMs
      const found = isTrusted ? addressesOf(host) : outsideAddresses(host)
      return openSocket(await within(found, timeoutMs), port, end)
    },
    fetch: (request) => fetchOutside(request, { outsideAddresses, ports: options.webPorts ?? [80, 443] }),
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
