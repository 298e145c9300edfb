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
  const listeners = new Listeners(parts, options)
  const whole = listeners.run()
  return {
    async stop() {
      listeners.stopping.abort()
      await whole
      await listeners.endAll()
    },
  }
}

class Listeners {
  readonly stopping = new AbortController()
  readonly #parts: ConnectionParts
  readonly #leaseMs: number
  readonly #lookMs: number
  readonly #listener = newId()
  readonly #running = new Map<string, Running>()
  readonly #heard: ReadonlySet<string>

  constructor(parts: ConnectionParts, { leaseMs = 20_000, lookMs = 2_000 }: ListenerOptions) {
    this.#parts = parts
    this.#leaseMs = leaseMs
    this.#lookMs = lookMs
    const heard = parts.plugs.filter(({ manifest }) => manifest.listens.length > 0)
    this.#heard = new Set(heard.map(({ manifest }) => manifest.id))
  }

  async run(): Promise<void> {
    const { log } = this.#parts.platform
    const { signal } = this.stopping
    // By the time that passes: a clock that is set back keeps nobody from renewing what they hold.
    for (let renewAt = 0; !signal.aborted;) {
      try {
        if (performance.now() >= renewAt) {
          await this.#renew()
          renewAt = performance.now() + this.#leaseMs / 4
        }
        await this.#look()
      } catch (error) {
        if (!isDatabaseAway(error)) log.warn({ error }, 'connections could not be looked at')
      }
      await sleep(this.#lookMs, undefined, { signal }).catch(() => {})
    }
  }

  async endAll(): Promise<void> {
    const ids = [...this.#running.keys()]
    await this.#end([...this.#running.values()])
    await releaseClaims(this.#parts.platform.database, this.#listener, ids).catch(() => {})
  }

  #begin(wanted: Wanted, fence: number): void {
    const { workspaceId, connectionId } = wanted
    const { log, clock } = this.#parts.platform
    const abort = new AbortController()
    const listening: Listening = {
      parts: this.#parts,
      fence: { workspaceId, connectionId, listener: this.#listener, fence },
      signal: abort.signal,
      onContact: () => (one.contactAt = new Date(clock.now())),
    }
    const all = [listen(listening), fetchHistory(listening), watchDeletions(listening)]
    const done = Promise.all(all).then(
      () => {},
      (error: unknown) => log.error({ error, connection: connectionId }, 'a listener failed'),
    )
    const one: Running = { wanted, fence, abort, done, contactAt: null }
    this.#running.set(connectionId, one)
  }

  /** Ends those that are no longer wanted as they are, and begins those that nobody listens to. */
  async #look(): Promise<void> {
    const { database } = this.#parts.platform
    const all = (await wantedConnections(database)).filter(({ channel }) => this.#heard.has(channel))
    const byId = new Map(all.map((wanted) => [wanted.connectionId, wanted]))
    const old = [...this.#running.values()].filter(
      ({ wanted }) => byId.get(wanted.connectionId)?.version !== wanted.version,
    )
    await this.#end(old)
    const gone = old.map(({ wanted }) => wanted.connectionId).filter((id) => !byId.has(id))
    await releaseClaims(database, this.#listener, gone)
    for (const wanted of all) {
      const isOthers = wanted.listener !== null && wanted.listener !== this.#listener
      if (this.#running.has(wanted.connectionId) || isOthers || this.stopping.signal.aborted) continue
      const claim = { listener: this.#listener, leaseMs: this.#leaseMs }
      const fence = await claimConnection(database, wanted, claim)
      if (fence !== null) this.#begin(wanted, fence)
    }
  }

  async #renew(): Promise<void> {
    const all = [...this.#running.values()]
    const held = all.map(({ wanted, fence, contactAt }) => ({ ...wanted, fence, contactAt }))
    const claim = { listener: this.#listener, leaseMs: this.#leaseMs }
    const kept = await renewClaims(this.#parts.platform.database, held, claim)
    await this.#end(all.filter(({ wanted }) => !kept.has(wanted.connectionId)))
  }

  /** Gives them a moment; what hangs is left behind, and can commit nothing. */
  async #end(ones: readonly Running[]): Promise<void> {
    for (const { abort, wanted } of ones) {
      abort.abort()
      this.#running.delete(wanted.connectionId)
    }
    if (ones.length === 0) return
    const ended = new AbortController()
    const late = sleep(endingMs, undefined, { signal: ended.signal }).catch(() => {})
    await Promise.race([Promise.all(ones.map(({ done }) => done)), late])
    ended.abort()
  }
}
