import type { Channel, Channels, ChannelSettings, Plug, Ports } from './channel.ts'
import { email } from './email/email.ts'
import { web } from './web/web.ts'

/** Every channel that exists, one line each. */
const plugs: readonly Plug[] = [
  web, // our own pages
  email, // out by SMTP
]

/** Opens those that this installation has set up. */
export function openChannels(ports: Ports, settings: ChannelSettings): Channels {
  const open = plugs.flatMap((plug): [string, Channel][] => {
    const channel = plug.open(ports, settings)
    return channel === null ? [] : [[plug.manifest.id, channel]]
  })
  return new Map(open)
}
