import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'
import { actOf, wayOf, type AuthEvent } from './auth-event.ts'
import { authPaths, type AuthPath } from './auth-paths.ts'
import { cookieSetBy, readCookie, signedValue, withCookies } from './cookies.ts'
import { deviceOf } from './device-words.ts'
import { knownDevice, newDeviceCookie } from './device-cookie.ts'
import { guessBuckets } from './guess-buckets.ts'
import type { Guesses, Reservation } from './guesses.ts'
import type { Library } from './lazy-library.ts'
import {
  addressHeader,
  basePath,
  cookiePrefix,
  idleSeconds,
  sessionCookie,
  trustedOrigins,
} from './sign-in-place.ts'
import { absoluteMs, type Sessions } from './sessions.ts'
import { endSession, endSessions, spendCode } from './users.ts'
import { isWeakPassword } from './weak-password.ts'

export interface AuthRequestsOptions {
  readonly database: Database
  readonly clock: Clock
  readonly library: Library
  readonly oidcLibrary: (() => Library) | undefined
  readonly publicUrl: string
  readonly deviceKey: Buffer
  readonly sessions: Sessions
  readonly guesses: Guesses
  readonly forget: () => void
  /** Hears what happened; nobody waits for it, so that an answer takes as long whoever it is about. */
  readonly tell: (event: AuthEvent) => void
}

/** One call to the sign-in service, as far as it was looked at before the library sees it. */
interface Call {
  readonly path: string
  readonly rule: AuthPath
  readonly headers: Headers
  readonly url: string
  readonly text: string
  readonly body: z.infer<typeof Body>
  readonly address: string
  /** Who was signed in before. */
  readonly before: Found
}

type Found = Awaited<ReturnType<Sessions['find']>>

type Settings = AuthRequestsOptions & { readonly cookieName: string; readonly deviceName: string }

const Body = z.object({ email: z.string().max(320), newPassword: z.string(), code: z.string() }).partial()
const maxBody = 32 * 1024
const deviceSeconds = 180 * 24 * 3_600
const oidcRetryMs = 15_000

/** Serves `/api/auth/*`: only known paths, guesses counted before they are tried, the house's rules after. */
export function openAuthRequests(
  options: AuthRequestsOptions,
): (request: Request, address: string) => Promise<Response> {
  const settings = {
    ...options,
    cookieName: sessionCookie(options.publicUrl),
    deviceName: `${cookiePrefix(options.publicUrl)}.device`,
  }
  const chooseLibrary = libraries(settings)
  return async (request, address) => {
    const read = await readCall(request, address)
    if (read instanceof Response) return read
    if (isFromElsewhere(settings, read.headers))
      return failure(403, 'FORBIDDEN', 'This came from another site.')
    const call = { ...read, before: await options.sessions.find(read.headers) }
    const library = await chooseLibrary(call.rule)
    if (library === undefined)
      return failure(503, 'PROVIDER_UNREACHABLE', 'The company sign-in does not answer.')
    const refusal = checkNewPassword(call)
    if (refusal !== undefined) return refusal
    const reservation = await reserve(settings, call)
    if (!reservation.ok) return tooManyTries(reservation.retryAfterSeconds)
    const response = await library.handle(forLibrary(call))
    if (response.ok || !isWrongGuess(response.status)) await reservation.takeBack()
    try {
      const answer = await applyHouseRules(settings, call, response)
      await tellOf(settings, call, answer)
      return answer
    } finally {
      if (call.rule.method === 'POST' || call.rule.isOidc === true) options.forget()
    }
  }
}

async function readCall(request: Request, address: string): Promise<Omit<Call, 'before'> | Response> {
  const url = new URL(request.url)
  const path = url.pathname.slice(basePath.length)
  const rule = Object.hasOwn(authPaths, path) ? authPaths[path] : undefined
  if (rule === undefined || rule.method !== request.method)
    return failure(404, 'NOT_FOUND', 'There is nothing here.')
  const common = { path, rule, headers: request.headers, url: request.url, address }
  if (rule.method === 'GET') return { ...common, text: '', body: {} }
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return failure(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send JSON.')
  }
  const text = await request.text()
  if (text.length > maxBody) return failure(413, 'TOO_LARGE', 'This is too large.')
  const body = Body.safeParse(parsed(text))
  return body.success
    ? { ...common, text, body: body.data }
    : failure(400, 'VALIDATION_ERROR', 'This is not valid.')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Cookies are `SameSite=Lax`; this holds for the rest, and does not lean on what the library checks. */
function isFromElsewhere(settings: Settings, headers: Headers): boolean {
  const origin = headers.get('origin')
  return origin !== null && !trustedOrigins(settings.publicUrl).includes(origin)
}

/** The library gets the address from us only; what a caller says about it is dropped. */
function forLibrary(call: Call): Request {
  const headers = new Headers(call.headers)
  headers.delete('x-forwarded-for')
  headers.delete(addressHeader)
  if (call.address !== '') headers.set(addressHeader, call.address)
  const body = call.rule.method === 'POST' ? { body: call.text } : {}
  return new Request(call.url, { method: call.rule.method, headers, ...body })
}

/**
 * Company sign-in has a library instance of its own, made when it is first needed: an identity provider that does not
 * answer then holds up nobody else. It is made again where the provider was away.
 */
function libraries(settings: Settings): (rule: AuthPath) => Promise<Library | undefined> {
  let made: Library | undefined
  let madeAt = 0
  return async (rule) => {
    if (rule.isOidc !== true) return settings.library
    if (settings.oidcLibrary === undefined) return undefined
    if (made === undefined) {
      made = settings.oidcLibrary()
      madeAt = settings.clock.now()
    }
    if (await made.knowsOidc()) return made
    if (settings.clock.now() - madeAt > oidcRetryMs) made = undefined
    return undefined
  }
}

function checkNewPassword({ body, before }: Call): Response | undefined {
  if (body.newPassword === undefined) return undefined
  if (!isWeakPassword(body.newPassword, before === null ? [] : [before.name, before.email])) return undefined
  return failure(
    400,
    'PASSWORD_TOO_WEAK',
    'This password is among the first to be guessed. Choose another one.',
  )
}

async function reserve(settings: Settings, call: Call): Promise<Reservation> {
  if (call.rule.guess === undefined) return { ok: true, takeBack: async () => {} }
  const account = guessedAccount(call)
  const cookie = readCookie(call.headers, settings.deviceName)
  const device = account === null ? null : knownDevice(cookie, account, settings.deviceKey)
  return settings.guesses.reserve(guessBuckets({ account, device, address: call.address }))
}

function guessedAccount({ rule, body, before }: Call): string | null {
  if (rule.guess === 'password-of-email') return body.email ?? null
  return rule.guess === 'code' ? null : (before?.email ?? null)
}

function isWrongGuess(status: number): boolean {
  return status === 400 || status === 401 || status === 403 || status === 422
}

async function applyHouseRules(settings: Settings, call: Call, response: Response): Promise<Response> {
  const fresh = cookieSetBy(response, settings.cookieName)
  settings.sessions.forget()
  const after =
    fresh === null ? call.before : await settings.sessions.find(asCookie(settings.cookieName, fresh))
  if (
    response.ok &&
    call.path === '/two-factor/verify-totp' &&
    after !== null &&
    call.body.code !== undefined
  ) {
    const hash = createHash('sha256').update(call.body.code).digest()
    if (!(await spendCode(settings.database.owner, after.userId, hash, new Date(settings.clock.now())))) {
      await endSession(settings.database.owner, after.token)
      return failure(401, 'INVALID_CODE', 'This code was used before.')
    }
  }
  const changedFactor = call.path === '/two-factor/verify-totp' && call.before !== null && fresh !== null
  if (response.ok && after !== null && (call.rule.endsOthers === true || changedFactor)) {
    await endSessions(settings.database.owner, after.userId, after.token)
  }
  const isSignIn =
    fresh !== null && after !== null && (call.rule.signsIn === true || call.rule.isOidc === true)
  const known = isSignIn ? [deviceLine(settings, after.email)] : []
  return withCookies(response, (line) => keepCookieLonger(settings, line), known)
}

/** Says what a call did to an account. */
async function tellOf(settings: Settings, call: Call, answer: Response): Promise<void> {
  const fresh = answer.ok || call.rule.isOidc === true ? cookieSetBy(answer, settings.cookieName) : null
  const after = fresh === null ? null : await settings.sessions.find(asCookie(settings.cookieName, fresh))
  const { path, before, address } = call
  const isSignIn = after !== null && (call.rule.signsIn === true || call.rule.isOidc === true)
  const isWrong = !answer.ok && isWrongGuess(answer.status)
  const act = actOf({ path, ok: answer.ok || isSignIn, isWrong, isSignIn, wasIn: before !== null })
  if (act === null) return
  const known = after ?? before
  const isTyped = path === '/sign-in/email' && after === null
  if (isTyped ? call.body.email === undefined : known === null) return
  const account = isTyped ? { email: call.body.email ?? '' } : { userId: known?.userId ?? '' }
  const by = act === 'sign-in.done' || isTyped ? wayOf(path) : null
  settings.tell({ act, by, account, address, device: deviceOf(call.headers.get('user-agent')) })
}

function asCookie(name: string, value: string): Headers {
  return new Headers({ cookie: `${name}=${value}` })
}

/**
 * The library lets the cookie end when the session would end idle, and renews only the session when the house reads it.
 * So the cookie lives as long as a session can at most; how long the session lives is for the server to say.
 */
function keepCookieLonger(settings: Settings, line: string): string {
  if (!line.startsWith(`${settings.cookieName}=`) || signedValue(line) === '') return line
  return line.replace(new RegExp(`Max-Age=${idleSeconds}\\b`, 'i'), `Max-Age=${absoluteMs / 1000}`)
}

function deviceLine(settings: Settings, email: string): string {
  const secure = settings.publicUrl.startsWith('https:') ? '; Secure' : ''
  const value = newDeviceCookie(email, settings.deviceKey)
  return `${settings.deviceName}=${value}; Max-Age=${deviceSeconds}; Path=/; HttpOnly; SameSite=Lax${secure}`
}

function tooManyTries(retryAfterSeconds: number): Response {
  const response = failure(429, 'TOO_MANY_REQUESTS', 'Too many tries. Please wait a moment.')
  response.headers.set('retry-after', String(retryAfterSeconds))
  return response
}

function failure(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status })
}
