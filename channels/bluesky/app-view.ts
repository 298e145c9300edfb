// The service that gathers posts, threads and notifications stands behind the account's server, or does not. Whether it
// does is found by asking, and remembered for a while.
import type { Link } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { call, XrpcFailure, type Call } from './xrpc.ts'

const key = 'app-view-away-since'
const rememberedMs = 10 * 60_000

/** Null where no such service stands behind this server. */
export async function askAppView(ports: Ports, link: Link, what: Call): Promise<unknown> {
  const since = Number((await ports.store.get(key)) ?? Number.NaN)
  const now = ports.clock.now()
  if (now - since < rememberedMs) return null
  try {
    return await call(ports, link, what)
  } catch (error) {
    if (!(error instanceof XrpcFailure) || !isAway(error)) throw error
    await ports.store.set(key, String(now))
    return null
  }
}

/** The server is well and says that what stands behind it is not. */
export function isAway({ error }: XrpcFailure): boolean {
  return error === 'UpstreamFailure' || error === 'MethodNotImplemented' || error === 'NotImplemented'
}
