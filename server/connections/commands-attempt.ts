import { ChannelFailure, type Channel, type RawEvent } from '../../channels/channel.ts'
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

/** How a failure of any kind counts. What is said of an unforeseen one names nothing of the inside. */
export function failureOf(error: unknown): ChannelFailure {
  if (error instanceof ChannelFailure) return error
  if (isDatabaseAway(error)) return new ChannelFailure('network.down', 'The other side could not be reached.')
  return new ChannelFailure('bug', 'Something unforeseen happened while listening.', { cause: error })
}
