import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openCompany, type Company } from '../../test/connections/company.ts'
import { openTestNetwork } from '../../test/connections/test-network.ts'
import { placesOf } from '../../test/places-of.ts'
import type { RawEvent } from '../../channels/channel.ts'
import { createKeeper } from './commands-keep.ts'

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

async function hear(...events: readonly RawEvent[]): Promise<void> {
  await createKeeper(company.parts).keep(company.workspaceId, { connectionId: id, events })
  await company.read(id)
  await company.read(id)
}

async function places(signs: string): Promise<readonly string[]> {
  const { ownerPool } = company.api.database
  for (const { payload } of (
    await ownerPool.query(
      `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
       where t.id = j.task_id and t.identifier = 'forget-files' returning j.payload`,
    )
  ).rows) {
    for (const fileId of payload.fileIds) await company.parts.platform.files.remove(`attachments/${fileId}`)
  }
  return placesOf(ownerPool, company.parts.platform.files.folder, signs)
}

async function said() {
  return company.rows<{ text: string; author_name: string; is_deleted: boolean }>(
    'select text, author_name, deleted_at is not null as is_deleted from engagements order by published_at, id',
  )
}

const start = 1_700_000_000_000
const who = 'Zaunkoenigin'

test('who leaves the network takes along every word and name; that they spoke stays', async () => {
  await hear(
    network.say('My zaunmaid parcel is broken! [picture]', { at: start, by: who }),
    network.say('And the zaunmaid box too', { at: start + 1_000, by: who }),
    network.say('Mine is fine, thank you', { at: start + 2_000, by: 'Ben' }),
  )
  expect(await places('zaunmaid')).toContain('engagements: 2')
  expect((await places(who)).length).toBeGreaterThanOrEqual(5)
  await hear(network.say('left', { key: 'gone', at: start + 3_000, of: who.toLowerCase() }))
  expect(await places('zaunmaid')).toEqual([])
  // The id by which they would be known again, and nothing else.
  expect(
    await company.rows('select name, handle, gone_at is not null as gone from identities order by 1'),
  ).toEqual([
    { name: 'Ben', handle: 'ben', gone: false },
    { name: 'Deleted account', handle: null, gone: true },
  ])
  const left = await places(who)
  expect(left.map((place) => place.split(':')[0])).toEqual(['arrivals', 'gone_authors', 'identities'])
  expect(await company.rows('select name from persons order by name')).toEqual([
    { name: 'Ben' },
    { name: 'Deleted account' },
  ])
  expect(await said()).toEqual([
    { text: '', author_name: 'Deleted account', is_deleted: true },
    { text: '', author_name: 'Deleted account', is_deleted: true },
    { text: 'Mine is fine, thank you', author_name: 'Ben', is_deleted: false },
  ])
})

test('what somebody said before they left is a tombstone also where it comes in late', async () => {
  await hear(network.say('Hello zaunmaid', { at: start, by: who }))
  await hear(network.say('left', { key: 'gone', at: start + 5_000, of: who.toLowerCase() }))
  await hear(network.say('Late zaunmaid words', { at: start + 4_000, by: who }))
  expect(await places('zaunmaid')).toEqual([])
  expect((await said()).map(({ is_deleted }) => is_deleted)).toEqual([true, true])
  expect(await company.rows('select name from persons')).toEqual([{ name: 'Deleted account' }])
})

test('who comes back is heard again under their name, and an old word of their leaving changes nothing', async () => {
  await hear(network.say('Hello', { at: start, by: who }))
  await hear(network.say('left', { key: 'gone', at: start + 1_000, of: who.toLowerCase() }))
  await hear(network.say('back', { key: 'there', at: start + 2_000, of: who.toLowerCase() }))
  // Its clock runs behind, and its network says that it is there.
  await hear(network.say('Here I am again', { at: start + 500, by: who }))
  await hear(network.say('left', { key: 'gone again', at: start + 1_000, of: who.toLowerCase() }))
  expect(await said()).toEqual([
    { text: '', author_name: 'Deleted account', is_deleted: true },
    { text: 'Here I am again', author_name: who, is_deleted: false },
  ])
  expect(await company.rows('select name from persons')).toEqual([{ name: who }])
  expect(await company.rows('select name, gone_at from identities')).toEqual([{ name: who, gone_at: null }])
})

test('who speaks after they left is there again, also where the network does not say so', async () => {
  await hear(network.say('Hello', { at: start, by: who }))
  await hear(network.say('left', { key: 'gone', at: start + 1_000, of: who.toLowerCase() }))
  await hear(network.say('Me again', { at: Date.now() + 1_000, by: who }))
  expect((await said()).map(({ text }) => text)).toEqual(['', 'Me again'])
  expect(await company.rows('select name from persons')).toEqual([{ name: who }])
})

test('a thousand words of somebody who leaves are gone as well, and the queue goes on', async () => {
  const events = Array.from({ length: 1_100 }, (_, index) =>
    network.say(`zaunmaid ${index}`, { at: start + index, by: who }),
  )
  await hear(...events)
  await hear(network.say('left', { key: 'gone', at: start + 5_000, of: who.toLowerCase() }))
  await company.read(id)
  await company.read(id)
  expect(await places('zaunmaid')).toEqual([])
  expect(await company.rows('select is_erased from gone_authors')).toEqual([{ is_erased: true }])
})

test('what could not be read goes with the thing that it is named after', async () => {
  await hear(network.say('poison', { key: 'create w1' }))
  for (let round = 0; round < 5; round += 1) {
    company.api.ahead(round * 200_000)
    await company.read(id)
  }
  expect(await company.rows('select 1 from raw_quarantine')).toHaveLength(1)
  const deletion = { id: 'd1', type: 'Delete', of: 'w1', text: '', at: start }
  await hear({ key: 'd1', at: null, body: Buffer.from(JSON.stringify(deletion)) })
  expect(await company.rows('select 1 from raw_quarantine')).toHaveLength(0)
  const [left] = await company.rows<{ bytes: number }>(
    `select length(body) as bytes from raw_events where key = 'create w1'`,
  )
  expect(left?.bytes).toBe(0)
})

test('words that a look found gone stay gone, however they are heard again', async () => {
  await hear(network.say('a zaunmaid of mine', { key: 'w1', at: start, by: who }))
  await company.rows(`update engagements set deleted_at = now(), text = ''`)
  await hear({
    ...network.say('a zaunmaid of mine', { key: 'w1', at: start, by: who }),
    key: 'heard elsewhere',
  })
  const [row] = await company.rows<{ bytes: number }>(
    `select length(body) as bytes from raw_events where key = 'heard elsewhere'`,
  )
  expect(row?.bytes).toBe(0)
})
