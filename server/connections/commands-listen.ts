import { setTimeout as sleep } from 'node:timers/promises'
import { ChannelFailure, type Channel, type RawEvent } from '../../channels/channel.ts'
import { inScope, systemScope, type Db } from '../platform/db/scope.ts'
import { isDatabaseAway } from '../platform/http/unavailable.ts'
import { afterFailure } from './after-failure.ts'
import { failureOf, LeaseLost, type Attempt, type Listening } from './commands-attempt.ts'
import { applyCheck, runCheck } from './commands-check.ts'
import { keepWithin } from './commands-keep.ts'
import { openChannelOf } from './commands-open.ts'
import { listenByPoll, listenByPush, listenByStream } from './commands-ways.ts'
import { noteTrouble } from './commands-trouble.ts'
import type { ConnectionParts, StoredConnection } from './connection.ts'
import { wayNow, waysToListen, type Way } from './pick-listening.ts'
import { findConnection } from './store.ts'
import { moveCursor, noteListening } from './store-listening.ts'
import { readRun } from './store-runs.ts'

/** Listens until the signal says to stop, or somebody else does. Comes again after each failure, later each time. */
export async function listen(listening: Listening): Promise<void> {
  const { parts, signal } = listening
  let failures = 0
  while (!signal.aborted) {
    try {
      const went = await attempt(listening, failures, () => (failures = 0))
      if (!went) return
    } catch (error) {
      if (signal.aborted || error instanceof LeaseLost) return
      failures += 1
      const waitMs = await noteFailed(listening, failures, error)
      await sleep(waitMs, undefined, { signal }).catch(() => {})
    }
  }
  parts.platform.log.debug({ connection: listening.fence.connectionId }, 'listening ended')
}

/** False where there is nothing to listen to. */
async function attempt(listening: Listening, failures: number, onWorked: () => void): Promise<boolean> {
  const { parts, fence } = listening
  const { workspaceId, connectionId } = fence
  const scope = systemScope(workspaceId)
  const { database } = parts.platform
  const found = await inScope(database, scope, async (db) => ({
    connection: await findConnection(db, workspaceId, connectionId),
    run: await readRun(db, workspaceId, connectionId),
  }))
  if (found.connection === null || found.run === null || found.connection.isPaused) return false
  const connection = await withAccount(listening, found.connection)
  const channel = openChannelOf(parts, connection)?.channel
  if (channel === undefined) return false
  const ways = waysToListen(channel.manifest.listens, {
    stream: channel.stream !== undefined,
    push: isPushed(parts, channel),
    poll: channel.poll !== undefined,
  })
  const picked = wayNow(ways, failures)
  if (picked === null) return false
  const way: Way = picked
  let hasWorked = false
  async function worked(): Promise<void> {
    listening.onContact()
    if (hasWorked) return
    hasWorked = true
    onWorked()
    await noteWorked(listening, connection, way)
  }
  const going: Attempt = {
    ...listening,
    connection,
    channel,
    way,
    cursor: found.run.cursors[way] ?? null,
    isSubscribed: found.run.isSubscribed,
    isPreferred: way === ways[0],
    worked,
    async commit(events, cursor) {
      await commitHeard(listening, { way, events, cursor })
      await worked()
    },
  }
  if (way === 'poll') await listenByPoll(going)
  else if (way === 'stream') await listenByStream(going)
  else await listenByPush(going)
  return true
}

function isPushed({ plugs }: ConnectionParts, channel: Channel): boolean {
  const plug = plugs.find(({ manifest }) => manifest.id === channel.manifest.id)
  return channel.subscribe !== undefined || plug?.site !== undefined
}

/** A connection whose account nobody has seen yet is checked first; it may have been out of reach when it was made. */
async function withAccount(
  { parts, onContact }: Listening,
  connection: StoredConnection,
): Promise<StoredConnection> {
  if (connection.account !== null) return connection
  const { workspaceId, id } = connection
  const checked = await runCheck(parts, openChannelOf(parts, connection)?.channel ?? null)
  const scope = systemScope(workspaceId)
  await inScope(parts.platform.database, scope, (db) => applyCheck(parts, db, connection, checked))
  if (checked.state !== 'ok') {
    const codes = {
      'needs-reauth': 'auth.revoked',
      'missing-scope': 'scope.missing',
      misconfigured: 'scope.missing',
      unreachable: 'network.down',
    } as const
    throw new ChannelFailure(codes[checked.state], checked.detail)
  }
  onContact()
  const found = await inScope(parts.platform.database, scope, (db) => findConnection(db, workspaceId, id))
  if (found?.account == null) throw new ChannelFailure('scope.missing', found?.detail ?? 'It was ended.')
  return found
}

async function commitHeard(
  { parts, fence }: Listening,
  heard: { readonly way: Way; readonly events: readonly RawEvent[]; readonly cursor: string | null },
): Promise<void> {
  const now = new Date(parts.platform.clock.now())
  const { workspaceId, connectionId } = fence
  await inScope(parts.platform.database, systemScope(workspaceId), async (db) => {
    if (!(await moveCursor(db, fence, heard))) throw new LeaseLost()
    await keepWithin(db, workspaceId, [{ connectionId, events: heard.events }], now)
  })
}

async function noteWorked(
  { parts, fence }: Listening,
  connection: StoredConnection,
  way: Way,
): Promise<void> {
  await inScope(parts.platform.database, systemScope(fence.workspaceId), async (db) => {
    await noteListening(db, fence, { listens: way, failures: 0, waitsUntil: null })
    const now = await findConnection(db, fence.workspaceId, fence.connectionId)
    if (now === null || now.trouble === null) return
    await noteTrouble(parts, db, connection, { trouble: null, detail: '' })
  })
}

/** Notes a failure, and what members are told of it; answers with how long to wait. */
async function noteFailed({ parts, fence }: Listening, failures: number, error: unknown): Promise<number> {
  const { platform } = parts
  const failure = failureOf(error)
  const plan = afterFailure(failure, failures, parts.chance())
  if (failure.code === 'bug') platform.log.warn({ error, connection: fence.connectionId }, 'listening failed')
  const waitsUntil = new Date(platform.clock.now() + plan.waitMs)
  async function note(db: Db): Promise<void> {
    await noteListening(db, fence, { listens: null, failures, waitsUntil })
    const connection = await findConnection(db, fence.workspaceId, fence.connectionId)
    if (connection === null || plan.trouble === null) return
    await noteTrouble(parts, db, connection, { trouble: plan.trouble, detail: failure.message })
  }
  try {
    await inScope(platform.database, systemScope(fence.workspaceId), note)
  } catch (noteError) {
    if (!isDatabaseAway(noteError)) platform.log.warn({ error: noteError }, 'a failure could not be noted')
  }
  return plan.waitMs
}
