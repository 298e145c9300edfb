import { ChannelFailure, type Channel, type RawEvent } from '../../channels/channel.ts'
import { EgressRefused } from '../platform/egress/refused.ts'
import { isDatabaseAway } from '../platform/http/unavailable.ts'
import type { ConnectionParts, StoredConnection } from './connection.ts'
import type { Way } from './pick-listening.ts'
import type { Fence } from './store-listening.ts'

/** One connection that this process listens to. */
export interface Listening {
  readonly parts: ConnectionParts
  readonly fence: Fence
  readonly signal: AbortSignal
  /** The network answered. */
  readonly onContact: () => void
}

/** Somebody else listens by now. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** What one attempt to listen works with. */
export interface Attempt extends Listening {
  readonly connection: StoredConnection
  readonly channel: Channel
  readonly way: Way
  readonly cursor: string | null
  readonly isSubscribed: boolean
  /** Whether this is the way that the channel prefers; others are left after a while. */
  readonly isPreferred: boolean
  /** Commits what was heard and how far; ends the failures in a row. */
  readonly commit: (events: readonly RawEvent[], cursor: string | null) => Promise<void>
  readonly worked: () => Promise<void>
}

const unreachable =
  /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|UND_ERR_(CONNECT|HEADERS|BODY|SOCKET)|CERT_|ERR_TLS)/

/** How a failure of any kind counts. What is said of an unforeseen one names nothing of the inside. */
export function failureOf(error: unknown): ChannelFailure {
  if (error instanceof ChannelFailure) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  if (isTimeout || unreachable.test(code) || isDatabaseAway(error))
    return new ChannelFailure('network.down', 'The other side could not be reached.', { cause: error })
  if (error instanceof EgressRefused)
    return new ChannelFailure('scope.missing', `This address is not connected to: ${error.message}.`)
  return new ChannelFailure('bug', 'Something unforeseen happened while listening.', { cause: error })
}
