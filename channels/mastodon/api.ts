// The client API of Mastodon (https://docs.joinmastodon.org/client/intro/), which many servers of the fediverse speak.
import { askJson, type Asked, type Wrong } from '../ask-json.ts'
import { ChannelFailure, type Link } from '../channel.ts'
import type { HttpAnswer, HttpRequest, Ports } from '../ports.ts'

export type Json = Readonly<Record<string, unknown>>

export interface Api {
  readonly ports: Ports
  readonly link: Link
  /** Without a slash at its end. */
  readonly origin: string
  /** Names are unique on one server only; this stands before them. */
  readonly host: string
  readonly token: string
}

/** Null where no server is named. */
export function apiOf(ports: Ports, link: Link): Api | null {
  const instance = link.config.instance ?? ''
  if (!URL.canParse(instance)) return null
  const { origin, host } = new URL(instance)
  return { ports, link, origin, host, token: link.secrets.accessToken ?? '' }
}

export function ask(
  { ports, origin, token }: Api,
  path: string,
  more: Partial<HttpRequest> = {},
): Promise<Asked> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', ...more.headers }
  return askJson(ports, { ...more, url: origin + path, headers }, (answer, body) =>
    readWrong(answer, body, ports),
  )
}

/** `key`: what is sent twice under it takes effect once. */
export function send(
  api: Api,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  { body, key }: { readonly body?: Json; readonly key?: string } = {},
): Promise<Asked> {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  }
  return ask(api, path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}

/** What Mastodon means beside the status. */
function readWrong({ status, headers }: HttpAnswer, body: unknown, { clock }: Ports): Wrong | null {
  const said = textOf(objectOf(body).error)
  const words = said === '' ? '' : `: ${said}`
  if (status === 401) {
    const error = /expired/i.test(said) ? 'auth.expired' : 'auth.revoked'
    return { error, detail: `The server no longer knows our token${words}.` }
  }
  if (status === 403 && /scope/i.test(said)) {
    return { error: 'scope.missing', detail: `The token lacks a permission${words}.` }
  }
  if (status === 422) return { error: 'content.rejected', detail: `The server refused this${words}.` }
  if (status !== 429 || headers['retry-after'] !== undefined) return null
  const until = Date.parse(String(headers['x-ratelimit-reset'] ?? ''))
  const retryAfterMs = Number.isNaN(until) ? 60_000 : Math.max(1_000, until - clock.now())
  return { error: 'rate', detail: 'The server asks us to wait.', retryAfterMs }
}

export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** A list of objects; what is none in it is left out. */
export function objectsOf(value: unknown): readonly Json[] {
  if (!Array.isArray(value)) return []
  return value.map(objectOf).filter((each) => Object.keys(each).length > 0)
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Names are texts of digits or letters; nothing else may stand in a path. */
export function idOf(value: unknown): string | null {
  const id = textOf(objectOf(value).id)
  return /^[\w-]{1,100}$/.test(id) ? id : null
}

export function listOrThrow(asked: Asked): readonly Json[] {
  if (!asked.ok) throw failure(asked)
  if (!Array.isArray(asked.body))
    throw new ChannelFailure('contract.violation', 'The server answered no list.')
  return objectsOf(asked.body)
}

export function failure({ error, detail, retryAfterMs }: Wrong): ChannelFailure {
  return new ChannelFailure(error, detail, retryAfterMs === undefined ? {} : { retryAfterMs })
}

/** How we name what stands on this server. */
export function nameOf({ host }: Api, id: string): string {
  return `${host}/${id}`
}

/** The server's own name for it; null where it stands on another server. */
export function localId({ host }: Api, name: string | null | undefined): string | null {
  const start = `${host}/`
  const id = name?.startsWith(start) === true ? name.slice(start.length) : ''
  return /^[\w-]{1,100}$/.test(id) ? id : null
}
