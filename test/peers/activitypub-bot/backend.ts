// An actor of ours and customers on a real server of the fediverse.
import type { Backend, Customer, Said, Seen } from '../../../channels/conformance/backend.ts'
import type { Link, RawEvent, SitePorts } from '../../../channels/channel.ts'
import { fediverse } from '../../../channels/fediverse/fediverse.ts'
import type { Ports } from '../../../channels/ports.ts'
import { htmlToText } from '../../../lib/text/html-to-text.ts'
import { openTestPorts } from '../../ports.ts'
import { startSiteServer } from '../site-server.ts'
import { startFediversePeer, type FediversePeer } from './peer.ts'

export interface FediverseBackend extends Backend {
  readonly peer: FediversePeer
  /** The address of our actor. */
  readonly actor: string
  newCustomer(name: string): Promise<FediverseCustomer>
}

export interface FediverseCustomer extends Customer {
  readonly user: string
  readonly id: string
  follow(): Promise<void>
  unfollow(): Promise<void>
}

interface Thing {
  readonly id: string
  readonly content?: string
  readonly inReplyTo?: string
  readonly to?: unknown
  readonly cc?: unknown
}

export interface FediverseBackendOptions {
  /** Other hosts on this machine that may be reached. */
  readonly trusted?: readonly string[]
  readonly ports?: (ports: Ports) => Ports
  /** The actor that customers write to, where it is not this backend's own. */
  readonly actor?: string
}

export async function openFediverseBackend({
  trusted = [],
  ports: wrap = (ports) => ports,
  actor: given,
}: FediverseBackendOptions = {}): Promise<FediverseBackend> {
  const [peer, server] = await Promise.all([startFediversePeer(), startSiteServer()])
  const ports = wrap(openTestPorts({ trusted: [peer.proxy.host, server.hostPort, ...trusted] }))
  const actor = given ?? `${server.url}/fediverse/users/care`
  const link: Link = {
    id: 'fediverse',
    account: {
      id: actor,
      handle: `care@${server.hostPort}`,
      name: 'Care of Horseshoe',
      url: actor,
      avatarUrl: null,
    },
    config: { username: 'care', name: 'Care of Horseshoe', summary: 'We answer.', maxLength: '500' },
    secrets: {},
    hookUrl: `${server.url}/hooks/0123456789`,
  }
  let keep: (events: readonly RawEvent[]) => Promise<void> = async () => {
    throw new Error('nobody listens yet')
  }
  const sitePorts: SitePorts = {
    ...ports,
    publicUrl: server.url,
    linkOf: async (handle) => (handle === link.account?.handle ? link : null),
    links: async () => [link],
    portsOf: () => ports,
    keep: (_link, events) => keep(events),
  }
  const site = fediverse.site?.(sitePorts)
  if (site !== undefined) server.serve(site)
  let customers = 0

  async function newCustomer(name: string): Promise<FediverseCustomer> {
    customers += 1
    const user = `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}${customers}`
    await peer.ask('newCustomer', { user, name })
    const to = actor
    const say = (text: string, more: object = {}): Promise<Said> =>
      peer.ask<string>('say', { user, text, to, ...more }).then((externalId) => ({ externalId }))
    const id = `${peer.origin}/user/${user}`
    return {
      user,
      id,
      handle: `${user}@${new URL(peer.origin).hostname}`,
      name,
      say,
      reply: (parent, text) => say(text, { inReplyTo: parent.externalId }),
      direct: (text) => say(text, { isPrivate: true }),
      like: ({ externalId }) => peer.ask('like', { user, id: externalId }),
      share: ({ externalId }) => peer.ask('share', { user, id: externalId }),
      edit: ({ externalId }, text) => peer.ask('edit', { user, id: externalId, text }),
      remove: ({ externalId }) => peer.ask('remove', { user, id: externalId }),
      block: () => peer.ask('block', { user, id: actor }),
      follow: () => peer.ask('follow', { user, id: actor }),
      unfollow: () => peer.ask('unfollow', { user, id: actor }),
      attach: (text, { name: alt, mediaType }) => {
        const url = `${peer.origin}/files/${encodeURIComponent(alt)}`
        return say(text, { attachment: [{ type: 'Image', mediaType, url, name: alt }] })
      },
      inbox: async () => (await peer.ask<readonly Thing[]>('inbox', { user })).map(seenOf),
    }
  }

  return {
    kind: 'real-server',
    plug: fediverse,
    ports,
    settings: { smtp: undefined },
    link,
    peer,
    actor,
    newCustomer,
    onKept: (next) => {
      keep = next
    },
    fault: (fault) => {
      peer.proxy.fault = fault
    },
    close: async () => {
      await Promise.all([peer.close(), server.close()])
    },
  }
}

function seenOf({ content = '', inReplyTo, to, cc }: Thing): Seen {
  const circle = [to, cc].flat().map(String)
  const isPrivate = !circle.some((id) => /Public$|\/followers$/.test(id))
  return { text: htmlToText(content), below: inReplyTo ?? null, isPrivate }
}
