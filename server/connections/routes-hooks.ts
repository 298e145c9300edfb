import type { IncomingMessage } from 'node:http'
import { Hono, type Context } from 'hono'
import type { Channel, HookAnswer, HookRequest } from '../../channels/channel.ts'
import { guessNetwork } from '../platform/auth/guess-buckets.ts'
import { rememberRecent } from '../platform/auth/recent.ts'
import { connectionByHook } from '../platform/db/directory-connections.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { limitBody } from '../platform/http/limit-body.ts'
import { hashToken } from '../platform/secrets/sealed.ts'
import type { Keeper } from './commands-keep.ts'
import { openBare } from './commands-open.ts'
import { keepForLater, receiveNow, withoutNetwork } from './commands-receive.ts'
import type { ConnectionParts } from './connection.ts'
import { openLimits, refusals, unprovenByAddress, unprovenByHook, type Limit } from './hook-limits.ts'
import { findConnection } from './store.ts'

const maxBytes = 10 * 1024 * 1024
const rememberMs = 2_000
const mostRemembered = 10_000
const mostNetworks = 1_000

interface Hooked {
  readonly workspaceId: string
  readonly connectionId: string
  readonly channel: Channel
}

export interface HookParts {
  readonly parts: ConnectionParts
  readonly keeper: Keeper
  readonly addressOf: (c: Context) => string
}

/**
 * Where networks push to. The bytes are verified as they came, and committed before they are acknowledged; what they
 * mean is found out later. The address holds a secret of its own, and no cookie or key is looked at.
 */
export function hookRoute({ parts, keeper, addressOf }: HookParts): Hono {
  const { clock, log } = parts.platform
  const recent = rememberRecent<Hooked | null>(clock, rememberMs, mostRemembered)
  const limits = openLimits(clock)
  const networkOf = rememberNetworks()
  const app = new Hono()
  app.all('/hooks/:token', limitBody(maxBytes), async (c) => {
    const address = networkOf(addressOf(c))
    const hash = hashToken(c.req.param('token'))
    const hooked = await recent.get(hash.toString('base64url'), () => findByHook(parts, hash))
    if (hooked === null) return refuse(`nowhere ${address}`, c.text('Not found', 404))
    const { connectionId, channel } = hooked
    const refused = `refused ${connectionId} ${address}`
    const held = heldBack(refused, limitsOf(hooked, address))
    if (held !== null) return held
    const request = await requestOf(c)
    const received = await receiveNow(channel, request)
    if (received === null) return c.text('Not found', 404)
    if (received === 'later') {
      await keepForLater(parts, hooked, request)
      return c.text('Accepted', channel.manifest.pushedBy === 'anybody' ? 202 : 200)
    }
    if (received.result === 'challenge') return answerWith(received.answer)
    if (received.result === 'reject') {
      log.info({ connection: connectionId, reason: received.reason }, 'a push was refused')
      return refuse(refused, c.text('Refused', received.status))
    }
    await keeper.keep(hooked.workspaceId, { connectionId, events: received.events })
    return received.answer === undefined ? c.text('') : answerWith(received.answer)
  })

  /** The refusal counts; who was refused too often is told to wait in its place. */
  function refuse(name: string, refusal: Response): Response {
    const waitMs = limits.waitOf(name, refusals)
    limits.take(name, refusals)
    return waitMs === 0 ? refusal : tooMany(waitMs)
  }

  /** Counts a push without a proof; null where it may pass. Who was refused too often waits before anything is read. */
  function heldBack(refused: string, counted: readonly (readonly [string, Limit])[]): Response | null {
    const waits = counted.map(([name, limit]) => limits.waitOf(name, limit))
    const waitMs = Math.max(limits.waitOf(refused, refusals), ...waits)
    if (waitMs > 0) return tooMany(waitMs)
    for (const [name, limit] of counted) limits.take(name, limit)
    return null
  }
  return app
}

/** Few addresses push much; reading one anew each time costs more than looking it up. */
function rememberNetworks(): (address: string) => string {
  const known = new Map<string, string>()
  return (address) => {
    const found = known.get(address)
    if (found !== undefined) return found
    if (known.size >= mostNetworks) known.clear()
    const network = guessNetwork(address)
    known.set(address, network)
    return network
  }
}

function limitsOf({ connectionId, channel }: Hooked, address: string): readonly (readonly [string, Limit])[] {
  if (channel.manifest.pushedBy !== 'anybody') return []
  return [
    [`address ${connectionId} ${address}`, unprovenByAddress],
    [`hook ${connectionId}`, unprovenByHook],
  ]
}

function tooMany(waitMs: number): Response {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
  const text = `Too many requests. Please try again in ${seconds} s.`
  return new Response(text, {
    status: 429,
    headers: { 'Retry-After': String(seconds), 'Content-Type': 'text/plain; charset=utf-8' },
  })
}

async function findByHook(parts: ConnectionParts, hash: Buffer): Promise<Hooked | null> {
  const found = await connectionByHook(parts.platform.database, hash)
  if (found === null) return null
  const { workspaceId, connectionId } = found
  const connection = await inScope(parts.platform.database, systemScope(workspaceId), (db) =>
    findConnection(db, workspaceId, connectionId),
  )
  const channel = connection === null ? null : openBare(parts, connection, { through: withoutNetwork })
  return channel === null ? null : { workspaceId, connectionId, channel }
}

async function requestOf(c: Context): Promise<HookRequest> {
  const { url } = c.req
  return {
    method: c.req.method,
    query: url.includes('?') ? Object.fromEntries(new URL(url).searchParams) : {},
    headers: headersOf(c),
    body: new Uint8Array(await c.req.arrayBuffer()),
  }
}

/** As Node has them already; making the standard's own object of them costs as much as checking a signature. */
function headersOf(c: Context): Readonly<Record<string, string>> {
  const { incoming } = (c.env ?? {}) as { readonly incoming?: IncomingMessage }
  if (incoming === undefined) return Object.fromEntries(c.req.raw.headers)
  const headers: Record<string, string> = {}
  for (const name in incoming.headers) {
    const value = incoming.headers[name]
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return headers
}

/** Nothing that a browser would run, whatever a network wants to be told. */
function answerWith({ status, contentType, body }: HookAnswer): Response {
  const isPlain = /^(text\/plain|application\/(json|xml|activity\+json))\b/.test(contentType)
  const type = isPlain ? contentType : 'text/plain; charset=utf-8'
  return new Response(body, { status, headers: { 'Content-Type': type } })
}
