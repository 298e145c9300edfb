import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestApi, type Person, type TestApi } from '../../test/api.ts'
import { peopleRoutes } from '../people/routes.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { workspaceRoutes } from '../workspace/routes.ts'
import { collectRoutes } from './index.ts'
import { siteRoutes } from './routes.ts'

const noHooks = {
  onWorkspaceCreated: async () => {},
  functionsInUse: async () => [],
  loadSample: async () => 0,
}
let api: TestApi
let owner: Person
let workspaceId: string
let writeKey: string
let secret: string

beforeAll(async () => {
  api = await openTestApi((platform) => ({
    workspace: workspaceRoutes(platform, noHooks),
    people: peopleRoutes(platform),
    sites: siteRoutes(platform),
  }))
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.empty()
  owner = await api.signUp('owner@example.com', 'Olga')
  await api.call('POST', '/workspaces', { as: owner, body: { name: 'Acme', timeZone: 'UTC' } })
  workspaceId = (await api.call('GET', '/workspace', { as: owner })).body.id
  const made = await api.call('POST', '/sites', { as: owner, body: { name: 'Shop' } })
  writeKey = made.body.item.writeKey
  secret = made.body.secret
})

interface Sending {
  readonly authorization?: string
  readonly origin?: string
}

async function collect(
  path: string,
  body: unknown,
  { authorization, origin }: Sending = {},
): Promise<number> {
  const app = collectRoutes({ platform: api.platform, addressOf: () => '192.0.2.1' })
  const headers = new Headers({ 'content-type': 'text/plain' })
  if (authorization !== undefined) headers.set('authorization', authorization)
  if (origin !== undefined) headers.set('origin', origin)
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return (await app.request(`/segment/v1/${path}`, { method: 'POST', headers, body: text })).status
}

/** Somebody whom we know as customer 4711. */
async function customer(): Promise<string> {
  const at = new Date('2026-01-01')
  const personId = newId()
  await inScope(api.database, systemScope(workspaceId), async (db) => {
    const person = {
      workspace_id: workspaceId,
      id: personId,
      name: 'Jo',
      first_seen_at: at,
      last_seen_at: at,
    }
    await db.insertInto('persons').values(person).execute()
    const same = {
      workspace_id: workspaceId,
      person_id: personId,
      source: 'mail',
      channel: 'email',
      created_at: at,
    }
    const identity = { ...same, id: newId(), external_id: 'jo', customer_id: '4711' }
    await db.insertInto('identities').values(identity).execute()
  })
  return personId
}

async function events(personId: string): Promise<readonly { name: string; detail: string }[]> {
  const { items } = (await api.call('GET', `/people/${personId}/timeline`, { as: owner })).body
  return items.filter((item: { type: string }) => item.type === 'event')
}

const userHash = () => createHmac('sha256', secret).update('4711').digest('hex')

describe('what a site tells', () => {
  test('stands in the timeline of the person once the site vouches for them, with what came before', async () => {
    const personId = await customer()
    const at = { writeKey, anonymousId: 'browser-1' }
    expect(await collect('p', { ...at, messageId: 'm1', name: 'Pricing' })).toBe(200)
    expect(await collect('i', { ...at, userId: '4711', traits: { userHash: userHash() } })).toBe(200)
    const order = { event: 'Order Completed', properties: { total: 89, currency: 'EUR' } }
    expect(await collect('t', { ...at, userId: '4711', messageId: 'm2', ...order })).toBe(200)
    expect(await collect('t', { ...at, userId: '4711', messageId: 'm2', ...order })).toBe(200)
    expect(await events(personId)).toMatchObject([
      { name: 'Order Completed', detail: 'total 89, currency EUR', site: 'Shop' },
      { name: 'Pricing' },
    ])
  })

  test('of a user id that nobody vouches for is nobody’s', async () => {
    const personId = await customer()
    const forged = { writeKey, anonymousId: 'evil', userId: '4711' }
    for (const hash of [undefined, '00'.repeat(32), 'no hash', userHash().slice(2)]) {
      expect(await collect('i', { ...forged, traits: { userHash: hash } })).toBe(200)
      expect(await collect('t', { ...forged, messageId: `x${hash}`, event: 'Lied' })).toBe(200)
    }
    expect(await events(personId)).toEqual([])
  })

  test('comes from servers in batches, by key and secret', async () => {
    const personId = await customer()
    const batch = [
      { type: 'identify', userId: '4711', traits: { email: 'jo@example.org' } },
      { type: 'track', userId: '4711', messageId: 'b1', event: 'Plan Changed', properties: { plan: 'Pro' } },
      { type: 'group', userId: '4711', messageId: 'b2', groupId: 'Acme Ltd' },
    ]
    const basic = (password: string): string =>
      `Basic ${Buffer.from(`${writeKey}:${password}`).toString('base64')}`
    expect(await collect('batch', { batch }, { authorization: basic('wrong') })).toBe(401)
    expect(await collect('batch', { batch }, { authorization: basic(secret) })).toBe(200)
    expect((await events(personId)).map((event) => event.name).toSorted()).toEqual([
      'Acme Ltd',
      'Plan Changed',
    ])
  })

  test.each([
    ['t', { event: 'x', anonymousId: 'a' }, 401],
    ['t', { writeKey: 'hsw_nobody', event: 'x', anonymousId: 'a' }, 401],
    ['shout', { anonymousId: 'a' }, 404],
    ['t', '{"event": ', 400],
    ['t', '[]', 400],
    ['t', '"x"', 400],
  ])('%s with %j is refused', async (path, body, status) => {
    expect(await collect(path, body)).toBe(status)
  })

  test('is taken from the origins that the site names, and from no other', async () => {
    const origins = ['https://shop.example']
    const { body } = await api.call('POST', '/sites', { as: owner, body: { name: 'Narrow', origins } })
    const call = { writeKey: body.item.writeKey, anonymousId: 'a', event: 'x' }
    expect(await collect('t', call, { origin: 'https://shop.example' })).toBe(200)
    expect(await collect('t', call, { origin: 'https://evil.example' })).toBe(403)
  })

  test('hostile words and huge bodies break nothing', async () => {
    const words = ['\u0000', '\uD800', '<script>', "'; drop table sites; --", '\u202E']
    for (const [i, word] of words.entries()) {
      const properties = { [word]: word, total: word }
      expect(
        await collect('t', {
          writeKey,
          anonymousId: `a${word}`,
          messageId: `w${i}`,
          event: word,
          properties,
        }),
      ).toBe(200)
    }
    const huge = { writeKey, anonymousId: 'a', event: 'x', properties: { x: 'x'.repeat(600_000) } }
    expect(await collect('t', huge)).toBe(413)
  })

  test('goes with the site when it is removed', async () => {
    await collect('t', { writeKey, anonymousId: 'a', event: 'x' })
    const { items } = (await api.call('GET', '/sites', { as: owner })).body
    expect(items).toMatchObject([{ name: 'Shop', events: 1 }])
    expect((await api.call('DELETE', `/sites/${items[0].id}`, { as: owner })).status).toBe(200)
    expect(await collect('t', { writeKey, anonymousId: 'a', event: 'x' })).toBe(401)
    expect((await api.call('GET', '/sites', { as: owner })).body.items).toEqual([])
  })
})
