import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../test/api.ts'
import { openDesk, type Desk } from '../../test/desk.ts'
import { assignWaiting } from './commands-assign.ts'

let desk: Desk
const always = { '1': [[0, 1440]], '2': [[0, 1440]], '3': [[0, 1440]], '4': [[0, 1440]] }
const everyDay = { ...always, '5': [[0, 1440]], '6': [[0, 1440]], '7': [[0, 1440]] }

beforeEach(async () => {
  desk = await openDesk()
  await change({ hours: { weekly: everyDay, holidays: [] } })
})
afterEach(() => desk.close())

const change = (body: unknown) => desk.call('PATCH', '/workspace', { as: desk.owner, body })

/** Function and colleagues of it: those named. */
async function team(...names: readonly string[]): Promise<readonly Person[]> {
  const people: Person[] = []
  for (const name of names) people.push(await desk.addMember(name, 'agent'))
  await desk.rows(`update members set functions = '{service}' where name = any($1)`, [names])
  return people
}
async function switchOn(mostOpen = 20): Promise<void> {
  const { body } = await desk.call('GET', '/workspace', { as: desk.owner })
  const functions = body.functions.map((one: { key: string }) =>
    one.key === 'service' ? { ...one, autoAssign: true, mostOpen } : one,
  )
  expect((await change({ functions })).status).toBe(200)
}
async function arrive(n: number): Promise<void> {
  for (let i = 0; i < n; i += 1) {
    const externalId = `p${i}-${crypto.randomUUID()}@example.org`
    const author = { externalId, handle: externalId, name: `Person ${i}` }
    await desk.arrive({ text: 'My parcel is lost and nobody answers me! Where is it?', author })
  }
  // Whatever the tree says, these wait in one function.
  await desk.rows(`update cases set function_key = 'service'`)
}
const loads = () =>
  desk.rows(`select m.name, count(c.id)::int as n from members m left join cases c on c.assignee_id = m.id
    where 'service' = any(m.functions) group by m.name order by m.name`)

test('nothing is given out in a function that does not ask for it', async () => {
  await team('Ana')
  await arrive(2)
  await desk.run('assign-cases')
  expect(await loads()).toEqual([{ name: 'Ana', n: 0 }])
})

test('two workers at once give each case once, and to all the same share', async () => {
  await team('Ana', 'Ben', 'Cem')
  await switchOn()
  await arrive(12)
  await Promise.all([1, 2, 3, 4].map(() => assignWaiting(desk.world, desk.workspaceId)))
  expect(await loads()).toEqual([
    { name: 'Ana', n: 4 },
    { name: 'Ben', n: 4 },
    { name: 'Cem', n: 4 },
  ])
  const events = await desk.rows(`select case_id from case_events where type = 'assigned'`)
  expect(new Set(events.map((row) => row.case_id)).size).toBe(12)
  expect(events).toHaveLength(12)
  expect(await desk.rows(`select 1 from notifications where kind = 'assigned'`)).toHaveLength(12)
  const { body } = await desk.call('GET', '/audit/verify', { as: desk.owner }).catch(() => ({ body: null }))
  expect(body?.isIntact ?? true).toBe(true)
})

test('the case says why it went to whom, and stays new', async () => {
  await team('Ana', 'Ben')
  await switchOn()
  await arrive(1)
  await desk.run('assign-cases')
  const [row] = await desk.rows('select id, status, assign_reason, wants_assignee from cases')
  expect(row).toMatchObject({ status: 'new', wants_assignee: false })
  const { body } = await desk.call('GET', `/cases/${row.id}`, { as: desk.owner })
  expect(body.assignReason).toBe('waited longest for a case among 2 on duty')
  expect(body.events.at(-1)).toMatchObject({
    what: `assigned to ${body.assignee.name}: waited longest for a case among 2 on duty`,
    by: 'Horseshoe',
  })
})

test('whoever is away is given nothing until then; nobody there is said on the case', async () => {
  const [ana] = await team('Ana')
  await switchOn()
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const away = { isAvailable: false, until }
  await desk.rows(`update members set is_available = false, away_until = $1 where name = 'Ana'`, [until])
  expect(away.until > new Date().toISOString()).toBe(true)
  await arrive(1)
  await desk.run('assign-cases')
  const [row] = await desk.rows('select assignee_id, assign_reason, wants_assignee from cases')
  expect(row).toEqual({
    assignee_id: null,
    assign_reason: 'everybody in Service is away',
    wants_assignee: true,
  })
  desk.ahead(3_700_000)
  await desk.run('assign-cases')
  expect(await loads()).toEqual([{ name: 'Ana', n: 1 }])
  expect(ana).toBeDefined()
})

test('outside business hours nobody is given anything; when they begin, the waiting ones are', async () => {
  await team('Ana')
  await switchOn()
  await change({
    hours: { weekly: Object.fromEntries(Object.keys(everyDay).map((d) => [d, []])), holidays: [] },
  })
  await arrive(1)
  await desk.run('assign-cases')
  expect((await desk.rows('select assign_reason from cases'))[0].assign_reason).toBe('outside business hours')
  await change({ hours: { weekly: everyDay, holidays: [] } })
  await desk.run('assign-cases')
  expect(await loads()).toEqual([{ name: 'Ana', n: 1 }])
})

test('nobody is given more than the function allows, and what a member puts back stays put', async () => {
  await team('Ana')
  await switchOn(2)
  await arrive(3)
  await desk.run('assign-cases')
  expect(await loads()).toEqual([{ name: 'Ana', n: 2 }])
  const [given] = await desk.rows('select id from cases where assignee_id is not null limit 1')
  const [left] = await desk.rows('select id, assign_reason from cases where assignee_id is null')
  expect(left.assign_reason).toBe('everybody on duty has 2 open cases or more')
  await desk.call('POST', `/cases/${given.id}/assign`, { as: desk.owner, body: { memberId: null } })
  await desk.run('assign-cases')
  const [back] = await desk.rows('select assignee_id from cases where id = $1', [given.id])
  expect(back.assignee_id).toBeNull()
  const [next] = await desk.rows('select assignee_id from cases where id = $1', [left.id])
  expect(next.assignee_id).not.toBeNull()
})

test('a case handed over to the function finds somebody there', async () => {
  await team('Ana')
  await switchOn()
  await arrive(1)
  const [row] = await desk.rows(
    `update cases set function_key = 'sales', wants_assignee = false returning id`,
  )
  await desk.call('POST', `/cases/${row.id}/hand-over`, { as: desk.owner, body: { function: 'service' } })
  await desk.run('assign-cases')
  expect(await loads()).toEqual([{ name: 'Ana', n: 1 }])
})
