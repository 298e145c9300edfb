import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestPorts } from '../../test/ports.ts'
import type { Channel, HookRequest } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { feed } from './feed.ts'
import { paceOf } from './known-items.ts'

let server: Server
let url = ''
let ports: Ports
let now = Date.now()
let answer: (request: IncomingMessage, response: ServerResponse) => void
const asked: IncomingMessage[] = []

beforeEach(async () => {
  now = Date.now()
  asked.length = 0
  server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}`
  ports = openTestPorts({ trusted: [`127.0.0.1:${port}`], now: () => now })
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

function open(path = '/feed'): Channel {
  const link = {
    id: 'l',
    account: null,
    config: { url: `${url}${path}` },
    secrets: {},
    hookUrl: 'https://desk.example/hooks/1',
  }
  return feed.open(ports, { smtp: undefined }, link)!
}

function rss(ids: readonly number[], head = ''): string {
  const items = ids.map(
    (id) =>
      `<item><guid>${id}</guid><title>t${id}</title><pubDate>${new Date(now - 1_000).toUTCString()}</pubDate></item>`,
  )
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>${head}${items.join('')}</channel></rss>`
}

function give(body: string, headers: Readonly<Record<string, string>> = {}): void {
  answer = (_, response) =>
    response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers }).end(body)
}

const long = new Date(Date.now() - 3_600_000).toUTCString()

describe('a feed that is asked', () => {
  test('is found through the page that names it', async () => {
    answer = (request, response) => {
      const isPage = request.url === '/'
      response.writeHead(200, { 'content-type': isPage ? 'text/html' : 'text/xml' })
      response.end(isPage ? '<link rel="alternate" type="application/rss+xml" href="/there">' : rss([1]))
    }
    expect(await open('/').check!()).toMatchObject({
      state: 'ok',
      account: { id: `${url}/there`, name: 'T' },
    })
    give('<p>nothing</p>')
    expect(await open('/').check!()).toMatchObject({ state: 'misconfigured' })
  })

  test('is asked for what changed only, unless it changed in this very second', async () => {
    give(rss([1]), { etag: '"one"', 'last-modified': long })
    const { cursor } = await open().poll!(null, 10)
    await open().poll!(cursor, 10)
    expect(asked[1]?.headers).toMatchObject({ 'if-none-match': '"one"', 'if-modified-since': long })
    give(rss([1]), { etag: '"two"', 'last-modified': new Date().toUTCString() })
    const second = await open().poll!(cursor, 10)
    await open().poll!(second.cursor, 10)
    expect(asked[3]?.headers['if-none-match']).toBeUndefined()
    answer = (_, response) => response.writeHead(304).end()
    const third = await open().poll!(cursor, 10)
    expect(third).toMatchObject({ events: [], more: false })
    give(rss([1, 2]))
    expect((await open().poll!(third.cursor, 10)).events).toHaveLength(1)
  })

  test('gives what it was asked for at a time, and nothing twice', async () => {
    give(rss([]))
    let { cursor } = await open().poll!(null, 10)
    give(rss(Array.from({ length: 25 }, (_, id) => id)))
    const keys: string[] = []
    for (let more = true; more;) {
      const polled = await open().poll!(cursor, 10)
      keys.push(...polled.events.map(({ key }) => key))
      cursor = polled.cursor
      more = polled.more
    }
    expect(new Set(keys).size).toBe(25)
    expect(keys).toHaveLength(25)
    expect((await open().poll!(cursor, 10)).events).toEqual([])
  })

  test('reads older pages where more came than one page holds', async () => {
    give(rss([0]))
    const { cursor } = await open().poll!(null, 10)
    answer = (request, response) => {
      const page = Number(new URL(request.url ?? '/', url).searchParams.get('p') ?? 0)
      const ids = [0, 1, 2, 3, 4].map((index) => 14 - page * 5 - index)
      const next = page < 2 ? `<atom:link rel="next" href="?p=${page + 1}"/>` : ''
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss(ids, next))
    }
    expect((await open().poll!(cursor, 100)).events).toHaveLength(14)
  })

  test.each([
    [429, { 'retry-after': '120' }, 'rate', 120_000],
    [503, { 'retry-after': '60' }, 'network.down', 60_000],
    [404, {}, 'target.gone', null],
    [401, {}, 'scope.missing', null],
  ])('status %i is told as what it is', async (status, headers, code, retryAfterMs) => {
    answer = (_, response) => response.writeHead(status, headers).end()
    await expect(open().poll!(null, 10)).rejects.toMatchObject({ code, retryAfterMs })
  })

  test('is asked less and less where nothing happens, and not more than it wants', () => {
    expect(paceOf(0, null, false)).toBe(60_000)
    expect(paceOf(3, null, false)).toBe(202_500)
    expect(paceOf(50, null, false)).toBe(3_600_000)
    expect(paceOf(0, 900_000, false)).toBe(900_000)
    expect(paceOf(0, 86_400_000, false)).toBe(3_600_000)
    expect(paceOf(0, null, true)).toBe(1_800_000)
  })

  test('takes no words', async () => {
    const target = { address: 'x', parentExternalId: 'x', earlierExternalIds: [], subject: null }
    expect(open().canAct(target, now).can).toBe(false)
    const command = { what: 'reply', target, text: 'x', speaker: '', presence: null } as const
    expect(await open().act(command, 'k')).toMatchObject({ result: 'refused' })
  })
})

describe('a hub', () => {
  let form = new URLSearchParams()

  /** A feed whose hub asks back at once, as `channel` answers. */
  function withHub(lease: number | null): void {
    answer = (request, response) => {
      if (request.method !== 'POST')
        return void response
          .writeHead(200, {
            'content-type': 'application/rss+xml',
            link: '</hub>; rel="hub", </feed>; rel="self"',
          })
          .end(rss([1]))
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        form = new URLSearchParams(Buffer.concat(chunks).toString())
        void ask(lease).then((status) => response.writeHead(status === 200 ? 202 : 400).end())
      })
    }
  }

  async function ask(lease: number | null, more: Readonly<Record<string, string>> = {}): Promise<number> {
    const query = {
      'hub.mode': form.get('hub.mode') ?? '',
      'hub.topic': form.get('hub.topic') ?? '',
      'hub.challenge': 'echo',
      ...(lease === null ? {} : { 'hub.lease_seconds': String(lease) }),
      ...more,
    }
    const received = await open().receive!({ method: 'GET', query, headers: {}, body: Buffer.alloc(0) })
    return received.result === 'challenge' && received.answer.body === 'echo' ? 200 : 404
  }

  function push(body: string, signature: string): HookRequest {
    return {
      method: 'POST',
      query: {},
      headers: { 'x-hub-signature': signature, 'content-type': 'application/rss+xml' },
      body: Buffer.from(body),
    }
  }

  const sign = (method: string, body: string, secret = form.get('hub.secret') ?? ''): string =>
    `${method}=${createHmac(method, secret).update(body).digest('hex')}`

  test('is answered only about what was asked for', async () => {
    withHub(3_600)
    expect(await ask(3_600, { 'hub.topic': `${url}/feed`, 'hub.mode': 'subscribe' })).toBe(404)
    expect(await open().subscribe!()).toEqual({ until: now + 3_600_000 })
    expect(await ask(3_600, { 'hub.topic': `${url}/other` })).toBe(404)
    expect(await ask(3_600, { 'hub.mode': 'unsubscribe' })).toBe(404)
    expect(await ask(3_600, { 'hub.challenge': '' })).toBe(404)
  })

  test.each(['sha1', 'sha256', 'sha384', 'sha512'])(
    'that signs with %s is believed, and no other',
    async (method) => {
      withHub(null)
      await open().subscribe!()
      const body = rss([7])
      expect(await open().receive!(push(body, sign(method, body)))).toMatchObject({
        result: 'accept',
        events: [{}],
      })
      for (const bad of [
        sign(method, body, 'another'),
        sign(method, `${body} `),
        'sha256=',
        'md5=00',
        `${method}=zz`,
        '',
      ]) {
        expect(await open().receive!(push(body, bad))).toMatchObject({ result: 'reject', status: 403 })
      }
    },
  )

  test('is asked again when a quarter of the lease is left, with a new secret beside the old one', async () => {
    withHub(864_000)
    await open().subscribe!()
    const first = form.get('hub.secret') ?? ''
    asked.length = 0
    await open().subscribe!()
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(0)
    now += 8 * 86_400_000
    expect(await open().subscribe!()).toEqual({ until: now + 864_000_000 })
    expect(form.get('hub.secret')).not.toBe(first)
    const body = rss([7])
    expect(await open().receive!(push(body, sign('sha256', body, first)))).toMatchObject({ result: 'accept' })
    await open().unsubscribe!()
    expect(await open().receive!(push(body, sign('sha256', body, first)))).toMatchObject({ result: 'reject' })
  })

  test('that is not there is looked for again tomorrow', async () => {
    give(rss([1]))
    expect(await open().subscribe!()).toEqual({ until: now + 86_400_000 })
  })
})
