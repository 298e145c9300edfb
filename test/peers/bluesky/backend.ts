// Bluesky for the conformance kit: customers on a real server, and our account on it by an app password.
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Backend, Customer, Fault, Said, Seen } from '../../../channels/conformance/backend.ts'
import { bluesky } from '../../../channels/bluesky/bluesky.ts'
import type { Link } from '../../../channels/channel.ts'
import type { HttpRequest, Ports } from '../../../channels/ports.ts'
import { openTestPorts } from '../../ports.ts'
import { startFaultProxy } from '../fault-proxy.ts'
import { newAccount, PeerRefusal, type Answer, type PeerAccount } from './account.ts'
import { startBluesky, type BlueskyPeer } from './peer.ts'

export interface BlueskyBackend extends Backend {
  readonly peer: BlueskyPeer
  readonly us: PeerAccount
  newPeerCustomer(name: string): Promise<Customer & { readonly account: PeerAccount }>
}

export async function openBlueskyBackend(databaseUrl?: string): Promise<BlueskyBackend> {
  const peer = await startBluesky(databaseUrl)
  const proxy = await startFaultProxy(peer.url)
  const credentials = openCredentials()
  const trusting = openTestPorts({ trusted: [peer.host, proxy.host] })
  const ports: Ports = {
    ...trusting,
    http: { ...trusting.http, fetch: (request) => trusting.http.fetch(credentials.carried(request)) },
  }
  const us = await newAccount(peer.url, 'Horseshoe Care')
  const { password } = await us.post('com.atproto.server.createAppPassword', { name: 'Horseshoe' })
  const link = await connect(ports, {
    id: 'bluesky-test',
    account: null,
    config: { service: proxy.url, handle: us.handle, firehose: `ws://${peer.host}` },
    secrets: { appPassword: password },
    hookUrl: '',
  })
  const probe = await newAccount(peer.url, 'Probe')
  const newPeerCustomer = async (name: string): Promise<Customer & { readonly account: PeerAccount }> => {
    const account = await newAccount(peer.url, name)
    if (peer.isWhole) await known(account, name)
    return { ...customerOf(account, name, { us, peer }), account }
  }
  return {
    kind: 'real-server',
    plug: bluesky,
    ports,
    link,
    peer,
    us,
    newPeerCustomer,
    settings: { smtp: undefined },
    newCustomer: newPeerCustomer,
    fault(fault) {
      credentials.fault = fault
      proxy.fault = fault?.kind.startsWith('token-') ? null : fault
    },
    accepts: (text) => accepts(probe, text),
    async close() {
      await proxy.close()
      await peer.stop()
    },
  }
}

/** As a member connects: the password gives a session, the session the account. */
async function connect(ports: Ports, link: Link): Promise<Link> {
  const open = (each: Link) => bluesky.open(ports, { smtp: undefined }, each)
  const secrets = { ...link.secrets, ...(await open(link)?.refresh?.()) }
  const checked = await open({ ...link, secrets })?.check?.()
  if (checked?.state !== 'ok') throw new Error(`the account cannot be connected: ${checked?.detail}`)
  return { ...link, secrets, account: checked.account }
}

/** The peer's own secret, with which it signs its sessions. */
const sessionSecret = 'jwt-secret'

/** Spoils what we prove who we are by; the server itself then refuses it. */
function openCredentials() {
  const used = new Set<string>()
  let spoiled = new Set<string>()
  let current: Fault | null = null
  return {
    set fault(fault: Fault | null) {
      current = fault
      spoiled = new Set(used)
    },
    carried(request: HttpRequest): HttpRequest {
      const authorization = request.headers?.['authorization'] ?? ''
      if (!request.url.includes('refreshSession')) used.add(authorization)
      if (current?.kind === 'token-expired' && spoiled.has(authorization) && authorization !== '') {
        return { ...request, headers: { ...request.headers, authorization: expired(authorization) } }
      }
      if (current?.kind !== 'token-revoked') return request
      if (authorization !== '') {
        return { ...request, headers: { ...request.headers, authorization: 'Bearer no.such.session' } }
      }
      const body = request.url.includes('createSession')
        ? { identifier: 'nobody.test', password: 'revoked' }
        : null
      return body === null ? request : { ...request, body: JSON.stringify(body) }
    },
  }
}

/** The same session, but that it ended long ago. */
function expired(authorization: string): string {
  const [head = '', claims = ''] = authorization.replace('Bearer ', '').split('.')
  const read: object = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const late = Buffer.from(JSON.stringify({ ...read, iat: 1_600_000_000, exp: 1_600_000_100 })).toString(
    'base64url',
  )
  const signature = createHmac('sha256', sessionSecret).update(`${head}.${late}`).digest('base64url')
  return `Bearer ${head}.${late}.${signature}`
}

async function accepts(probe: PeerAccount, text: string): Promise<boolean> {
  try {
    await probe.create('app.bsky.feed.post', { text })
    return true
  } catch (error) {
    if (error instanceof PeerRefusal && error.message.includes('Invalid app.bsky.feed.post record'))
      return false
    throw error
  }
}

interface Around {
  readonly us: PeerAccount
  readonly peer: BlueskyPeer
}

function customerOf(account: PeerAccount, name: string, { us, peer }: Around): Customer {
  const named = (text: string) => {
    const mention = `@${us.handle}`
    const byteStart = Buffer.byteLength(`${text} `)
    const feature = { $type: 'app.bsky.richtext.facet#mention', did: us.did }
    const index = { byteStart, byteEnd: byteStart + Buffer.byteLength(mention) }
    return { text: `${text} ${mention}`, facets: [{ index, features: [feature] }] }
  }
  const post = async (record: object): Promise<Said> => ({
    externalId: (await account.create('app.bsky.feed.post', record)).uri,
  })
  const refOf = async ({ externalId }: Said) => {
    const { uri, cid, value } = await record(account, externalId)
    return { ref: { uri, cid }, root: value.reply?.root ?? { uri, cid } }
  }
  const sign = async (collection: string, what: Said): Promise<void> => {
    await account.create(collection, { subject: (await refOf(what)).ref })
  }
  let hasBlocked = false
  return {
    handle: account.handle,
    name,
    say: (text) => post(named(text)),
    sayMany: async (texts) =>
      (await account.createAll('app.bsky.feed.post', texts.map(named))).map((externalId) => ({ externalId })),
    async reply(to, text) {
      // Nobody answers what the network does not show yet.
      if (peer.isWhole) await shown(account, to.externalId)
      const { ref: parent, root } = await refOf(to)
      const isToUs = to.externalId.startsWith(`at://${us.did}/`)
      return post({ ...(isToUs ? { text } : named(text)), reply: { root, parent } })
    },
    like: (what) => sign('app.bsky.feed.like', what),
    share: (what) => sign('app.bsky.feed.repost', what),
    async remove({ externalId }) {
      const [, , repo, collection, rkey] = externalId.split('/')
      await account.post('com.atproto.repo.deleteRecord', { repo, collection, rkey })
    },
    async block() {
      hasBlocked = true
      await account.create('app.bsky.graph.block', { subject: us.did })
    },
    async attach(text, { bytes, mediaType }) {
      const image = await account.upload(bytes, mediaType)
      return post({
        ...named(text),
        embed: { $type: 'app.bsky.embed.images', images: [{ alt: 'a file', image }] },
      })
    },
    async inbox() {
      if (peer.isWhole) return notified(account, us)
      return hasBlocked ? [] : below(us, account.did)
    },
  }
}

async function shown(account: PeerAccount, uri: string): Promise<void> {
  await eventually(async () => (await account.get('app.bsky.feed.getPosts', { uris: uri })).posts.length > 0)
}

async function known(account: PeerAccount, name: string): Promise<void> {
  const query = { actor: account.did }
  await eventually(async () => (await account.get('app.bsky.actor.getProfile', query)).displayName === name)
}

async function eventually(ask: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; await sleep(30)) {
    if (await ask().catch(() => false)) return
  }
  throw new Error('the network never gathered it')
}

async function record(account: PeerAccount, uri: string): Promise<Answer> {
  const [, , repo = '', collection = '', rkey = ''] = uri.split('/')
  return account.get('com.atproto.repo.getRecord', { repo, collection, rkey })
}

interface OwnPost {
  readonly text: string
  readonly createdAt: string
  readonly reply?: { readonly parent: { readonly uri: string }; readonly root: { readonly uri: string } }
}

/** Where nobody gathers notifications: our posts in threads of the customer, as the server gives them to anybody. */
async function below(us: PeerAccount, did: string): Promise<readonly Seen[]> {
  const theirs = `at://${did}/`
  const found: OwnPost[] = []
  let cursor: string | undefined
  do {
    const query = {
      repo: us.did,
      collection: 'app.bsky.feed.post',
      limit: '100',
      ...(cursor === undefined ? {} : { cursor }),
    }
    const page = await us.get('com.atproto.repo.listRecords', query)
    for (const { value } of page.records) found.push(value)
    cursor = page.cursor
  } while (cursor !== undefined)
  return found
    .filter(({ reply }) => reply?.root.uri.startsWith(theirs) || reply?.parent.uri.startsWith(theirs))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .map(({ text, reply }) => ({ text, below: reply?.parent.uri ?? null, isPrivate: false }))
}

/** What the network tells the customer of us, blocks and deletions minded. */
async function notified(account: PeerAccount, us: PeerAccount): Promise<readonly Seen[]> {
  const { notifications } = await account.get('app.bsky.notification.listNotifications', { limit: '100' })
  return notifications
    .filter(
      (each: Answer) => each.author.did === us.did && ['reply', 'mention', 'quote'].includes(each.reason),
    )
    .map(({ record: said }: Answer) => ({
      text: said.text,
      below: said.reply?.parent.uri ?? null,
      isPrivate: false,
    }))
    .toReversed()
}
