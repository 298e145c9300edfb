import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, type Desk } from '../../test/desk.ts'
import { placesOf as findPlaces } from '../../test/places-of.ts'
import type { EngagementInput } from '../../contract/engagement.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { acceptWithin } from './index.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

function placesOf(signs: string): Promise<readonly string[]> {
  return findPlaces(desk.database.ownerPool, desk.world.files.folder, signs)
}

test('what a customer deletes is nowhere any more, in no table and no file; that it was there stays', async () => {
  const canary = `zaunkoenig${newId().replaceAll('-', '').slice(-12)}`
  const author = { externalId: newId(), handle: 'jo', name: 'Jo' }
  const externalId = `post:${newId()}`
  const about = { author, externalId, source: 'small', channel: 'small', presence: 'acme' } as const
  const id = await desk.arrive({
    ...about,
    text: `Where is my ${canary} parcel? It is broken and I am angry!`,
    subject: `About ${canary}`,
    mentions: [canary],
    media: [{ url: `https://files.example/${canary}.png`, alt: canary }],
    visibility: 'public',
    kind: 'Note',
  })
  await hear({ ...about, type: 'Update', text: `Where is my ${canary}, please?`, at: 1_000 })
  const [row] = await desk.rows('select case_id, thread_id from engagements where id = $1', [id])
  await keepRawAndFile(externalId, canary)
  const before = await placesOf(canary)
  for (const table of [
    'engagements',
    'engagement_versions',
    'arrivals',
    'cases',
    'raw_events',
    'attachments',
  ]) {
    expect(before.some((place) => place.startsWith(`${table}:`))).toBe(true)
  }
  expect(before.some((place) => place.startsWith('/'))).toBe(true)

  await hear({ ...about, type: 'Delete', text: '', at: 2_000 })
  const jobs = await desk.rows(
    `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'forget-files'`,
  )
  for (const { payload } of jobs) await desk.run('forget-files', payload)
  await desk.rows(`delete from graphile_worker._private_jobs`)
  expect(await placesOf(canary)).toEqual([])

  const [left] = await desk.rows(
    'select text, deleted_at is not null as is_deleted, published_at, case_id, thread_id from engagements where id = $1',
    [id],
  )
  expect(left).toMatchObject({ text: '', is_deleted: true, case_id: row.case_id, thread_id: row.thread_id })
  expect(left.published_at).toBeInstanceOf(Date)
  const seen = await desk.call('GET', `/engagements/${id}`, { as: desk.owner })
  expect(seen.status).toBe(200)
  expect(JSON.stringify(seen.body)).not.toContain(canary)
})

test('words that come after their own deletion, or for something that never came, stay nowhere', async () => {
  const canary = `zaunkoenig${newId().replaceAll('-', '').slice(-12)}`
  const author = { externalId: newId(), handle: 'jo', name: 'Jo' }
  const about = { author, source: 'small', channel: 'small', presence: 'acme' } as const
  const known = { ...about, externalId: `post:${newId()}` }
  await desk.arrive({ ...known, text: 'Where is my parcel?', visibility: 'public', kind: 'Note' })
  await hear({ ...known, type: 'Delete', text: '', at: 2_000 })
  await hear({ ...known, type: 'Update', text: `It is the ${canary} one`, at: 1_000 })
  const unknown = { ...about, externalId: `post:${newId()}` }
  await hear({ ...unknown, type: 'Update', text: `My ${canary} again`, at: 1_000 })
  expect(await placesOf(canary)).toEqual(['arrivals: 1'])
  const other = { ...about, externalId: `${unknown.externalId}:2` }
  await hear({ ...other, type: 'Update', text: 'This one stays where it is', at: 1_000 })
  await hear({ ...unknown, type: 'Delete', text: '', at: 3_000 })
  expect(await placesOf(canary)).toEqual([])
  expect(await placesOf('This one stays where it is')).toEqual(['arrivals: 1'])
})

test('an edit leaves older words with their version, raw form and reading, and nowhere else', async () => {
  const canary = `zaunkoenig${newId().replaceAll('-', '').slice(-12)}`
  const author = { externalId: newId(), handle: 'jo', name: 'Jo' }
  const externalId = `post:${newId()}`
  const about = { author, externalId, source: 'small', channel: 'small', presence: 'acme' } as const
  await desk.arrive({ ...about, text: `Where is my ${canary}?`, visibility: 'public', kind: 'Note' })
  await hear({ ...about, type: 'Update', text: 'Where is my parcel, please?', at: 1_000 })
  const places = await placesOf(canary)
  // A reading quotes the words that moved it.
  expect(places.filter((place) => place !== 'readings: 1')).toEqual(['arrivals: 1', 'engagement_versions: 1'])
})

async function hear(
  input: Partial<EngagementInput> & { readonly text: string; readonly at: number },
): Promise<void> {
  const { at, ...words } = input
  const now = new Date(desk.world.clock.now())
  const when = new Date(now.getTime() + at).toISOString()
  const whole: EngagementInput = {
    type: 'Create',
    kind: 'Note',
    source: 'small',
    externalId: newId(),
    direction: 'in',
    author: { externalId: 'x' },
    mentions: [],
    visibility: 'public',
    media: [],
    publishedAt: now.toISOString(),
    updatedAt: when,
    automatic: false,
    ...words,
  }
  await inScope(desk.world.database, systemScope(desk.workspaceId), (db) =>
    acceptWithin(db, desk.workspaceId, [whole], { via: 'api', now }),
  )
  await desk.run('digest')
}

/** As a connection keeps what a network says: the raw event, what it means, and a file with the words in it. */
async function keepRawAndFile(externalId: string, canary: string): Promise<void> {
  const [connectionId, eventId, fileId] = [newId(), newId(), newId()]
  const { workspaceId } = desk
  await desk.rows(
    `insert into raw_events (workspace_id, id, connection_id, key, received_at, body, facts)
     values ($1, $2, $3, 'k', now(), $4, jsonb_build_object('topic', $5::text))`,
    [workspaceId, eventId, connectionId, Buffer.from(`{"text": "my ${canary} parcel"}`), canary],
  )
  await desk.rows(
    `insert into raw_meanings (workspace_id, source, external_id, event_id, connection_id) values ($1, 'small', $2, $3, $4)`,
    [workspaceId, externalId, eventId, connectionId],
  )
  await desk.rows(
    `insert into attachments (workspace_id, id, connection_id, event_id, source, external_id, name, media_type, bytes, created_at)
     values ($1, $2, $3, $4, 'small', $5, $6, 'text/plain', 9, now())`,
    [workspaceId, fileId, connectionId, eventId, externalId, `${canary}.txt`],
  )
  async function* bytes() {
    yield Buffer.from(`a photo of ${canary}`)
  }
  await desk.world.files.write(`attachments/${fileId}`, bytes(), 10_000)
}
