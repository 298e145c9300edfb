import type { Channels } from '../channels/channel.ts'
import { openChannels } from '../channels/registry.ts'
import { readSmtpUrl } from '../channels/email/smtp-session.ts'
import { openEgress } from './platform/egress/egress.ts'
import type { Platform } from './platform/platform.ts'

/** The channels of this installation over the house's own ways out. The mail server is the operator's, and may lie inside. */
export function channelsOf({ clock, smtp }: Pick<Platform, 'clock' | 'smtp'>): Channels {
  const trusted = smtp === undefined ? [] : [readSmtpUrl(smtp.url)].map(({ host, port }) => `${host}:${port}`)
  return openChannels({ socket: openEgress({ trusted }), clock }, { smtp })
}
