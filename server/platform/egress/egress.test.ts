import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openEgress } from './egress.ts'
import { isPublicAddress } from './public-address.ts'

const inside = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '192.88.99.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '[::1]',
  'localhost',
  '',
]
const outside = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '::ffff:1.1.1.1']

describe('an address', () => {
  test.each(inside)('%s lies inside', (address) => expect(isPublicAddress(address)).toBe(false))
  test.each(outside)('%s lies outside', (address) => expect(isPublicAddress(address)).toBe(true))
})

// 127.0.0.2 plays the outside here, 127.0.0.1 the inside: no request may ever reach that one.
const far = '127.0.0.2'
let canary: Server
let site: Server
let canaryPort = 0
let sitePort = 0
const reached: string[] = []
const asked: IncomingMessage[] = []
let answers: Readonly<
  Record<string, { status: number; location?: string; body?: string; isSlow?: boolean }>
> = {}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((done) => server.listen(0, host, () => done((server.address() as AddressInfo).port)))
}

beforeAll(async () => {
  canary = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.end('inside')
  })
  site = createServer((request, response) => {
    asked.push(request)
    const answer = answers[request.url ?? ''] ?? { status: 200, body: 'hello' }
    if (answer.isSlow === true) return
    response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location })
    response.end(answer.body)
  })
  canaryPort = await listen(canary, '127.0.0.1')
  sitePort = await listen(site, far)
})
afterAll(() => {
  canary.close()
  site.closeAllConnections()
  site.close()
})
beforeEach(() => {
  answers = {}
  asked.length = 0
})

function egress(names: Readonly<Record<string, readonly string[]>> = {}) {
  return openEgress({
    trusted: [],
    isOutside: (address) => address === far,
    resolve: async (host) => names[host] ?? [],
    webPorts: [sitePort, canaryPort],
  })
}

describe('a web address', () => {
  test('outside is asked', async () => {
    const fetched = await egress({ 'site.example': [far] }).fetch({ url: `http://site.example:${sitePort}/` })
    expect(fetched).toMatchObject({ status: 200, url: `http://site.example:${sitePort}/` })
    expect(fetched.body.toString()).toBe('hello')
  })

  test.each([
    'http://127.0.0.1:PORT/',
    'http://0x7f.1:PORT/',
    'http://2130706433:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://localhost:PORT/',
    'http://inside.example:PORT/',
    'http://mixed.example:PORT/',
    'http://user:secret@site.example:PORT/',
    'http://site.example:22/',
    'https://site.example:6379/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:PORT/',
    'ftp://site.example/',
    '//127.0.0.1:PORT/',
    'nothing',
  ])('like %s is refused and reaches nobody', async (text) => {
    const names = {
      'inside.example': ['127.0.0.1'],
      'mixed.example': [far, '127.0.0.1'],
      'site.example': [far],
      localhost: ['127.0.0.1', '::1'],
    }
    const url = text.replace('PORT', String(canaryPort))
    await expect(egress(names).fetch({ url, timeoutMs: 2_000 })).rejects.toThrow()
    expect(reached).toEqual([])
    expect(asked).toEqual([])
  })

  test.each([301, 302, 303, 307, 308])('that sends inside by %i is followed no further', async (status) => {
    const names = { 'site.example': [far], 'inside.example': ['127.0.0.1'] }
    for (const host of ['127.0.0.1', '[::ffff:127.0.0.1]', 'inside.example', 'localhost']) {
      answers = { '/': { status, location: `http://${host}:${canaryPort}/secret` } }
      await expect(egress(names).fetch({ url: `http://site.example:${sitePort}/` })).rejects.toThrow()
    }
    answers = { '/': { status, location: 'file:///etc/passwd' } }
    await expect(egress(names).fetch({ url: `http://site.example:${sitePort}/` })).rejects.toThrow(
      'only http',
    )
    expect(reached).toEqual([])
  })

  test('whose name changes between check and connection gets the address that was checked', async () => {
    let calls = 0
    const flipping = openEgress({
      trusted: [],
      isOutside: (address) => address === far,
      resolve: async () => {
        calls += 1
        return calls === 1 ? [far] : ['127.0.0.1']
      },
      webPorts: [sitePort, canaryPort],
    })
    expect((await flipping.fetch({ url: `http://flip.example:${sitePort}/` })).status).toBe(200)
    expect(calls).toBe(1)
    await expect(flipping.fetch({ url: `http://flip.example:${canaryPort}/` })).rejects.toThrow()
    expect(reached).toEqual([])
  })

  test('that sends on is followed three times, and credentials stay at home', async () => {
    const names = { 'site.example': [far], 'other.example': [far] }
    answers = { '/a': { status: 302, location: `http://other.example:${sitePort}/b` } }
    const headers = { authorization: 'Bearer x', cookie: 'a=b', accept: 'text/plain' }
    const url = `http://site.example:${sitePort}/a`
    const fetched = await egress(names).fetch({ url, headers, method: 'POST', body: 'x' })
    expect(fetched.url).toBe(`http://other.example:${sitePort}/b`)
    expect(asked[1]).toMatchObject({ method: 'GET', headers: { accept: 'text/plain' } })
    expect(asked[1]?.headers).not.toHaveProperty('authorization')
    expect(asked[1]?.headers).not.toHaveProperty('cookie')
    answers = { '/a': { status: 302, location: '/a' } }
    await expect(egress(names).fetch({ url })).rejects.toThrow('redirects')
    expect(asked).toHaveLength(6)
  })

  test('that answers too much or too late is left', async () => {
    const names = { 'site.example': [far] }
    const url = `http://site.example:${sitePort}/`
    answers = { '/': { status: 200, body: 'x'.repeat(2_000) } }
    await expect(egress(names).fetch({ url, maxBytes: 1_000 })).rejects.toThrow('more than 1000 bytes')
    answers = { '/': { status: 200, isSlow: true } }
    await expect(egress(names).fetch({ url, timeoutMs: 200 })).rejects.toThrow()
  })
})

describe('a connection', () => {
  test('goes inside only where the operator’s settings name it', async () => {
    const trusting = openEgress({ trusted: [`127.0.0.1:${canaryPort}`] })
    const to = { host: '127.0.0.1', port: canaryPort, timeoutMs: 1_000 }
    const socket = await trusting.connect(to)
    socket.destroy()
    await expect(trusting.connect({ ...to, port: sitePort })).rejects.toThrow('not a public address')
    await expect(openEgress({ trusted: [] }).connect(to)).rejects.toThrow('not a public address')
    await expect(openEgress({ trusted: [] }).connect({ ...to, host: 'localhost' })).rejects.toThrow()
  })

  test('to nobody ends in time', async () => {
    const trusting = openEgress({ trusted: ['127.0.0.1:1'] })
    await expect(trusting.connect({ host: '127.0.0.1', port: 1, timeoutMs: 500 })).rejects.toThrow()
  })
})
