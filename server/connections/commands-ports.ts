import type { HttpAnswer, HttpRequest, LinkStore, Ports } from '../../channels/ports.ts'
import type { Manifest } from '../../channels/manifest.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { Secret } from '../platform/secrets/sealed.ts'
import { openBrakes, spend, type Spending } from './commands-budget.ts'
import type { ConnectionParts } from './connection.ts'
import { deleteValue, listKeys, readValue, writeValue } from './store-values.ts'

export interface PortsFor {
  readonly workspaceId: string
  readonly connectionId: string
  readonly manifest: Manifest
  /** History leaves most of the budget to what is live. */
  readonly isBackfill?: boolean
}

const mostKeys = 1_000

/**
 * The outside world as the channel of one connection sees it. A call that the budget or a rest has no room for is
 * answered as the network would: 429, with the time to wait; nothing of it left.
 */
export function openPorts(parts: ConnectionParts, asked: PortsFor): Ports {
  const { platform } = parts
  const { egress, clock, log } = platform
  const brakes = openBrakes(parts, asked.connectionId)
  const spending: Spending = {
    workspaceId: asked.workspaceId,
    connectionId: asked.connectionId,
    budget: asked.manifest.budget,
    reserve: asked.isBackfill === true ? 0.5 : 0,
  }
  async function heldFor(request: HttpRequest, host: string): Promise<number> {
    const waitMs = brakes.waitOf(host)
    return waitMs > 0 ? waitMs : spend(parts, spending, request.cost ?? 1)
  }
  async function braked<Answer extends Pick<HttpAnswer, 'status' | 'headers'>>(
    host: string,
    ask: () => Promise<Answer>,
  ): Promise<Answer> {
    try {
      const answer = await ask()
      brakes.note(host, answer)
      return answer
    } catch (error) {
      brakes.note(host, null)
      throw error
    }
  }
  return {
    http: {
      async fetch(request) {
        const host = hostOf(request.url)
        const waitMs = await heldFor(request, host)
        if (waitMs > 0) return { ...heldAnswer(waitMs), body: Buffer.alloc(0), url: request.url }
        return braked(host, () => egress.fetch(request))
      },
      async stream(request, options) {
        const host = hostOf(request.url)
        const waitMs = await heldFor(request, host)
        if (waitMs > 0) return { ...heldAnswer(waitMs), body: nothing() }
        return braked(host, () => egress.stream(request, options))
      },
    },
    socket: { connect: egress.connect, addressOf: egress.addressOf },
    websocket: { open: egress.websocket },
    store: openStore(parts, asked),
    clock,
    log: {
      warn: (facts, message) =>
        log.warn(
          { connection: asked.connectionId, channel: asked.manifest.id, facts, message },
          'a channel says',
        ),
    },
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

function heldAnswer(waitMs: number): Pick<HttpAnswer, 'status' | 'headers'> {
  return { status: 429, headers: { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))) } }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** What a channel remembers: sealed, and bound to connection and key. */
function openStore({ platform }: ConnectionParts, { workspaceId, connectionId }: PortsFor): LinkStore {
  const { database, secrets } = platform
  const scope = systemScope(workspaceId)
  const ownerOf = (key: string): string => `${workspaceId} ${connectionId} value ${key}`
  return {
    async get(key) {
      const sealed = await inScope(database, scope, (db) => readValue(db, workspaceId, { connectionId, key }))
      return sealed === null ? null : secrets.open(sealed, ownerOf(key)).reveal()
    },
    async set(key, value) {
      const sealed = secrets.seal(new Secret(value), ownerOf(key))
      await inScope(database, scope, (db) => writeValue(db, workspaceId, { connectionId, key }, sealed))
    },
    delete: (key) => inScope(database, scope, (db) => deleteValue(db, workspaceId, { connectionId, key })),
    keys: (prefix, after = '') =>
      inScope(database, scope, (db) =>
        listKeys(db, workspaceId, { connectionId, prefix, after, limit: mostKeys }),
      ),
  }
}
