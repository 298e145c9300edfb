import { bluesky } from './bluesky/bluesky.ts'
import type { Channel, ChannelSettings, Plug } from './channel.ts'
import type { Channels } from './open-channels.ts'
import { email } from './email/email.ts'
import { mailbox } from './email/mailbox.ts'
import { fediverse } from './fediverse/fediverse.ts'
import { mastodon } from './mastodon/mastodon.ts'
import type { Ports } from './ports.ts'
import { sms } from './sms/sms.ts'
import { telegram } from './telegram/telegram.ts'
import { feed } from './feeds/feed.ts'
import { reviewPage } from './feeds/review-page.ts'
import { webmention } from './feeds/webmention.ts'
import { web } from './web/web.ts'
import { whatsapp } from './whatsapp/whatsapp.ts'
import { wordpress } from './wordpress/wordpress.ts'

/** Every channel that exists, one line each. */
export const plugs: readonly Plug[] = [
  web, // our own pages
  email, // out by SMTP
  mailbox, // in by IMAP, out by SMTP
  bluesky, // an account, by firehose or notifications
  fediverse, // an actor of our own
  mastodon, // an account on somebody else's server
  telegram, // a bot, by long polls or pushes
  whatsapp, // a number, by Meta's Cloud API
  wordpress, // comments of a site, by REST
  feed, // RSS, Atom, JSON Feed; WebSub
  webmention, // pages that link to ours
  reviewPage, // schema.org reviews
  sms, // by a Kannel gateway
]

/** Opens those that this installation has set up; presences that are connected one by one are opened by their link. */
export function openChannels(ports: Ports, settings: ChannelSettings): Channels {
  const open = plugs.flatMap((plug): [string, Channel][] => {
    const channel = plug.open(ports, settings, null)
    return channel === null ? [] : [[plug.manifest.id, channel]]
  })
  return new Map(open)
}
