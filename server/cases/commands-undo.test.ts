import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../test/api.ts'
import { openDesk, type Desk } from '../../test/desk.ts'

let desk: Desk
let ana: Person
const fields = `status, function_key, assignee_id, priority, tags, snoozed_until, resolved_at, due_at,
  first_answer_due_at, next_answer_due_at, resolution_due_at, is_waiting, wants_assignee`

beforeAll(async () => {
  desk = await openDesk()
  ana = await desk.addMember('Ana', 'agent')
})
afterAll(() => desk.close())

let writers = 0
async function newCase(): Promise<{ id: string; write: (text: string) => Promise<string> }> {
  writers += 1
  const externalId = `writer-${writers}@example.org`
  const thread = `thread-${writers}`
  const author = { externalId, handle: externalId, name: `Writer ${writers}` }
  const write = (text: string) => desk.arrive({ text, author, threadExternalId: thread })
  const engagement = await write('My order 123 never arrived. Where is it?')
  const [row] = await desk.rows('select case_id from engagements where id = $1', [engagement])
  return { id: row.case_id, write }
}
async function stateOf(id: string) {
  return (await desk.rows(`select ${fields} from cases where id = $1`, [id]))[0]
}
const post = (as: Person, path: string, body: unknown) => desk.call('POST', path, { as, body })
const idOf = async (name: string): Promise<string> =>
  (await desk.rows('select id from members where name = $1', [name]))[0].id

describe('a change of a member is taken back', () => {
  test.each([
    ['assign', async () => ({ memberId: await idOf('Ana') })],
    ['hand-over', async () => ({ function: 'sales', reason: 'asks for a price' })],
    ['status', async () => ({ status: 'resolved' })],
    ['status', async () => ({ status: 'on-hold' })],
    ['priority', async () => ({ priority: 'urgent' })],
    ['snooze', async () => ({ until: new Date(Date.now() + 3_600_000).toISOString() })],
  ])('%s leaves the case exactly as it was', async (path, body) => {
    const { id } = await newCase()
    const before = await stateOf(id)
    const done = await post(desk.owner, `/cases/${id}/${path}`, await body())
    expect(done.status).toBe(200)
    expect(await stateOf(id)).not.toEqual(before)
    const undone = await post(desk.owner, '/cases/undo', { change: done.body.undo })
    expect(undone.body.results).toMatchObject([{ id, done: true, reason: null }])
    expect(await stateOf(id)).toEqual(before)
    const hops = await desk.rows('select 1 from hops where case_id = $1 and undone_at is null', [id])
    expect(hops).toHaveLength(1)
  })

  test('both the change and its taking back stand in the audit trail, and the chain holds', async () => {
    const { id } = await newCase()
    const { body } = await post(desk.owner, `/cases/${id}/status`, { status: 'resolved' })
    await post(desk.owner, '/cases/undo', { change: body.undo })
    const trail = await desk.rows(
      'select action, before, after from audit where subject_id = $1 order by number',
      [id],
    )
    expect(trail).toMatchObject([
      { action: 'case.status', before: { status: 'new' }, after: { status: 'resolved' } },
      { action: 'case.undone', before: { status: 'resolved' }, after: { status: 'new' } },
    ])
  })

  test('of many cases, those that changed meanwhile stay as they are and say why', async () => {
    const [quiet, written, taken] = [await newCase(), await newCase(), await newCase()]
    const ids = [quiet.id, written.id, taken.id]
    const { body } = await post(desk.owner, '/cases/bulk', {
      ids,
      change: { to: 'status', status: 'resolved' },
    })
    await written.write('Hello? It is still not here. Where is it?')
    await post(ana, `/cases/${taken.id}/status`, { status: 'open' })
    const undone = await post(desk.owner, '/cases/undo', { change: body.undo })
    const byId = new Map(undone.body.results.map((one: { id: string }) => [one.id, one]))
    expect(byId.get(quiet.id)).toMatchObject({ done: true })
    expect(byId.get(written.id)).toMatchObject({ done: false, reason: 'The customer wrote meanwhile.' })
    expect(byId.get(taken.id)).toMatchObject({ done: false, reason: 'Ana changed it meanwhile.' })
    expect((await stateOf(quiet.id)).status).toBe('new')
    expect((await stateOf(written.id)).status).toBe('open')
  })

  test('what others did to something else does not stand in the way', async () => {
    const { id } = await newCase()
    const { body } = await post(desk.owner, `/cases/${id}/priority`, { priority: 'low' })
    await desk.call('PUT', `/cases/${id}/tags`, { as: ana, body: { tags: ['refund'] } })
    const undone = await post(desk.owner, '/cases/undo', { change: body.undo })
    expect(undone.body.results[0].done).toBe(true)
    expect(await stateOf(id)).toMatchObject({ priority: 2, tags: ['refund'] })
  })

  test('the colleague who was given it is not told of it any more', async () => {
    const { id } = await newCase()
    const { body } = await post(desk.owner, `/cases/${id}/assign`, { memberId: await idOf('Ana') })
    expect(await desk.rows('select kind from notifications where case_id = $1', [id])).toHaveLength(1)
    await post(desk.owner, '/cases/undo', { change: body.undo })
    expect(await desk.rows('select kind from notifications where case_id = $1', [id])).toHaveLength(0)
  })

  test('once, by whoever made it, within the hour', async () => {
    const { id } = await newCase()
    const { body } = await post(desk.owner, `/cases/${id}/status`, { status: 'on-hold' })
    expect((await post(ana, '/cases/undo', { change: body.undo })).status).toBe(410)
    await post(desk.owner, '/cases/undo', { change: body.undo })
    const again = await post(desk.owner, '/cases/undo', { change: body.undo })
    expect(again.body.results).toMatchObject([{ done: false, reason: 'It was taken back before.' }])
    const later = await post(desk.owner, `/cases/${id}/status`, { status: 'on-hold' })
    desk.ahead(3_700_000)
    expect((await post(desk.owner, '/cases/undo', { change: later.body.undo })).status).toBe(410)
    desk.ahead(0)
  })

  test('a change that changes nothing offers no way back', async () => {
    const { id } = await newCase()
    const { body } = await post(desk.owner, `/cases/${id}/assign`, { memberId: null })
    expect(body.undo).toBeNull()
  })
})

describe('what a member has read', () => {
  const rowOf = async (as: Person, id: string) =>
    (await desk.call('GET', '/cases?view=all&sort=newest&limit=200', { as })).body.items.find(
      (one: { id: string }) => one.id === id,
    )
  const unreadOf = async (as: Person) => (await desk.call('GET', '/cases/counts', { as })).body.unread

  test('is theirs alone, and ends when the customer writes again', async () => {
    const { id, write } = await newCase()
    const before = await unreadOf(ana)
    expect((await rowOf(ana, id)).isUnread).toBe(true)
    await post(ana, '/cases/read', { ids: [id], isRead: true })
    expect((await rowOf(ana, id)).isUnread).toBe(false)
    expect((await rowOf(desk.owner, id)).isUnread).toBe(true)
    expect((await unreadOf(ana)).views.open).toBe(before.views.open - 1)
    await new Promise((done) => setTimeout(done, 5))
    await write('And the invoice is wrong as well. Can you mend it?')
    expect((await rowOf(ana, id)).isUnread).toBe(true)
  })

  test('can be marked unread, and read no further than was seen', async () => {
    const { id } = await newCase()
    await post(ana, '/cases/read', { ids: [id], isRead: true })
    await post(ana, '/cases/read', { ids: [id], isRead: false })
    expect((await rowOf(ana, id)).isUnread).toBe(true)
    const { body } = await desk.call('GET', '/cases?unread=true&view=all&limit=200', { as: ana })
    expect(body.items.map((one: { id: string }) => one.id)).toContain(id)
    const other = await newCase()
    await post(ana, '/cases/read', { ids: [other.id], isRead: true, until: '2020-01-01T00:00:00Z' })
    expect((await rowOf(ana, other.id)).isUnread).toBe(true)
    expect((await desk.call('GET', `/cases/${id}`, { as: ana })).body.readUntil).not.toBeNull()
  })

  test('begins when the member does: what came before is not new to them', async () => {
    const { id } = await newCase()
    const late = await desk.addMember('Late', 'viewer')
    expect((await rowOf(late, id)).isUnread).toBe(false)
  })
})

test('tags in use are found by their beginning, those of most cases first', async () => {
  const [one, two] = [await newCase(), await newCase()]
  await desk.call('PUT', `/cases/${one.id}/tags`, { as: ana, body: { tags: ['Delivery late', 'delivery'] } })
  await desk.call('PUT', `/cases/${two.id}/tags`, { as: ana, body: { tags: ['delivery'] } })
  const { body } = await desk.call('GET', '/tags?q=DELI', { as: ana })
  expect(body.items).toEqual([
    { tag: 'delivery', cases: 2 },
    { tag: 'Delivery late', cases: 1 },
  ])
})
