// The doors of the actor, tried by servers that lie. Other servers are played by a small one of our own here; a real one
// is asked in test/channels/fediverse.test.ts.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportSpki, signRequest } from '@fedify/fedify'
import { afterAll, afterEach, beforeAll, beforeEach, expect, describe, test, vi } from 'vitest'
import { memoryStore, openTestPorts } from '../../test/ports.ts'
import { startSiteServer, type SiteServer } from '../../test/peers/site-server.ts'
import type { Command } from '../acting.ts'
import type { Channel, Link, RawEvent } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { fediverse } from './fediverse.ts'

const everybody = 'https://www.w3.org/ns/activitystreams#Public'
const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
}

interface Stranger {
  readonly origin: string
  readonly hostPort: string
  readonly server: Server
  readonly keys: CryptoKeyPair
  /** What reached its inboxes, by path. */
  readonly taken: { readonly path: string; readonly body: { type: string; id: string; object: unknown } }[]
  status: number
  actor(user: string): string
}

async function openStranger(): Promise<Stranger> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const publicKeyPem = await exportSpki(keys.publicKey)
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (request.method === 'POST') {
      void read(request).then((body) => {
        if (stranger.status < 300) stranger.taken.push({ path, body: JSON.parse(body) })
        response.writeHead(stranger.status).end()
      })
      return
    }
    const user = /^\/users\/(\w+)$/.exec(path)?.[1]
    if (user === undefined) return void response.writeHead(404).end()
    const id = stranger.actor(user)
    const publicKey = { id: `${id}#main-key`, owner: id, publicKeyPem }
    const actor = { id, type: 'Person', preferredUsername: user, inbox: `${id}/inbox`, publicKey }
    const context = ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1']
    response.writeHead(200, { 'content-type': 'application/activity+json' })
    response.end(JSON.stringify({ '@context': context, ...actor }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const origin = `http://${hostPort}`
  const stranger: Stranger = {
    origin,
    hostPort,
    server,
    keys,
    taken: [],
    status: 202,
    actor: (user) => `${origin}/users/${user}`,
  }
  return stranger
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

let ours: SiteServer
let one: Stranger
let other: Stranger
let canary: Server
let canaryHeard = 0
let canaryOrigin = ''
let ports: Ports
let link: Link
let channel: Channel
let kept: RawEvent[]
let actor = ''

beforeAll(async () => {
  ;[ours, one, other] = await Promise.all([startSiteServer(), openStranger(), openStranger()])
  canary = createServer((_request, response) => {
    canaryHeard += 1
    response.end('{}')
  })
  canary.on('connection', () => (canaryHeard += 1))
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done))
  canaryOrigin = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`
  actor = `${ours.url}/fediverse/users/care`
})
afterAll(async () => {
  await ours.close()
  for (const server of [one.server, other.server, canary]) {
    server.closeAllConnections()
    server.close()
  }
})
beforeEach(() => {
  kept = []
  one.taken.length = 0
  other.taken.length = 0
  other.status = 202
  const account = { id: actor, handle: `care@${ours.hostPort}`, name: 'Care', url: actor, avatarUrl: null }
  link = {
    id: 'l',
    account,
    config: { username: 'care', name: 'Care', summary: 'We answer.' },
    secrets: {},
    hookUrl: `${ours.url}/hooks/1`,
  }
  ports = {
    ...openTestPorts({ trusted: [ours.hostPort, one.hostPort, other.hostPort] }),
    store: memoryStore(),
  }
  const site = fediverse.site?.({
    ...ports,
    publicUrl: ours.url,
    linkOf: async (handle) => (handle === account.handle ? link : null),
    links: async () => [link],
    portsOf: () => ports,
    keep: async (_link, events) => void kept.push(...events),
  })
  if (site !== undefined) ours.serve(site)
  const opened = fediverse.open(ports, { smtp: undefined }, link)
  if (opened === null) throw new Error('no channel')
  channel = opened
  // Whatever fedify would open by itself would go through this.
  vi.stubGlobal('fetch', () => {
    throw new Error('a connection past our ports')
  })
})
afterEach(() => vi.unstubAllGlobals())

let count = 0
function createBy(stranger: Stranger, user: string, more: object = {}): object {
  count += 1
  const by = stranger.actor(user)
  const id = `${by}/notes/${count}`
  const to = [everybody, actor]
  const object = { id, type: 'Note', attributedTo: by, content: '<p>hi</p>', to, ...more }
  return {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${id}#create`,
    type: 'Create',
    actor: by,
    to,
    object,
  }
}

interface How {
  readonly spec?: 'rfc9421' | 'draft-cavage-http-signatures-12'
  readonly keyId?: string
  readonly keys?: CryptoKeyPair
  readonly spoil?: (body: string) => string
  readonly inbox?: string
}

/** Posts to our inbox as a server does; gives the status. */
async function post(stranger: Stranger, user: string, activity: object, how: How = {}): Promise<number> {
  const { spec = 'draft-cavage-http-signatures-12', keys = stranger.keys } = how
  const keyId = new URL(how.keyId ?? `${stranger.actor(user)}#main-key`)
  const body = JSON.stringify(activity)
  const headers = { 'content-type': 'application/activity+json' }
  const { inbox = `${actor}/inbox` } = how
  const request = new Request(inbox, { method: 'POST', headers, body })
  const signed = await signRequest(request, keys.privateKey, keyId, { spec })
  return send('POST', inbox, signed.headers, how.spoil?.(body) ?? body)
}

async function send(method: 'GET' | 'POST', url: string, headers: Headers, body?: string): Promise<number> {
  const given = Object.fromEntries(headers)
  delete given.host
  return (await ports.http.fetch({ url, method, headers: given, ...(body === undefined ? {} : { body }) }))
    .status
}

async function get(url: string, as?: Stranger, user = 'ada'): Promise<number> {
  const headers = { accept: 'application/activity+json' }
  const request = new Request(url, { headers })
  if (as === undefined) return send('GET', url, request.headers)
  const signed = await signRequest(request, as.keys.privateKey, new URL(`${as.actor(user)}#main-key`))
  return send('GET', url, signed.headers)
}

function order(what: Command['what'], more: Partial<Command['target']> = {}, text = 'our words'): Command {
  const target = { address: null, parentExternalId: null, earlierExternalIds: [], subject: null, ...more }
  return { what, target, text, speaker: 'Ada', presence: null }
}

describe('an actor', () => {
  test('is found by its handle, and nobody else is', async () => {
    const finger = (name: string): Promise<number> =>
      get(`${ours.url}/.well-known/webfinger?resource=${name}`)
    expect(await finger(encodeURIComponent(`acct:care@${ours.hostPort}`))).toBe(200)
    expect(await finger(encodeURIComponent(actor))).toBe(200)
    expect(await finger(`acct:nobody@${ours.hostPort}`)).toBe(404)
    expect(await finger('acct:care@elsewhere.example')).toBe(404)
    expect(await finger('')).toBe(404)
    expect(await get(actor)).toBe(200)
    expect(await get(`${ours.url}/fediverse/users/nobody`)).toBe(404)
    expect(await get(`${ours.url}/nodeinfo/2.1`)).toBe(200)
    expect(await channel.check?.()).toMatchObject({
      state: 'ok',
      account: { handle: `care@${ours.hostPort}` },
    })
  })

  test('keeps its keys, whoever asks first', async () => {
    const texts = await Promise.all(
      [1, 2, 3].map(() => ports.http.fetch({ url: actor, headers: { accept: 'application/activity+json' } })),
    )
    const pems = new Set(texts.map(({ body }) => JSON.parse(body.toString()).publicKey.publicKeyPem))
    await channel.subscribe?.()
    expect(pems.size).toBe(1)
  })

  test('says in a sentence what is missing', async () => {
    const at = (hookUrl: string, username = 'care') =>
      fediverse
        .open(ports, { smtp: undefined }, { ...link, account: null, hookUrl, config: { username } })
        ?.check?.()
    expect(await at('http://care.example/h')).toMatchObject({
      state: 'misconfigured',
      detail: expect.stringContaining('https'),
    })
    expect(await at(`${ours.url}/h`, 'Ünd')).toMatchObject({ state: 'misconfigured' })
    expect(await at(`${canaryOrigin}/h`)).toMatchObject({
      state: 'unreachable',
      detail: expect.stringContaining('nodeinfo'),
    })
  })
})

describe('the shared inbox', () => {
  function gone(stranger: Stranger, user: string, object: string): object {
    const by = stranger.actor(user)
    const id = `${by}#gone${(count += 1)}`
    return {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id,
      type: 'Delete',
      actor: by,
      to: [everybody],
      object,
    }
  }

  test('is named by the actor, and takes what is for one of ours', async () => {
    const { body } = await ports.http.fetch({ url: actor, headers: { accept: 'application/activity+json' } })
    const inbox = JSON.parse(body.toString()).endpoints.sharedInbox
    expect(inbox).toBe(`${ours.url}/fediverse/inbox`)
    expect(await post(one, 'ada', createBy(one, 'ada'), { inbox })).toBe(202)
    const answer = createBy(one, 'ada', { to: [everybody], inReplyTo: `${actor}/objects/1` })
    expect(await post(one, 'ada', { ...answer, to: [everybody] }, { inbox })).toBe(202)
    expect(kept).toHaveLength(2)
  })

  test('takes a deletion that names nobody from those who are known, and lets that of strangers go', async () => {
    const inbox = `${ours.url}/fediverse/inbox`
    const note = createBy(one, 'ada')
    await post(one, 'ada', note, { inbox })
    const { id } = (note as { object: { id: string } }).object
    expect(await post(one, 'ada', gone(one, 'ada', id), { inbox })).toBe(202)
    expect(kept).toHaveLength(2)
    expect((await channel.normalise?.(kept[1] as RawEvent))?.activities).toMatchObject([
      { type: 'Delete', externalId: id },
    ])
    expect(await post(other, 'eve', gone(other, 'eve', other.actor('eve')), { inbox })).toBe(202)
    expect(await post(one, 'ada', gone(one, 'ada', one.actor('ada')), { inbox })).toBe(202)
    expect(kept).toHaveLength(3)
    expect((await channel.normalise?.(kept[2] as RawEvent))?.goneAuthors).toMatchObject([
      { externalId: one.actor('ada') },
    ])
  })

  test('believes nobody without a proof, and asks nobody for what is for nobody here', async () => {
    const inbox = `${ours.url}/fediverse/inbox`
    const fine = createBy(one, 'ada')
    expect(await post(one, 'ada', fine, { inbox, spoil: (body) => body.replace('hi', 'ho') })).toBe(401)
    expect(await post(one, 'ada', fine, { inbox, keys: other.keys })).toBe(401)
    expect(await post(other, 'eve', fine, { inbox })).toBe(401)
    const headers = new Headers({ 'content-type': 'application/activity+json' })
    expect(await send('POST', inbox, headers, JSON.stringify(fine))).toBe(401)
    const elsewhere = {
      ...fine,
      actor: `${canaryOrigin}/users/eve`,
      to: [`${ours.url}/fediverse/users/nobody`],
      object: 'x',
    }
    const heardBefore = canaryHeard
    expect(await send('POST', inbox, headers, JSON.stringify(elsewhere))).toBe(202)
    expect(await send('POST', inbox, headers, 'no json')).toBe(202)
    expect(await send('GET', inbox, headers)).toBe(405)
    expect(canaryHeard).toBe(heardBefore)
    expect(kept).toHaveLength(0)
  })
})

describe('what comes to an inbox', () => {
  test.each(['rfc9421', 'draft-cavage-http-signatures-12'] as const)(
    'is taken with a signature by %s',
    async (spec) => {
      expect(await post(one, 'ada', createBy(one, 'ada'), { spec })).toBe(202)
      expect(kept).toHaveLength(1)
    },
  )

  test('is refused without a signature, with another body, another key or another actor', async () => {
    const fine = createBy(one, 'ada')
    expect(
      await send(
        'POST',
        `${actor}/inbox`,
        new Headers({ 'content-type': 'application/activity+json' }),
        JSON.stringify(fine),
      ),
    ).toBe(401)
    expect(await post(one, 'ada', fine, { spoil: (body) => body.replace('hi', 'ho') })).toBe(401)
    expect(await post(one, 'ada', fine, { keys: other.keys })).toBe(401)
    expect(await post(other, 'eve', fine)).toBe(401)
    expect(await post(one, 'eve', fine)).toBe(401)
    // The signer is named by a word of their own, the actor that is read is somebody else.
    const renamed = { actor: 'https://x.example/no', by: { '@id': 'as:actor', '@type': '@id' } }
    const context = ['https://www.w3.org/ns/activitystreams', renamed]
    const disguised = { ...fine, '@context': context, actor: other.actor('bob'), by: one.actor('ada') }
    expect(await post(one, 'ada', disguised)).toBeGreaterThanOrEqual(400)
    expect(kept).toEqual([])
  })

  test('counts once, and again after our own failure', async () => {
    const activity = createBy(one, 'ada')
    const keys = await Promise.all([post(one, 'ada', activity), post(one, 'ada', activity)])
    expect(keys).toEqual([202, 202])
    expect(new Set(kept.map(({ key }) => key)).size).toBe(1)
  })

  test('cannot make us reach inside', async () => {
    const inside = `${canaryOrigin}/secret`
    expect(
      await post(one, 'ada', createBy(one, 'ada'), { keyId: `${inside}#main-key` }),
    ).toBeGreaterThanOrEqual(400)
    expect(
      await post(one, 'ada', { ...createBy(one, 'ada'), '@context': [`${canaryOrigin}/context`] }),
    ).toBeGreaterThanOrEqual(400)
    expect(await post(one, 'ada', { ...createBy(one, 'ada'), object: inside })).toBe(202)
    const reply = order('reply', { address: `${canaryOrigin}/users/x`, parentExternalId: 'x' })
    expect(await channel.act(reply, 'inside')).toMatchObject({ result: 'refused' })
    expect(await channel.reconcileDeletes?.([inside])).toEqual([])
    expect(canaryHeard).toBe(0)
  })

  test.each([
    '',
    'null',
    '[]',
    '{}',
    '{"type":"Create"}',
    '\u0000',
    '{"@context":"x","type":"Create","actor":1}',
  ])('is refused where it is %j', async (body) => {
    const headers = new Headers({ 'content-type': 'application/activity+json' })
    expect(await send('POST', `${actor}/inbox`, headers, body)).toBeGreaterThanOrEqual(400)
    expect(await send('POST', `${actor}/inbox`, headers, 'x'.repeat(1_100_000))).toBe(413)
  })
})

describe('what we say', () => {
  test('is there for whom it is meant, and gone when we delete it', async () => {
    const parent = { parentExternalId: `${one.actor('ada')}/notes/1`, address: one.actor('ada') }
    const said = await channel.act(order('reply', { ...parent, visibility: 'direct' }), 'k1')
    if (said.result !== 'done') throw new Error(said.detail)
    expect(await get(said.networkId)).toBe(404)
    expect(await get(said.networkId, other, 'eve')).toBe(404)
    expect(await get(said.networkId, one, 'ada')).toBe(200)
    const open = await channel.act(order('reply', { ...parent, visibility: 'public' }), 'k2')
    if (open.result !== 'done') throw new Error(open.detail)
    expect(await get(open.networkId)).toBe(200)
    await channel.act(order('delete', { ownExternalIds: [open.networkId] }, ''), 'k3')
    expect(await get(open.networkId)).toBe(410)
    expect(one.taken.map(({ body }) => body.type)).toEqual(['Create', 'Create', 'Delete'])
  })

  test('stays in the circle of what it answers', async () => {
    for (const visibility of ['public', 'unlisted', 'followers', 'direct'] as const) {
      const target = { parentExternalId: 'https://x.example/1', address: one.actor('ada'), visibility }
      await channel.act(order('reply', target), `c-${visibility}`)
    }
    const circles = one.taken.map(({ body }) => {
      const { to, cc } = body.object as { to: string[]; cc: string[] }
      if (to.includes(everybody)) return 'public'
      if (cc.includes(everybody)) return 'unlisted'
      return to.some((id) => id.endsWith('/followers')) ? 'followers' : 'direct'
    })
    expect(circles).toEqual(['public', 'unlisted', 'followers', 'direct'])
  })

  test('reaches followers without waiting for those whose server is down', async () => {
    for (const [stranger, user] of [
      [one, 'ada'],
      [other, 'bob'],
    ] as const) {
      const follow = {
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: `${stranger.actor(user)}#follow-${(count += 1)}`,
        type: 'Follow',
        actor: stranger.actor(user),
        object: actor,
      }
      expect(await post(stranger, user, follow)).toBe(202)
    }
    await vi.waitFor(() =>
      expect([...one.taken, ...other.taken].map(({ body }) => body.type)).toEqual(['Accept', 'Accept']),
    )
    other.status = 503
    expect(await channel.act(order('post'), 'news')).toMatchObject({ result: 'done' })
    await vi.waitFor(() => expect(one.taken.at(-1)?.body.type).toBe('Create'))
    await vi.waitFor(async () => expect(await ports.store.keys('due/')).toHaveLength(1))
    other.status = 202
    const later: Ports = { ...ports, clock: { now: () => Date.now() + 90_000 } }
    await fediverse.open(later, { smtp: undefined }, link)?.subscribe?.()
    expect(other.taken.at(-1)?.body.type).toBe('Create')
    expect(await ports.store.keys('due/')).toEqual([])
  })

  test('is not told to whom it never reached, when it is deleted before', async () => {
    const id = `${other.actor('bob')}#follow-${(count += 1)}`
    await post(other, 'bob', {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id,
      type: 'Follow',
      actor: other.actor('bob'),
      object: actor,
    })
    await vi.waitFor(() => expect(other.taken).toHaveLength(1))
    other.status = 503
    const said = await channel.act(order('post'), 'early')
    if (said.result !== 'done') throw new Error(said.detail)
    await vi.waitFor(async () => expect(await ports.store.keys('due/')).toHaveLength(1))
    await channel.act(order('delete', { ownExternalIds: [said.networkId] }, ''), 'early-delete')
    await vi.waitFor(async () =>
      expect([...(await ports.store.keys('due/')), ...(await ports.store.keys('fan/'))]).toEqual([]),
    )
    expect(other.taken).toHaveLength(1)
  })

  test('carries pictures that anybody can fetch, and no other files', async () => {
    const target = {
      parentExternalId: 'https://x.example/1',
      address: one.actor('ada'),
      visibility: 'public' as const,
    }
    const media = [{ name: 'dot.png', mediaType: 'image/png', alt: 'a dot', bytes: Buffer.from('png') }]
    expect(await channel.act({ ...order('reply', target), media }, 'pic')).toMatchObject({ result: 'done' })
    const { attachment } = one.taken.at(-1)!.body.object as { attachment: { url: string; name: string }[] }
    expect(attachment[0]?.name).toBe('a dot')
    expect(await get(attachment[0]?.url ?? '')).toBe(200)
    const page = [{ name: 'x.html', mediaType: 'text/html', alt: '', bytes: Buffer.from('<script>') }]
    expect(await channel.act({ ...order('reply', target), media: page }, 'page')).toMatchObject({
      error: 'content.rejected',
    })
  })
})
