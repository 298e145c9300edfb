import { setTimeout as sleep } from 'node:timers/promises'
import {
  claimConnection,
  releaseClaims,
  renewClaims,
  wantedConnections,
  type Wanted,
} from '../platform/db/directory-connections.ts'
import { isDatabaseAway } from '../platform/http/unavailable.ts'
import { newId } from '../platform/ids.ts'
import { fetchHistory, watchDeletions } from './commands-history.ts'
import type { Listening } from './commands-attempt.ts'
import { listen } from './commands-listen.ts'
import type { ConnectionParts } from './connection.ts'

export interface ListenerOptions {
  /** So long after its last sign of life another process may listen instead. */
  readonly leaseMs?: number
  /** How often changes of connections are looked for. */
  readonly lookMs?: number
}

export interface Listener {
  stop(): Promise<void>
}

interface Running {
  readonly wanted: Wanted
  readonly fence: number
  readonly abort: AbortController
  readonly done: Promise<void>
  contactAt: Date | null
}

const endingMs = 3_000

/**
 * Listens to every connection that no other process listens to. A claim in the database, renewed as long as this process
 * lives, says who does; its number fences off a process that was away and comes back.
 */
export function startListening(parts: ConnectionParts, options: ListenerOptions = {}): Listener {
  const { database, log, clock } = parts.platform
  const { leaseMs = 20_000, lookMs = 2_000 } = options
  const listener = newId()
  const running = new Map<string, Running>()
  const stopping = new AbortController()
  const heard = new Set(
    parts.plugs.filter(({ manifest }) => manifest.listens.length > 0).map(({ manifest }) => manifest.id),
  )

  function begin(wanted: Wanted, fence: number): void {
    const { workspaceId, connectionId } = wanted
    const abort = new AbortController()
    const listening: Listening = {
      parts,
      fence: { workspaceId, connectionId, listener, fence },
      signal: abort.signal,
      onContact: () => (one.contactAt = new Date(clock.now())),
    }
    const done = Promise.all([listen(listening), fetchHistory(listening), watchDeletions(listening)]).then(
      () => {},
      (error: unknown) => log.error({ error, connection: connectionId }, 'a listener failed'),
    )
    const one: Running = { wanted, fence, abort, done, contactAt: null }
    running.set(connectionId, one)
  }

  /** Ends those that are no longer wanted as they are, and begins those that nobody listens to. */
  async function look(): Promise<void> {
    const all = (await wantedConnections(database)).filter(({ channel }) => heard.has(channel))
    const byId = new Map(all.map((wanted) => [wanted.connectionId, wanted]))
    const old = [...running.values()].filter(
      ({ wanted }) => byId.get(wanted.connectionId)?.version !== wanted.version,
    )
    await end(old)
    const ended = old.map(({ wanted }) => wanted.connectionId)
    await releaseClaims(
      database,
      listener,
      ended.filter((id) => !byId.has(id)),
    )
    for (const wanted of all) {
      const isOthers = wanted.listener !== null && wanted.listener !== listener
      if (running.has(wanted.connectionId) || isOthers || stopping.signal.aborted) continue
      const fence = await claimConnection(database, wanted, { listener, leaseMs })
      if (fence !== null) begin(wanted, fence)
    }
  }

  async function renew(): Promise<void> {
    const held = [...running.values()].map(({ wanted, fence, contactAt }) => ({
      ...wanted,
      fence,
      contactAt,
    }))
    const kept = await renewClaims(database, held, { listener, leaseMs })
    await end([...running.values()].filter(({ wanted }) => !kept.has(wanted.connectionId)))
  }

  async function end(ones: readonly Running[]): Promise<void> {
    for (const { abort, wanted } of ones) {
      abort.abort()
      running.delete(wanted.connectionId)
    }
    if (ones.length === 0) return
    const ended = new AbortController()
    const late = sleep(endingMs, undefined, { signal: ended.signal }).catch(() => {})
    await Promise.race([Promise.all(ones.map(({ done }) => done)), late])
    ended.abort()
  }

  async function run(): Promise<void> {
    for (let renewAt = 0; !stopping.signal.aborted;) {
      try {
        if (clock.now() >= renewAt) {
          await renew()
          renewAt = clock.now() + leaseMs / 4
        }
        await look()
      } catch (error) {
        if (!isDatabaseAway(error)) log.warn({ error }, 'connections could not be looked at')
      }
      await sleep(lookMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  const whole = run()
  return {
    async stop() {
      stopping.abort()
      await whole
      const ids = [...running.keys()]
      await end([...running.values()])
      await releaseClaims(database, listener, ids).catch(() => {})
    },
  }
}
