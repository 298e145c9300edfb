import { Hono, type Context } from 'hono'
import type { HookAnswer, HookRequest } from '../../channels/channel.ts'
import { rememberRecent } from '../platform/auth/recent.ts'
import { connectionByHook } from '../platform/db/directory-connections.ts'
import { limitBody } from '../platform/http/limit-body.ts'
import { hashToken } from '../platform/secrets/sealed.ts'
import { channelOf } from './commands-open.ts'
import type { Keeper } from './commands-keep.ts'
import type { Connected, ConnectionParts } from './connection.ts'

const maxBytes = 10 * 1024 * 1024
const rememberMs = 2_000
const mostRemembered = 10_000

/**
 * Where networks push to. The bytes are verified as they came, and committed before they are acknowledged; what they
 * mean is found out later. The address holds a secret of its own, and no cookie or key is looked at.
 */
export function hookRoute(parts: ConnectionParts, keeper: Keeper): Hono {
  const recent = rememberRecent<Connected | null>(parts.platform.clock, rememberMs, mostRemembered)
  const app = new Hono()
  app.all('/hooks/:token', limitBody(maxBytes), async (c) => {
    const hash = hashToken(c.req.param('token'))
    const connected = await recent.get(hash.toString('base64url'), () => findByHook(parts, hash))
    if (connected?.channel.receive === undefined) return c.text('Not found', 404)
    const received = await connected.channel.receive(await requestOf(c))
    if (received.result === 'challenge') return answerWith(received.answer)
    if (received.result === 'reject') {
      parts.platform.log.info(
        { connection: connected.connectionId, reason: received.reason },
        'a push was refused',
      )
      return c.text('Refused', received.status)
    }
    const { workspaceId, connectionId } = connected
    await keeper.keep(workspaceId, { connectionId, events: received.events })
    return received.answer === undefined ? c.text('') : answerWith(received.answer)
  })
  return app
}

async function findByHook(parts: ConnectionParts, hash: Buffer): Promise<Connected | null> {
  const found = await connectionByHook(parts.platform.database, hash)
  if (found === null) return null
  return channelOf(parts, found.workspaceId, { connectionId: found.connectionId })
}

async function requestOf(c: Context): Promise<HookRequest> {
  return {
    method: c.req.method,
    query: Object.fromEntries(new URL(c.req.url).searchParams),
    headers: Object.fromEntries(c.req.raw.headers),
    body: new Uint8Array(await c.req.arrayBuffer()),
  }
}

/** Nothing that a browser would run, whatever a network wants to be told. */
function answerWith({ status, contentType, body }: HookAnswer): Response {
  const isPlain = /^(text\/plain|application\/(json|xml|activity\+json))\b/.test(contentType)
  const type = isPlain ? contentType : 'text/plain; charset=utf-8'
  return new Response(body, { status, headers: { 'Content-Type': type } })
}
