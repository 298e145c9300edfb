// The calls of the network (https://atproto.com/specs/xrpc): a name below /xrpc/, JSON in and out, and errors as
// {error, message}.
import { z } from 'zod'
import { ChannelFailure, type ChannelError, type Link } from '../channel.ts'
import type { HttpAnswer, HttpRequest, Ports } from '../ports.ts'

/** What the server said no with; `reached`: whether anything was answered at all. */
export class XrpcFailure extends ChannelFailure {
  readonly error: string
  readonly status: number
  constructor(code: ChannelError, message: string, said: Said) {
    super(code, message, said.retryAfterMs === null ? {} : { retryAfterMs: said.retryAfterMs })
    this.error = said.error
    this.status = said.status
  }
}

interface Said {
  readonly error: string
  readonly status: number
  readonly retryAfterMs: number | null
}

export interface Call {
  readonly method: string
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  /** A procedure that takes nothing. */
  readonly isProcedure?: true
  /** Makes it a procedure. */
  readonly body?: object | { readonly bytes: Uint8Array; readonly mediaType: string }
  /** Signed with the session where left out. */
  readonly token?: string | null
  readonly cost?: number
}

/** Asks the account's server, as the account. */
export async function call(ports: Ports, link: Link, what: Call): Promise<unknown> {
  const token = what.token === undefined ? tokenOf(ports, link) : what.token
  const answer = await ask(
    ports,
    requestOf(link, what, token),
    what.body !== undefined || what.isProcedure === true,
  )
  if (answer.status >= 200 && answer.status < 300) return readBody(answer, what)
  throw readRefusal(answer, ports.clock.now())
}

/** Fails before anything leaves where the session ran out, so that the core renews it. */
function tokenOf({ clock }: Ports, { secrets }: Link): string {
  const token = secrets['accessJwt'] ?? ''
  if (token === '') throw new ChannelFailure('auth.expired', 'No session with Bluesky is open.')
  const end = readToken(token).exp
  if (end !== undefined && end * 1_000 < clock.now()) {
    throw new ChannelFailure('auth.expired', 'The session with Bluesky ran out.')
  }
  return token
}

const Token = z.object({ exp: z.number().optional(), scope: z.string().optional() })

/** What a session says about itself; nothing where it cannot be read. */
export function readToken(token: string): z.infer<typeof Token> {
  try {
    const part = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
    return Token.parse(JSON.parse(part))
  } catch {
    return {}
  }
}

export function serviceOf({ config }: Link): string {
  return (config['service'] ?? '').trim().replace(/\/+$/, '')
}

function requestOf(
  link: Link,
  { method, query, body, cost, isProcedure }: Call,
  token: string | null,
): HttpRequest {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of typeof value === 'string' ? [value] : value) asked.append(name, each)
  }
  const tail = asked.size === 0 ? '' : `?${asked.toString()}`
  const headers = {
    accept: 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
  const request = { url: `${serviceOf(link)}/xrpc/${method}${tail}`, ...(cost === undefined ? {} : { cost }) }
  if (body === undefined) return { ...request, headers, ...(isProcedure === true ? { method: 'POST' } : {}) }
  const isFile = 'bytes' in body && 'mediaType' in body
  return {
    ...request,
    method: 'POST',
    headers: { ...headers, 'content-type': isFile ? body.mediaType : 'application/json' },
    body: isFile ? body.bytes : JSON.stringify(body),
    ...(isFile ? { timeoutMs: 60_000 } : {}),
  }
}

const neverLeft = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/

/** A question that was not answered may be asked again; a command may have taken effect, unless it never left. */
async function ask(ports: Ports, request: HttpRequest, isCommand: boolean): Promise<HttpAnswer> {
  try {
    return await ports.http.fetch(request)
  } catch (cause) {
    const reason = cause instanceof Error ? cause : new Error(String(cause))
    const code = 'code' in reason && typeof reason.code === 'string' ? reason.code : ''
    const left = isCommand && !neverLeft.test(code) && reason.name !== 'EgressRefused'
    const message = left
      ? 'The Bluesky server broke off before it answered.'
      : `The Bluesky server cannot be reached: ${reason.message.slice(0, 200)}.`
    throw new ChannelFailure(left ? 'timeout.unknown' : 'network.down', message, { cause })
  }
}

function readBody({ body }: HttpAnswer, { method, body: sent }: Call): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString())
  } catch (cause) {
    const message = `The server's answer to ${method} is no JSON.`
    throw new ChannelFailure(sent === undefined ? 'contract.violation' : 'timeout.unknown', message, {
      cause,
    })
  }
}

const Refusal = z.object({ error: z.string().max(200), message: z.string().max(2_000).optional() })

const codes: Readonly<Record<string, ChannelError>> = {
  ExpiredToken: 'auth.expired',
  InvalidToken: 'auth.expired',
  AuthMissing: 'auth.expired',
  AuthenticationRequired: 'auth.revoked',
  AuthFactorTokenRequired: 'auth.revoked',
  AccountTakedown: 'auth.revoked',
  AccountSuspended: 'auth.revoked',
  AccountDeactivated: 'auth.revoked',
  RateLimitExceeded: 'rate',
  RecordNotFound: 'target.gone',
  RepoNotFound: 'target.gone',
  NotFound: 'target.gone',
  BlockedActor: 'target.forbidden',
  BlockedByActor: 'target.forbidden',
  InvalidRecord: 'content.rejected',
  BlobTooLarge: 'content.rejected',
  InvalidMimeType: 'content.rejected',
  PayloadTooLarge: 'content.rejected',
}

function readRefusal(answer: HttpAnswer, now: number): XrpcFailure {
  const { status } = answer
  const said = Refusal.safeParse(jsonOf(answer.body)).data
  const error = said?.error ?? ''
  const words = said?.message ?? ''
  const retryAfterMs = status === 429 ? waitOf(answer, now) : null
  const detail =
    words === '' ? `The Bluesky server answered ${status} ${error}`.trimEnd() : `Bluesky says: ${words}`
  return new XrpcFailure(codeOf(status, error, words), detail.replace(/[.!?]*$/, '.'), {
    error,
    status,
    retryAfterMs,
  })
}

function codeOf(status: number, error: string, words: string): ChannelError {
  if (status === 429) return 'rate'
  if (status >= 500) return 'network.down'
  const known = codes[error]
  if (known !== undefined) return known
  if (status === 401) return 'auth.expired'
  if (status === 403) return 'scope.missing'
  if (status === 413) return 'content.rejected'
  if (/^could not find repo/i.test(words)) return 'target.gone'
  return error === 'InvalidRequest' ? 'content.rejected' : 'contract.violation'
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return null
  }
}

const usualWaitMs = 60_000

/** `retry-after` in seconds, or `ratelimit-reset` as a time in seconds since 1970. */
function waitOf({ headers }: HttpAnswer, now: number): number {
  const after = Number(headers['retry-after'] ?? Number.NaN)
  if (Number.isFinite(after)) return Math.max(0, after * 1_000)
  const reset = Number(headers['ratelimit-reset'] ?? Number.NaN)
  return Number.isFinite(reset) ? Math.max(1_000, reset * 1_000 - now) : usualWaitMs
}
