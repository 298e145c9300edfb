import type { Channel } from '../../channels/channel.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { isDatabaseAway } from '../platform/http/unavailable.ts'
import { openBare } from './commands-open.ts'
import { settle, type Read } from './commands-settle.ts'
import type { ConnectionParts, StoredConnection } from './connection.ts'
import { askToNormalise, type NormalisePayload } from './jobs-names.ts'
import { mostTries, retryAfterMs } from './retry-time.ts'
import { findForReading } from './store.ts'
import { delayRaw, dropRaw, nextRawAt, quarantineRaw, takeRaw, type QueuedRaw } from './store-raw.ts'
import { understand, type Understood } from './understand.ts'

const together = 200
/** A job gives way after this long, so that other connections get their turn. */
const turnMs = 20_000
/** For what can be awaited; a channel that computes for longer is ended with the process, and found out by its tries. */
const limitMs = 10_000

/** Finds out what raw events of a connection mean, in the order in which they came, and hands it to the loop. */
export async function normaliseConnection(
  parts: ConnectionParts,
  { workspaceId, connectionId }: NormalisePayload,
): Promise<void> {
  const { database, clock } = parts.platform
  const scope = systemScope(workspaceId)
  const connection = await inScope(database, scope, (db) => findForReading(db, workspaceId, connectionId))
  if (connection === null || connection.isPaused) return
  const channel = openBare(parts, connection)
  if (channel?.normalise === undefined) return
  const end = clock.now() + turnMs
  while (clock.now() < end) {
    const now = new Date(clock.now())
    const taken = await inScope(database, scope, (db) =>
      takeRaw(db, workspaceId, { connectionId, limit: together, now }),
    )
    if (taken.length === 0) break
    await readAll(parts, connection, channel, taken)
  }
  await inScope(database, scope, async (db) => {
    const next = await nextRawAt(db, workspaceId, connectionId)
    if (next === null) return
    const isDue = next.getTime() <= clock.now()
    await askToNormalise(db, workspaceId, connectionId, isDue ? undefined : next)
  })
}

/** All of a batch in one transaction; where that fails one by one, so that a poisoned one stops no other. */
async function readAll(
  parts: ConnectionParts,
  connection: StoredConnection,
  channel: Channel,
  taken: readonly QueuedRaw[],
): Promise<void> {
  const reads: Read[] = []
  for (const raw of taken) {
    const understood = await readOne(channel, raw)
    if (understood.ok) reads.push({ raw, meaning: understood.meaning })
    else await setAside(parts, connection, raw, understood.reason)
  }
  try {
    await settle(parts, connection, channel.manifest, reads)
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    for (const read of reads) await settleOne(parts, connection, channel, read)
  }
}

async function settleOne(
  parts: ConnectionParts,
  connection: StoredConnection,
  channel: Channel,
  read: Read,
): Promise<void> {
  try {
    await settle(parts, connection, channel.manifest, [read])
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    parts.platform.log.warn({ error, event: read.raw.id }, 'a raw event could not be taken through')
    await setAside(parts, connection, read.raw, reasonOf(error))
  }
}

async function readOne(channel: Channel, raw: QueuedRaw): Promise<Understood> {
  if (raw.tries > mostTries) return { ok: false, reason: 'The program ended each time while this was read.' }
  const { key, at, body, facts } = raw
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it took longer than 10 seconds')), limitMs)
  })
  try {
    const normalised = await Promise.race([channel.normalise?.({ key, at, body, facts }), late])
    return understand(normalised ?? { activities: [] })
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  } finally {
    clearTimeout(timer)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== ''
    ? error.message.slice(0, 1_000)
    : 'It failed without a word.'
}

/** Tried again a little later; after the last try it is set aside, shown with its reason, until somebody replays it. */
async function setAside(
  { platform, chance }: ConnectionParts,
  { workspaceId, id: connectionId }: StoredConnection,
  raw: QueuedRaw,
  reason: string,
): Promise<void> {
  const at = new Date(platform.clock.now())
  const named = { connectionId, ids: [raw.id] }
  await inScope(platform.database, systemScope(workspaceId), async (db) => {
    if (raw.tries < mostTries) {
      const notBefore = new Date(at.getTime() + retryAfterMs(raw.tries, chance()))
      await delayRaw(db, workspaceId, { ...named, notBefore })
      return
    }
    if (!(await dropRaw(db, workspaceId, named)).has(raw.id)) return
    const tries = Math.min(raw.tries, mostTries)
    await quarantineRaw(db, workspaceId, { connectionId, eventId: raw.id, reason, tries, at })
    await tell(db, workspaceId, { topic: 'connection.changed', connectionIds: [connectionId] })
  })
}
