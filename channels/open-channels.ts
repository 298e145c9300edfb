import type { Channel } from './channel.ts'

/** Channels that serve the whole installation, by id. */
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
