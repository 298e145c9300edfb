// Requests to other servers in the name of an actor, signed by either dialect. fedify makes the signatures; what
// leaves goes through our ports alone.
import type { HttpAnswer, Ports } from '../ports.ts'
import type { Addresses } from './addresses.ts'
import { keysOf } from './actor-keys.ts'

const activityType = 'application/activity+json'
export const accepted =
  'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'

/** The first one is understood nearly everywhere; servers that want the other one refuse it, and are remembered. */
const dialects = ['draft-cavage-http-signatures-12', 'rfc9421'] as const
type Dialect = (typeof dialects)[number]
const refusals = new Set([400, 401, 403])

export interface Outgoing {
  readonly url: string
  /** A POST where there is one, else a GET. */
  readonly body?: string
  readonly timeoutMs?: number
}

/** Throws where nothing was answered. */
export async function signedRequest(ports: Ports, own: Addresses, outgoing: Outgoing): Promise<HttpAnswer> {
  const known = `dialect/${new URL(outgoing.url).host}`
  const first = (await ports.store.get(known)) === 'rfc9421' ? 'rfc9421' : dialects[0]
  const answer = await ask(ports, own, outgoing, first)
  // Who says in words what is wrong has read the signature.
  if (!refusals.has(answer.status) || saysWhy(answer)) return answer
  const other = first === 'rfc9421' ? dialects[0] : 'rfc9421'
  const second = await ask(ports, own, outgoing, other)
  if (second.status >= 400) return answer
  await ports.store.set(known, other)
  return second
}

export function saysWhy({ headers }: HttpAnswer): boolean {
  return String(headers['content-type'] ?? '').startsWith('application/problem+json')
}

async function ask(ports: Ports, own: Addresses, outgoing: Outgoing, dialect: Dialect): Promise<HttpAnswer> {
  const { url, body, timeoutMs = 10_000 } = outgoing
  const method = body === undefined ? 'GET' : 'POST'
  const headers = await signedHeaders(ports, own, outgoing, dialect)
  return ports.http.fetch({
    url,
    method,
    headers,
    timeoutMs,
    maxBytes: 1024 * 1024,
    ...(body === undefined ? {} : { body }),
  })
}

async function signedHeaders(
  { store }: Ports,
  own: Addresses,
  { url, body }: Outgoing,
  dialect: Dialect,
): Promise<Record<string, string>> {
  const { signRequest } = await import('@fedify/fedify/sig')
  const { privateKey } = await keysOf(store, own)
  const request = new Request(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? { accept: accepted } : { accept: accepted, 'content-type': activityType },
    ...(body === undefined ? {} : { body }),
  })
  const signed = await signRequest(request, privateKey, new URL(own.key), { spec: dialect })
  const headers = Object.fromEntries(signed.headers)
  // Said by whoever connects; handed on with a redirect it would name the wrong host.
  delete headers.host
  return headers
}
