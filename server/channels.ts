import { readSmtpUrl } from '../channels/email/smtp-session.ts'
import type { Manifest } from '../channels/manifest.ts'
import type { Channels } from '../channels/open-channels.ts'
import { openChannels, plugs } from '../channels/registry.ts'
import type { LinkStore, Ports } from '../channels/ports.ts'
import type { ConnectionParts } from './connections/index.ts'
import { connectionHooks } from './hooks.ts'
import type { Platform } from './platform/platform.ts'

/** The channels that one setting of this installation serves, over the house's own ways out. */
export function channelsOf({
  clock,
  smtp,
  log,
  egress,
}: Pick<Platform, 'clock' | 'smtp' | 'log' | 'egress'>): Channels {
  const ports: Ports = {
    http: { fetch: egress.fetch, stream: egress.stream },
    socket: { connect: egress.connect, addressOf: egress.addressOf },
    websocket: { open: egress.websocket },
    store: nothingKept,
    clock,
    log,
  }
  return openChannels(ports, { smtp })
}

/** What every kind of channel says of itself, connected or not. */
export const manifests: readonly Manifest[] = plugs.map(({ manifest }) => manifest)

/** What the connections of presences are made of. */
export function connectionPartsOf(platform: Platform): ConnectionParts {
  return { platform, plugs, settings: { smtp: platform.smtp }, hooks: connectionHooks, chance: Math.random }
}

/** `host:port` of the operator's own mail server, which may lie inside. */
export function smtpHosts(smtp: Platform['smtp']): readonly string[] {
  if (smtp === undefined) return []
  const { host, port } = readSmtpUrl(smtp.url)
  return [`${host}:${port}`]
}

/** Only connections of a presence remember anything. */
const nothingKept: LinkStore = {
  get: async () => null,
  set: () => Promise.reject(new Error('this channel has no connection that could remember')),
  delete: async () => {},
  keys: async () => [],
}
