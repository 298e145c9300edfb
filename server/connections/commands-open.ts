import { ChannelFailure, type Channel, type Link } from '../../channels/channel.ts'
import type { Ports } from '../../channels/ports.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { derivedToken } from '../platform/secrets/derived-token.ts'
import { Secret } from '../platform/secrets/sealed.ts'
import { openPorts } from './commands-ports.ts'
import { renewing } from './commands-renew.ts'
import { noteTrouble, troubleOf } from './commands-trouble.ts'
import type { Connected, ConnectionParts, StoredConnection, Trouble } from './connection.ts'
import { findConnection, findOfPresence, lockRefresh, setSecrets } from './store.ts'
import { whyItWaits } from './why-it-waits.ts'

type Secrets = Readonly<Record<string, string>>

export interface OpenHow {
  readonly isBackfill?: boolean
  /** What the channel sees in place of its ports. */
  readonly through?: (ports: Ports) => Ports
}

/** Seals all secrets of a connection together, bound to workspace and row. */
export function sealSecrets(
  { platform }: Pick<ConnectionParts, 'platform'>,
  of: { readonly workspaceId: string; readonly id: string },
  secrets: Secrets,
): Buffer | null {
  if (Object.keys(secrets).length === 0) return null
  return platform.secrets.seal(new Secret(JSON.stringify(secrets)), sealedFor(of))
}

export function openSecrets(
  { platform }: Pick<ConnectionParts, 'platform'>,
  connection: Pick<StoredConnection, 'workspaceId' | 'id' | 'secrets'>,
): Secrets {
  if (connection.secrets === null) return {}
  const text = platform.secrets.open(Buffer.from(connection.secrets), sealedFor(connection)).reveal()
  return JSON.parse(text) as Secrets
}

function sealedFor(of: { readonly workspaceId: string; readonly id: string }): string {
  return `${of.workspaceId} connection ${of.id}`
}

/** Where the network of this connection may push to. */
export function hookOf(
  { platform }: Pick<ConnectionParts, 'platform'>,
  id: string,
): { readonly url: string; readonly hash: Buffer } {
  const { token, hash } = derivedToken(platform.secrets, 'hook', id)
  return { url: `${platform.publicUrl}/api/v1/hooks/${token}`, hash }
}

export function linkOf(parts: ConnectionParts, connection: StoredConnection): Link {
  return {
    id: connection.id,
    account: connection.account,
    config: connection.config,
    secrets: openSecrets(parts, connection),
    hookUrl: hookOf(parts, connection.id).url,
  }
}

/** The bare channel, without renewal of its credentials; null where this version knows no such channel any more. */
export function openBare(
  parts: ConnectionParts,
  connection: StoredConnection,
  how: OpenHow = {},
): Channel | null {
  const plug = parts.plugs.find(({ manifest }) => manifest.id === connection.channel)
  if (plug === undefined) return null
  const { workspaceId, id: connectionId } = connection
  const { isBackfill = false, through } = how
  const ports = openPorts(parts, { workspaceId, connectionId, manifest: plug.manifest, isBackfill })
  return plug.open(through === undefined ? ports : through(ports), parts.settings, linkOf(parts, connection))
}

/** The channel of one connection, renewing its credentials where they ran out. */
export function openChannelOf(
  parts: ConnectionParts,
  connection: StoredConnection,
  how: OpenHow = {},
): Connected | null {
  const channel = openBare(parts, connection, how)
  if (channel === null) return null
  let used = connection
  async function renew(): Promise<Channel | null> {
    const fresh = await refreshSecrets(parts, used)
    if (fresh === null) return null
    used = fresh
    return openBare(parts, fresh, how)
  }
  async function onRefused(trouble: Trouble, detail: string): Promise<void> {
    await inScope(parts.platform.database, systemScope(used.workspaceId), (db) =>
      noteTrouble(parts, db, used, { trouble, detail }),
    )
  }
  return {
    workspaceId: connection.workspaceId,
    connectionId: connection.id,
    presenceId: connection.presenceId,
    account: connection.account,
    channel: renewing({ channel, renew, onRefused }),
    waits: whyItWaits(connection),
  }
}

/** The channel of a presence or connection; null where there is none. */
export async function channelOf(
  parts: ConnectionParts,
  workspaceId: string,
  asked: { readonly presenceId: string } | { readonly connectionId: string },
): Promise<Connected | null> {
  const found = await inScope(parts.platform.database, systemScope(workspaceId), (db) =>
    'presenceId' in asked
      ? findOfPresence(db, workspaceId, asked.presenceId)
      : findConnection(db, workspaceId, asked.connectionId),
  )
  return found === null ? null : openChannelOf(parts, found)
}

/**
 * New credentials for a connection whose old ones ran out, one process at a time: who comes second finds that it was
 * done. Null where that is not possible; the connection then says so.
 */
export async function refreshSecrets(
  parts: ConnectionParts,
  used: StoredConnection,
): Promise<StoredConnection | null> {
  const { workspaceId, id } = used
  return inScope(parts.platform.database, systemScope(workspaceId), async (db) => {
    await lockRefresh(db, id)
    const now = await findConnection(db, workspaceId, id)
    if (now === null || now.secretsVersion !== used.secretsVersion) return now
    try {
      const channel = openBare(parts, now)
      if (channel?.refresh === undefined) throw new ChannelFailure('auth.expired', wantsAnew)
      const secrets = await channel.refresh()
      const sealed = sealSecrets(parts, now, secrets)
      await setSecrets(db, workspaceId, id, { sealed, names: Object.keys(secrets), isByMember: false })
      return { ...now, secrets: sealed, secretsVersion: now.secretsVersion + 1 }
    } catch (error) {
      const trouble = error instanceof ChannelFailure ? troubleOf(error) : null
      if (!(error instanceof ChannelFailure) || trouble === null) throw error
      await noteTrouble(parts, db, now, { trouble, detail: error.message })
      return null
    }
  })
}

const wantsAnew = 'The network does not accept these credentials any more. Please enter new ones.'
