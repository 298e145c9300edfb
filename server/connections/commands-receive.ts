// A push that cannot be understood without asking the network, such as a mention whose page must be read or a message
// with a file: it is kept as it came, acknowledged, and looked at in the background. A request that waits for others
// could be made to wait for long, by anybody.
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import type { Channel, HookRequest, Received } from '../../channels/channel.ts'
import type { Ports } from '../../channels/ports.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { askFor, type Job } from '../platform/jobs/jobs.ts'
import { keepWithin } from './commands-keep.ts'
import { openChannelOf } from './commands-open.ts'
import type { ConnectionParts } from './connection.ts'
import { ReceivePayload, receiveJob } from './jobs-names.ts'
import { findConnection } from './store.ts'

/** Larger ones are looked at at once: they come from networks that sign, with what they say in them. */
const mostKept = 512 * 1024
/** A page that could not be read, or does not say what it was said to, is looked at again after these times. */
const againMs = [30_000, 300_000]

const asking = new AsyncLocalStorage<{ hasAsked: boolean }>()

/** Ports by which nothing leaves while a push is looked at within its request. */
export function withoutNetwork(ports: Ports): Ports {
  function refuse(): boolean {
    const now = asking.getStore()
    if (now !== undefined) now.hasAsked = true
    return now !== undefined
  }
  const reason = (): Promise<never> => Promise.reject(new Error('the network is asked later'))
  return {
    ...ports,
    http: {
      fetch: (request) => (refuse() ? reason() : ports.http.fetch(request)),
      stream: (request, options) => (refuse() ? reason() : ports.http.stream(request, options)),
    },
  }
}

/** What the push is, or `later` where that takes the network. */
export async function receiveNow(channel: Channel, request: HookRequest): Promise<Received | 'later' | null> {
  if (channel.receive === undefined) return null
  if (request.body.length > mostKept) return channel.receive(request)
  const state = { hasAsked: false }
  try {
    const received = await asking.run(state, async () => (await channel.receive?.(request)) ?? null)
    return state.hasAsked ? 'later' : received
  } catch (error) {
    if (state.hasAsked) return 'later'
    throw error
  }
}

/** Resolves after the commit that holds it. The same push, while it waits, is one. */
export async function keepForLater(
  { platform }: Pick<ConnectionParts, 'platform'>,
  { workspaceId, connectionId }: { readonly workspaceId: string; readonly connectionId: string },
  { method, query, headers, body }: HookRequest,
): Promise<void> {
  const bytes = Buffer.from(body)
  const request = { method, query, headers, body: bytes.toString('base64') }
  const digest = createHash('sha256').update(bytes).digest('base64url')
  const queue = `receive:${connectionId}`
  await inScope(platform.database, systemScope(workspaceId), (db) =>
    askFor(
      db,
      receiveJob,
      { workspaceId, connectionId, request, tries: 0 },
      { queue, key: `${queue}:${digest}` },
    ),
  )
}

export function createReceiveJob(parts: ConnectionParts): Job<ReceivePayload> {
  return { ...receiveJob, payload: ReceivePayload, run: (payload) => receiveLater(parts, payload) }
}

async function receiveLater(parts: ConnectionParts, payload: ReceivePayload): Promise<void> {
  const { workspaceId, connectionId, request } = payload
  const { database, clock, log } = parts.platform
  const scope = systemScope(workspaceId)
  const found = await inScope(database, scope, (db) => findConnection(db, workspaceId, connectionId))
  const channel = found === null ? undefined : openChannelOf(parts, found)?.channel
  if (channel?.receive === undefined) return
  const received = await channel.receive({ ...request, body: Buffer.from(request.body, 'base64') })
  if (received.result === 'accept') {
    const kept = { connectionId, events: received.events }
    await inScope(database, scope, (db) => keepWithin(db, workspaceId, [kept], new Date(clock.now())))
    return
  }
  const reason = received.result === 'reject' ? received.reason : 'a question that came late'
  log.info({ connection: connectionId, reason, tries: payload.tries + 1 }, 'a push was refused after a look')
  const waitMs = received.result === 'reject' ? againMs[payload.tries] : undefined
  if (waitMs === undefined) return
  const again = { ...payload, tries: payload.tries + 1 }
  const options = { queue: `receive:${connectionId}`, runAt: new Date(clock.now() + waitMs) }
  await inScope(database, scope, (db) => askFor(db, receiveJob, again, options))
}
