import { ChannelFailure } from '../../channels/channel.ts'
import { openBare, openSecrets, sealSecrets } from './commands-open.ts'
import type { ConnectionParts, StoredConnection } from './connection.ts'
import { waysToListen } from './pick-listening.ts'

const limitMs = 8_000

export interface Begun {
  /** With new credentials where the old ones had run out. */
  readonly connection: StoredConnection
  readonly cursor: string | null
}

/** Where a stream of a connection that is being made begins: what is said until somebody listens is not missed. */
export async function beginListening(parts: ConnectionParts, made: StoredConnection): Promise<Begun> {
  const signal = AbortSignal.timeout(limitMs)
  try {
    return await begin(parts, made, signal)
  } catch (error) {
    parts.platform.log.info({ error, connection: made.id }, 'where listening begins could not be asked')
    return { connection: made, cursor: null }
  }
}

async function begin(parts: ConnectionParts, made: StoredConnection, signal: AbortSignal): Promise<Begun> {
  const channel = openBare(parts, made)
  const can = { stream: channel?.stream !== undefined, push: false, poll: channel?.poll !== undefined }
  const [way] = channel === null ? [] : waysToListen(channel.manifest.listens, can)
  if (channel?.begin === undefined || way !== 'stream') return { connection: made, cursor: null }
  try {
    return { connection: made, cursor: await unlessLate(channel.begin(signal), signal) }
  } catch (error) {
    const isExpired = error instanceof ChannelFailure && error.code === 'auth.expired'
    if (!isExpired || channel.refresh === undefined) throw error
    const secrets = { ...openSecrets(parts, made), ...(await channel.refresh()) }
    const fresh = { ...made, secrets: sealSecrets(parts, made, secrets), secretNames: Object.keys(secrets) }
    const cursor = await unlessLate(openBare(parts, fresh)?.begin?.(signal) ?? Promise.resolve(null), signal)
    return { connection: fresh, cursor }
  }
}

/** A channel that does not look at its signal holds up nobody. */
async function unlessLate(asked: Promise<string | null>, signal: AbortSignal): Promise<string | null> {
  const late = Promise.withResolvers<null>()
  const end = (): void => late.resolve(null)
  signal.addEventListener('abort', end, { once: true })
  try {
    return await Promise.race([asked, late.promise])
  } finally {
    signal.removeEventListener('abort', end)
    asked.catch(() => {})
  }
}
