import { Hono } from 'hono'
import type { Link, Plug, Site, SitePorts } from '../../channels/channel.ts'
import {
  connectionBySite,
  connectionsOfSites,
  type ConnectionFound,
} from '../platform/db/directory-connections.ts'
import { limitBody } from '../platform/http/limit-body.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import type { Keeper } from './commands-keep.ts'
import { linkOf } from './commands-open.ts'
import { openPorts } from './commands-ports.ts'
import type { ConnectionParts } from './connection.ts'
import { findConnection } from './store.ts'

const maxBytes = 25 * 1024 * 1024

/** Pages that networks ask of us by fixed addresses, each by the channel that they belong to. */
export function siteRoutes(parts: ConnectionParts, keeper: Keeper): Hono {
  const app = new Hono()
  for (const plug of parts.plugs) {
    if (plug.site === undefined) continue
    const site: Site = plug.site(sitePorts(parts, keeper, plug))
    for (const prefix of site.prefixes) {
      app.use(`${prefix}*`, limitBody(maxBytes), async (c, next) => {
        if (!c.req.path.startsWith(prefix)) return next()
        return site.handle(c.req.raw)
      })
    }
  }
  return app
}

function sitePorts(parts: ConnectionParts, keeper: Keeper, { manifest }: Plug): SitePorts {
  const { platform } = parts
  const { egress, clock, log } = platform
  /** Workspaces of the links that were handed out; a link names none. */
  const workspaceOf = new WeakMap<object, string>()
  function workspaceIdOf(link: object): string {
    const known = workspaceOf.get(link)
    if (known === undefined) throw new Error('this link was not given out by linkOf')
    return known
  }
  async function open({ workspaceId, connectionId }: ConnectionFound): Promise<Link | null> {
    const connection = await inScope(platform.database, systemScope(workspaceId), (db) =>
      findConnection(db, workspaceId, connectionId),
    )
    if (connection === null) return null
    const link = linkOf(parts, connection)
    workspaceOf.set(link, workspaceId)
    return link
  }
  return {
    http: { fetch: egress.fetch, stream: egress.stream },
    socket: { connect: egress.connect, addressOf: egress.addressOf },
    websocket: { open: egress.websocket },
    store: nothingKept,
    clock,
    log: { warn: (facts, message) => log.warn({ channel: manifest.id, facts, message }, 'a site says') },
    publicUrl: platform.publicUrl,
    async linkOf(handle) {
      const found = await connectionBySite(platform.database, manifest.id, handle)
      return found === null ? null : open(found)
    },
    async links() {
      const found = await connectionsOfSites(platform.database, manifest.id)
      const links = await Promise.all(found.map((each) => open(each)))
      return links.filter((link) => link !== null)
    },
    portsOf: (link) =>
      openPorts(parts, { workspaceId: workspaceIdOf(link), connectionId: link.id, manifest }),
    keep: (link, events) => keeper.keep(workspaceIdOf(link), { connectionId: link.id, events }),
  }
}

/** Only connections remember anything: `portsOf` has the store of one. */
const nothingKept: SitePorts['store'] = {
  get: async () => null,
  set: () => Promise.reject(new Error('a site remembers by the ports of a connection')),
  delete: async () => {},
  keys: async () => [],
}
