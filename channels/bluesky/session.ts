import { z } from 'zod'
import { ChannelFailure, type Account, type Checked, type Link } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { isAway } from './app-view.ts'
import { blobUrl } from './blob-url.ts'
import { call, readToken, serviceOf, XrpcFailure } from './xrpc.ts'

const Session = z.object({
  did: z.string(),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string(),
})
const SessionState = z.object({
  did: z.string(),
  handle: z.string(),
  active: z.boolean().optional(),
  status: z.string().optional(),
})
type SessionState = z.infer<typeof SessionState>
const OwnProfile = z.object({
  value: z.object({
    displayName: z.string().optional(),
    avatar: z.object({ ref: z.object({ $link: z.string() }) }).optional(),
  }),
})

/** A new session out of the old one, or out of the app password where that ran out as well. */
export async function refresh(ports: Ports, link: Link): Promise<Readonly<Record<string, string>>> {
  const { accessJwt, refreshJwt } = (await renewed(ports, link)) ?? (await signIn(ports, link))
  return { ...link.secrets, accessJwt, refreshJwt }
}

async function renewed(ports: Ports, link: Link): Promise<z.infer<typeof Session> | null> {
  const token = link.secrets['refreshJwt'] ?? ''
  if (token === '') return null
  try {
    return Session.parse(
      await call(ports, link, { method: 'com.atproto.server.refreshSession', isProcedure: true, token }),
    )
  } catch (error) {
    // The password decides whether it is over.
    if (error instanceof XrpcFailure && error.code.startsWith('auth.')) return null
    throw asQuestion(error)
  }
}

async function signIn(ports: Ports, link: Link): Promise<z.infer<typeof Session>> {
  const identifier = (link.config['handle'] ?? '').trim().replace(/^@/, '')
  const password = (link.secrets['appPassword'] ?? '').trim()
  const method = 'com.atproto.server.createSession'
  try {
    return Session.parse(await call(ports, link, { method, body: { identifier, password }, token: null }))
  } catch (error) {
    if (error instanceof XrpcFailure && error.code.startsWith('auth.')) {
      throw new ChannelFailure('auth.revoked', sentenceFor(error), { cause: error })
    }
    throw asQuestion(error)
  }
}

function sentenceFor({ error, message }: XrpcFailure): string {
  if (error === 'AuthFactorTokenRequired') {
    return 'This is the password of the account itself, which asks for a code as well. Make an app password.'
  }
  if (error === 'AuthenticationRequired') return 'Bluesky does not know this handle with this app password.'
  return message
}

/** A session is no act: whether it was opened or not, it may be opened again. */
function asQuestion(error: unknown): unknown {
  if (error instanceof z.ZodError) {
    return new ChannelFailure(
      'contract.violation',
      `The session lacks ${String(error.issues[0]?.path.join('.'))}.`,
    )
  }
  if (!(error instanceof ChannelFailure) || error.code !== 'timeout.unknown') return error
  return new ChannelFailure('network.down', error.message, { cause: error })
}

/** Never writes. The session at hand is asked; where it ran out, the app password is tried and its session let go. */
export async function check(ports: Ports, link: Link): Promise<Checked> {
  try {
    const { state, token } = await stateOf(ports, link)
    if (state.active === false) {
      return { state: 'needs-reauth', detail: `The account is ${state.status ?? 'not active'}.` }
    }
    const account = await accountOf(ports, link, { state, token })
    return await checkListening(ports, link, { account, token })
  } catch (error) {
    return readFailure(asQuestion(error))
  }
}

interface Signed {
  readonly state: SessionState
  readonly token: string
}

async function stateOf(ports: Ports, link: Link): Promise<Signed> {
  try {
    const state = SessionState.parse(await call(ports, link, { method: 'com.atproto.server.getSession' }))
    return { state, token: link.secrets['accessJwt'] ?? '' }
  } catch (error) {
    if (!(error instanceof ChannelFailure) || !error.code.startsWith('auth.')) throw error
    const session = await signIn(ports, link)
    return { state: { did: session.did, handle: session.handle }, token: session.accessJwt }
  }
}

async function accountOf(ports: Ports, link: Link, { state, token }: Signed): Promise<Account> {
  const { did, handle } = state
  const profile = await ownProfile(ports, link, { did, token })
  const avatar = profile?.value.avatar?.ref.$link
  return {
    id: did,
    handle,
    name: profile?.value.displayName?.trim() || handle,
    url: `https://bsky.app/profile/${handle}`,
    avatarUrl: avatar === undefined ? null : blobUrl(serviceOf(link), did, avatar),
  }
}

async function ownProfile(
  ports: Ports,
  link: Link,
  { did, token }: { readonly did: string; readonly token: string },
) {
  const query = { repo: did, collection: 'app.bsky.actor.profile', rkey: 'self' }
  try {
    return OwnProfile.parse(await call(ports, link, { method: 'com.atproto.repo.getRecord', query, token }))
  } catch (error) {
    if (error instanceof ChannelFailure && error.code === 'target.gone') return null
    throw error
  }
}

interface Found {
  readonly account: Account
  readonly token: string
}

async function checkListening(ports: Ports, link: Link, { account, token }: Found): Promise<Checked> {
  const permissions = permissionsOf(token)
  const ok = { state: 'ok', account, permissions } as const
  const firehose = firehoseOf(link)
  if (firehose !== null)
    return { ...ok, detail: `${account.handle} is heard by the firehose of ${firehose.host}.` }
  try {
    const query = { limit: '1' }
    await call(ports, link, { method: 'app.bsky.notification.listNotifications', query, token })
    return { ...ok, detail: `${account.handle} is heard by its notifications.` }
  } catch (error) {
    if (!(error instanceof XrpcFailure) || !isAway(error)) throw error
    const detail = 'This server gathers no notifications. Give the address of its firehose.'
    return { state: 'misconfigured', detail }
  }
}

/** Null where none is given, or where it is no address of a web socket. */
export function firehoseOf({ config }: Link): URL | null {
  const text = (config['firehose'] ?? '').trim()
  const address = /^[a-z]+:\/\//i.test(text) ? text : `wss://${text}`
  if (text === '' || !URL.canParse(address)) return null
  const url = new URL(address)
  return url.protocol === 'wss:' || url.protocol === 'ws:' ? url : null
}

function permissionsOf(token: string): readonly string[] {
  const scope = readToken(token).scope
  if (scope === 'com.atproto.access')
    return ['the whole account: this is its own password, an app password is safer']
  if (scope === 'com.atproto.appPassPrivileged') return ['app password, direct messages too']
  return scope === undefined ? [] : ['app password']
}

function readFailure(error: unknown): Checked {
  if (error instanceof z.ZodError) {
    return {
      state: 'misconfigured',
      detail: 'This is no server of the AT Protocol: its answers are of another kind.',
    }
  }
  if (!(error instanceof ChannelFailure)) throw error
  const detail = error.message
  if (error.code.startsWith('auth.')) return { state: 'needs-reauth', detail }
  if (error.code === 'scope.missing') return { state: 'missing-scope', detail }
  if (error.code === 'network.down' || error.code === 'rate') return { state: 'unreachable', detail }
  const status = error instanceof XrpcFailure ? error.status : 0
  return { state: status === 0 ? 'unreachable' : 'misconfigured', detail }
}
