import type { Channel } from '../../channels/channel.ts'
import type { Manifest } from '../../channels/manifest.ts'
import { channelFor, type Channels } from '../../channels/open-channels.ts'

/** The channel through which one of our accounts speaks. */
export interface Speaking {
  readonly channel: Channel
  /** Null where one setting of the installation serves all. */
  readonly connectionId: string | null
  /** Why nothing may leave just now though it is connected, such as a pause; a sentence. Null where it may. */
  readonly waits: string | null
}

/** What the connections of presences offer to whoever acts; handed in. The channel renews its credentials itself. */
export interface Connections {
  /** Null where the presence has no connection of its own. */
  open(workspaceId: string, presenceId: string): Promise<Speaking | null>
}

/** What is needed to find the channel of a presence. */
export interface ChannelParts {
  readonly channels: Channels
  readonly connections?: Connections
  /** Of every kind of channel, for places that nothing connects. */
  readonly manifests?: readonly Manifest[]
}

export interface Account {
  readonly presenceId: string | null
  readonly channel: string
  readonly connector: string | null
}

/** The presence's own connection, else what serves the whole installation; null where nothing connects it. */
export async function openChannel(
  { channels, connections }: ChannelParts,
  workspaceId: string,
  account: Account,
): Promise<Speaking | null> {
  const { presenceId } = account
  const own = presenceId === null ? null : ((await connections?.open(workspaceId, presenceId)) ?? null)
  if (own !== null) return own
  const channel = channelFor(channels, account)
  return channel === null ? null : { channel, connectionId: null, waits: null }
}
