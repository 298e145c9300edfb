import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openCompany, type Company } from '../../test/connections/company.ts'
import { openTestNetwork } from '../../test/connections/test-network.ts'
import type { RawEvent } from '../../channels/channel.ts'
import { createKeeper } from './commands-keep.ts'
import { attachmentRoute } from './routes-attachments.ts'
import { mayWrite } from './store-meanings.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'

const network = openTestNetwork()
let company: Company
let id: string

beforeAll(async () => {
  company = await openCompany(network)
})
beforeEach(async () => {
  await company.reset()
  id = await company.connect()
})
afterAll(() => company.close())

async function keep(...events: readonly RawEvent[]): Promise<void> {
  await createKeeper(company.parts).keep(company.workspaceId, { connectionId: id, events })
}

async function texts(): Promise<string[]> {
  const found = await company.rows<{ text: string }>('select text from engagements order by text')
  return found.map(({ text }) => text)
}

async function health() {
  return (await company.call('GET', `/connections/${id}`)).body.health
}

test('what was kept opens a case, however often it comes and however often it is read', async () => {
  const first = network.say('My parcel is broken, please help!', { at: Date.now() - 5_000 })
  await keep(first, first)
  await keep(first)
  expect(await health()).toMatchObject({ waiting: 1, quarantined: 0 })
  await company.read(id)
  await keep(first)
  await company.read(id)
  expect(await texts()).toEqual(['My parcel is broken, please help!'])
  expect(await company.rows('select 1 from cases')).toHaveLength(1)
  const { lag, waiting, lastEventAt } = await health()
  expect({ waiting, hasEvent: lastEventAt !== null, samples: lag.samples }).toEqual({
    waiting: 0,
    hasEvent: true,
    samples: 1,
  })
  expect(lag.arrival.p95).toBeGreaterThanOrEqual(4_900)
  expect(lag.shown.p95).toBeGreaterThanOrEqual(lag.arrival.p95)
})

test('what an account heard belongs to it', async () => {
  await keep(network.say('My parcel is broken, please help!'))
  await company.read(id)
  const connection = (await company.call('GET', `/connections/${id}`)).body
  const heard = [{ presence_id: connection.presence.id }]
  expect(await company.rows('select presence_id from engagements')).toEqual(heard)
  expect(await company.rows('select presence_id from cases')).toEqual(heard)
})

test('an event of which nobody can make sense is set aside after five tries, and holds up no other', async () => {
  await keep(network.say('before'), network.say('poison'), network.say('nonsense'), network.say('after'))
  await company.read(id)
  expect(await texts()).toEqual(['after', 'before'])
  for (let round = 2; round <= 5; round += 1) {
    expect(await health()).toMatchObject({ waiting: 2, quarantined: 0 })
    company.api.ahead(round * 200_000)
    await company.read(id)
  }
  expect(await health()).toMatchObject({ waiting: 0, quarantined: 2 })
  const { items } = (await company.call('GET', `/connections/${id}/quarantine`)).body
  expect(items).toMatchObject([
    { tries: 5, reason: expect.stringContaining('type') },
    { tries: 5, reason: 'this post cannot be read', excerpt: expect.stringContaining('poison') },
  ])
})

test('a quarantined event goes through after the fix, or is dropped for good', async () => {
  await keep(network.say('poison'), network.say('nonsense'))
  for (let round = 0; round < 5; round += 1) {
    company.api.ahead(round * 200_000)
    await company.read(id)
  }
  const { items } = (await company.call('GET', `/connections/${id}/quarantine`)).body
  const [nonsense, poison] = items.map((item: { id: string }) => item.id)
  await company.rows(
    `update raw_events set body = convert_to(replace(convert_from(body, 'UTF8'), 'poison', 'cured'), 'UTF8')`,
  )
  const replayed = await company.call('POST', `/connections/${id}/quarantine/replay`, { eventIds: [poison] })
  expect(replayed.body).toEqual({ replayed: 1 })
  await company.read(id)
  expect(await texts()).toEqual(['cured'])
  const dropped = await company.call('POST', `/connections/${id}/quarantine/drop`, { eventIds: [nonsense] })
  expect(dropped.body).toEqual({ dropped: 1 })
  const [row] = await company.rows<{ bytes: number }>(
    'select length(body) as bytes from raw_events where id = $1',
    [nonsense],
  )
  expect(row?.bytes).toBe(0)
  expect(await health()).toMatchObject({ waiting: 0, quarantined: 0 })
})

test('one that ends the process each time is found out by its tries', async () => {
  await keep(network.say('fine'))
  await company.rows('update raw_queue set tries = 5')
  await company.read(id)
  const { items } = (await company.call('GET', `/connections/${id}/quarantine`)).body
  expect(items).toMatchObject([{ reason: 'The program ended each time while this was read.' }])
})

test('what a process that was killed had kept, or begun to read, goes through once', async () => {
  const events = Array.from({ length: 250 }, (_, index) => network.say(`post ${index}`))
  await keep(...events)
  // Taken, and then killed: the tries are counted, the events still queued.
  await company.rows(
    'update raw_queue set tries = 1 where event_id in (select event_id from raw_queue order by event_id limit 20)',
  )
  await keep(...events)
  await company.read(id)
  expect((await texts()).length).toBe(250)
  expect(await health()).toMatchObject({ waiting: 0, quarantined: 0 })
})

test('attachments are served to members only, and no browser runs them', async () => {
  await keep(network.say('look [picture]'))
  await company.read(id)
  await company.read(id)
  const [row] = await company.rows<{ media: { url: string; alt: string; mediaType: string }[] }>(
    'select media from engagements',
  )
  expect(row?.media).toMatchObject([{ alt: 'a b.png', mediaType: 'image/png' }])
  const app = attachmentRoute(company.parts)
  const path = new URL(row?.media[0]?.url ?? '').pathname.replace('/api/v1', '')
  const mine = await app.request(path, { headers: { cookie: company.owner.cookie } })
  expect({ status: mine.status, type: mine.headers.get('content-type') }).toEqual({
    status: 200,
    type: 'image/png',
  })
  expect(mine.headers.get('content-security-policy')).toContain('sandbox')
  expect(mine.headers.get('content-disposition')).toContain(`filename*=UTF-8''a%20b.png`)
  expect((await mine.arrayBuffer()).byteLength).toBe(11)
  expect((await app.request(path)).status).toBe(404)
  const stranger = await company.api.signUp('eve@example.org')
  expect((await app.request(path, { headers: { cookie: stranger.cookie } })).status).toBe(404)
})

test.each([[true], [false]])(
  'deleted words leave the raw form, whichever came first (deletion first: %s)',
  async (isFirst) => {
    const word = network.say('a secret of mine [picture]', { key: 'w1', at: 1_700_000_000_000 })
    const deletion = { id: 'd1', type: 'Delete', of: 'w1', text: '', at: 1_700_000_001_000 }
    const gone = { key: 'd1', at: null, body: Buffer.from(JSON.stringify(deletion)) }
    await keep(isFirst ? gone : word)
    await company.read(id)
    await keep(isFirst ? word : gone)
    await company.read(id)
    await company.read(id)
    expect(await texts()).toEqual([''])
    const left = await company.rows<{ n: number }>(
      `select count(*)::int as n from raw_events where position('secret' in convert_from(body, 'UTF8')) > 0`,
    )
    expect(left[0]?.n).toBe(0)
    expect(await company.rows('select 1 from attachments')).toHaveLength(0)
  },
)

test('what a channel does not know is counted, receipts and refusals are kept', async () => {
  await keep(network.say('news'), network.say('news'), network.say('STOP'), network.say('delivered'))
  await company.read(id)
  expect((await health()).unknown).toMatchObject([{ kind: 'poll.vote', count: 2 }])
  const scope = systemScope(company.workspaceId)
  const asked = { connectionId: id, address: '+49' }
  const may = await inScope(company.api.database, scope, (db) => mayWrite(db, company.workspaceId, asked))
  expect(may).toBe(false)
  expect(await company.rows('select state from receipts')).toEqual([{ state: 'delivered' }])
})

test('while it is paused nothing is read, and nothing is lost', async () => {
  await company.call('POST', `/connections/${id}/pause`, {})
  await keep(network.say('meanwhile'))
  await company.read(id)
  expect(await texts()).toEqual([])
  await company.call('POST', `/connections/${id}/resume`, {})
  await company.read(id)
  expect(await texts()).toEqual(['meanwhile'])
})
