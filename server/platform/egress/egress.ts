import { lookup } from 'node:dns/promises'
import { connect as connectTo, isIP, type Socket } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** The connection was not opened, by a rule of this house. */
export class EgressRefused extends Error {
  override readonly name = 'EgressRefused'
}

export interface EgressOptions {
  /** `host:port` that the operator's settings name; these may lie inside, all others must be public. */
  readonly trusted: readonly string[]
  /** Addresses of a name; the system's resolver where left out. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

export interface Egress {
  /** A plain connection, made only to an address that was checked. */
  connect(to: { readonly host: string; readonly port: number; readonly timeoutMs: number }): Promise<Socket>
}

/** The only code that opens connections outwards. */
export function openEgress(options: EgressOptions): Egress {
  const resolve = options.resolve ?? systemAddresses
  return {
    async connect({ host, port, timeoutMs }) {
      const isTrusted = options.trusted.includes(`${host}:${port}`)
      const end = Date.now() + timeoutMs
      const addresses = isIP(host) === 0 ? await within(resolve(host), timeoutMs) : [host]
      if (!isTrusted) refuseInside(host, addresses)
      return openFirst(addresses, port, end)
    },
  }
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

/** One address inside is enough to refuse: a name that mixes both is a trick. */
export function refuseInside(host: string, addresses: readonly string[]): void {
  const inside = addresses.find((address) => !isPublicAddress(address))
  if (inside !== undefined) throw new EgressRefused(`${host} is not a public address`)
  if (addresses.length === 0) throw new EgressRefused(`${host} has no address`)
}

/** Tries the addresses one after another, so that the one that was checked is the one that is used. */
async function openFirst(addresses: readonly string[], port: number, end: number): Promise<Socket> {
  let failure: unknown = new EgressRefused('no address to connect to')
  for (const address of addresses) {
    try {
      return await openOne(address, port, Math.max(1, end - Date.now()))
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function openOne(host: string, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTo({ host, port })
    const timer = setTimeout(() => socket.destroy(new Error('no connection in time')), timeoutMs)
    socket.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      // Whoever uses it listens; until then a reset must not end the process.
      socket.on('error', () => {})
      resolve(socket)
    })
  })
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
