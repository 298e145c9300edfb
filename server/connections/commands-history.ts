import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel } from '../../channels/channel.ts'
import { acceptWithin } from '../engagements/index.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { afterFailure } from './after-failure.ts'
import { keepWithin } from './commands-keep.ts'
import { failureOf, LeaseLost, type Listening } from './commands-attempt.ts'
import { openChannelOf } from './commands-open.ts'
import type { StoredConnection } from './connection.ts'
import { findConnection } from './store.ts'
import { countWaiting, moveBackfill, noteReconciled, standingAfter } from './store-listening.ts'
import { haltBackfill, readRun } from './store-runs.ts'

const together = 100
/** History waits while so much of it is still to be read. */
const mostWaiting = 2_000
const mostFailures = 10

/** Fetches what was said before, beside listening, where that was asked for. */
export async function fetchHistory(listening: Listening): Promise<void> {
  const { parts, fence, signal } = listening
  const { workspaceId, connectionId } = fence
  const scope = systemScope(workspaceId)
  let failures = 0
  while (!signal.aborted) {
    try {
      if (await isFull(listening)) await sleep(500, undefined, { signal })
      else if (!(await fetchSome(listening))) return
      failures = 0
    } catch (error) {
      if (signal.aborted || error instanceof LeaseLost) return
      const failure = failureOf(error)
      failures += failure.code === 'rate' ? 0 : 1
      const plan = afterFailure(failure, failures, parts.chance())
      if (failure.code.startsWith('auth.') || failures >= mostFailures) {
        const at = new Date(parts.platform.clock.now())
        await inScope(parts.platform.database, scope, async (db) => {
          await haltBackfill(db, workspaceId, connectionId, { state: 'failed', detail: failure.message, at })
          await tell(db, workspaceId, { topic: 'connection.changed', connectionIds: [connectionId] })
        })
        return
      }
      await sleep(plan.waitMs, undefined, { signal }).catch(() => {})
    }
  }
}

async function isFull({ parts, fence: { workspaceId, connectionId } }: Listening): Promise<boolean> {
  const waiting = await inScope(parts.platform.database, systemScope(workspaceId), (db) =>
    countWaiting(db, workspaceId, connectionId, mostWaiting),
  )
  return waiting >= mostWaiting
}

/** False where there is no more to fetch. */
async function fetchSome({ parts, fence, signal }: Listening): Promise<boolean> {
  const { workspaceId, connectionId } = fence
  const scope = systemScope(workspaceId)
  const { database, clock } = parts.platform
  const { connection, run } = await inScope(database, scope, async (db) => ({
    connection: await findConnection(db, workspaceId, connectionId),
    run: await readRun(db, workspaceId, connectionId),
  }))
  if (connection?.account == null || run?.backfillState !== 'running') return false
  const channel = openChannelOf(parts, connection, { isBackfill: true })?.channel
  if (channel?.backfill === undefined) return false
  const polled = await channel.backfill(run.backfillCursor, together)
  if (signal.aborted) return false
  const at = new Date(clock.now())
  await inScope(database, scope, async (db) => {
    const kept = { connectionId, events: polled.events, isHistorical: true }
    const received = await keepWithin(db, workspaceId, [kept], at)
    const moved = { cursor: polled.cursor, received, isDone: !polled.more, at }
    if (!(await moveBackfill(db, fence, moved))) throw new LeaseLost()
    if (!polled.more)
      await tell(db, workspaceId, { topic: 'connection.changed', connectionIds: [connectionId] })
  })
  return polled.more
}

const firstLookMs = 60_000
const lookMs = 600_000
const backDaysMs = 30 * 86_400_000

/** Asks the network now and then what is gone, where it says nothing by itself. */
export async function watchDeletions(listening: Listening): Promise<void> {
  const { signal, parts, fence } = listening
  for (let waitMs = firstLookMs; !signal.aborted; waitMs = lookMs) {
    await sleep(waitMs * (1 + parts.chance() / 4), undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    try {
      await lookForDeletions(listening)
    } catch (error) {
      parts.platform.log.info({ error, connection: fence.connectionId }, 'a look for deletions failed')
    }
  }
}

/** One look at the next hundred; at the end it begins again with those of the last thirty days. */
export async function lookForDeletions({
  parts,
  fence,
}: Pick<Listening, 'parts' | 'fence'>): Promise<number> {
  const { workspaceId, connectionId } = fence
  const scope = systemScope(workspaceId)
  const { database, clock } = parts.platform
  const now = clock.now()
  const found = await inScope(database, scope, async (db) => {
    const connection = await findConnection(db, workspaceId, connectionId)
    const run = await readRun(db, workspaceId, connectionId)
    return connection === null || run === null ? null : { connection, run }
  })
  const opened = found === null ? null : openAsking(parts, found.connection)
  if (found === null || opened === null) return 0
  const { channel, presenceId } = opened
  const oldest = new Date(now - backDaysMs)
  const after =
    found.run.reconciledTo !== null && found.run.reconciledTo > oldest ? found.run.reconciledTo : oldest
  const source = channel.manifest.source
  const standing = await inScope(database, scope, (db) =>
    standingAfter(db, workspaceId, { presenceId, source, after, limit: together }),
  )
  const gone = standing.length === 0 ? [] : await opened.ask(standing.map((each) => each.externalId))
  await inScope(database, scope, async (db) => {
    const at = new Date(now)
    const inputs = gone.map((externalId) => ({
      type: 'Delete' as const,
      kind: 'Note' as const,
      source,
      externalId,
      direction: 'in' as const,
      author: { externalId },
      mentions: [],
      visibility: 'public' as const,
      text: '',
      media: [],
      publishedAt: at.toISOString(),
      automatic: false,
    }))
    if (inputs.length > 0) await acceptWithin(db, workspaceId, inputs, { via: 'connector', now: at })
    const last = standing.length < together ? oldest : standing.at(-1)?.publishedAt
    await noteReconciled(db, fence, { to: last ?? oldest, at })
  })
  return gone.length
}

function openAsking(parts: Listening['parts'], connection: StoredConnection) {
  const channel: Channel | undefined = openChannelOf(parts, connection)?.channel
  const ask = channel?.reconcileDeletes
  if (channel === undefined || ask === undefined || connection.presenceId === null) return null
  return { channel, ask, presenceId: connection.presenceId }
}
