import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ChannelFailure } from '../../channels/channel.ts'
import { openCompany, until, type Company } from '../../test/connections/company.ts'
import { openTestNetwork } from '../../test/connections/test-network.ts'
import { claimConnection, renewClaims } from '../platform/db/directory-connections.ts'
import { newId } from '../platform/ids.ts'
import { lookForDeletions } from './commands-history.ts'
import { startListening, type Listener } from './jobs-listen.ts'
import { createWatchJob } from './jobs.ts'
import { moveCursor } from './store-listening.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'

const quick = { leaseMs: 1_000, lookMs: 50 }

describe.each([['poll'], ['stream']] as const)('by %s', (way) => {
  const network = openTestNetwork({ listens: [way], pace: { pollMs: 250, silentAfterMs: 3_600_000 } })
  let company: Company
  let id: string
  let listeners: Listener[]

  beforeAll(async () => {
    company = await openCompany(network)
  })
  beforeEach(async () => {
    listeners = []
    await company.reset()
    id = await company.connect()
  })
  afterEach(() => Promise.all(listeners.map((listener) => listener.stop())))
  afterAll(() => company.close())

  function start(): Listener {
    const listener = startListening(company.parts, quick)
    listeners.push(listener)
    return listener
  }
  async function kept(): Promise<number> {
    const [row] = await company.rows<{ n: number }>('select count(*)::int as n from raw_events')
    return row?.n ?? 0
  }
  async function connection() {
    return (await company.call('GET', `/connections/${id}`)).body
  }

  test('what is said there is kept, with how far it was heard', async () => {
    start()
    network.say('one')
    await until(async () => (await kept()) === 1)
    network.say('two')
    await until(async () => (await kept()) === 2)
    await until(async () => (await connection()).health.lastContactAt !== null)
    expect(await connection()).toMatchObject({ state: 'live', health: { listens: way, failures: 0 } })
  })

  test('two processes never listen to one connection at once, and the other goes on where the first stood', async () => {
    const first = start()
    network.say('one')
    await until(async () => (await kept()) === 1)
    start()
    const asked = network.asked.length
    await new Promise((resolve) => setTimeout(resolve, 400))
    const [row] = await company.rows<{ fence: number }>('select fence from connection_runs')
    expect(row?.fence).toBe(1)
    if (way === 'stream') expect(network.asked.length).toBe(asked)
    await first.stop()
    network.say('two')
    await until(async () => (await kept()) === 2)
    expect(await company.rows('select fence from connection_runs')).toEqual([{ fence: 2 }])
  })

  test('a clock that is set back or forth leaves the claim with whoever listens', async () => {
    start()
    network.say('one')
    await until(async () => (await kept()) === 1)
    for (const aheadMs of [-3_600_000, 7_200_000]) {
      company.api.ahead(aheadMs)
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      const held = await company.rows(
        'select fence, listener_until > clock_timestamp() as holds from connection_runs',
      )
      expect(held).toEqual([{ fence: 1, holds: true }])
    }
    network.say('two')
    await until(async () => (await kept()) === 2)
  })

  test('what is said to another account stays with another connection of the same presence', async () => {
    const before = id
    start()
    network.say('one', { key: 'one' })
    await until(async () => (await kept()) === 1)
    const presences = await company.rows<{ id: string }>('select id from presences')
    await company.call('POST', `/connections/${before}/disconnect`, {})
    const presenceId = presences[0]?.id
    const other = await company.call('POST', '/connections', {
      channel: 'testnet',
      presenceId,
      function: null,
      config: { handle: 'other' },
      secrets: { token: 'good' },
    })
    // Another account than that of the presence is kept as a connection that says so, and hears nothing.
    expect(other.body.state).toBe('broken')
    network.say('two', { key: 'two' })
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await company.rows('select distinct connection_id from raw_events')).toEqual([
      { connection_id: before },
    ])
    await company.call('POST', `/connections/${other.body.id}/disconnect`, {})
    id = await company.connect({ presenceId })
    await until(
      async () => (await company.rows(`select 1 from raw_events where connection_id = '${id}'`)).length === 2,
    )
  })

  test('pause stops it, resume goes on, and nothing that was said meanwhile is lost', async () => {
    start()
    network.say('one')
    await until(async () => (await kept()) === 1)
    await company.call('POST', `/connections/${id}/pause`, {})
    await until(
      async () => (await company.rows('select 1 from connection_runs where listener is null')).length === 1,
    )
    network.say('two')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await kept()).toBe(1)
    await company.call('POST', `/connections/${id}/resume`, {})
    await until(async () => (await kept()) === 2)
  })

  test('credentials that ran out are renewed on the way', async () => {
    start()
    network.say('one')
    await until(async () => (await kept()) === 1)
    network.token = 'newer'
    network.say('two')
    await until(async () => (await kept()) === 2)
    expect(network.refreshes).toBe(1)
    expect((await connection()).state).toBe('live')
  })

  test('a network that takes the access away is told to the owner at once; new credentials are taken up', async () => {
    start()
    await until(async () => (await connection()).health.listens === way)
    network.failure = new ChannelFailure('auth.revoked', 'Access was taken away.')
    await until(async () => (await connection()).state === 'needs-reauth')
    const { items } = (await company.call('GET', '/notifications')).body
    expect(items).toMatchObject([{ kind: 'connection', connectionId: id }])
    network.failure = null
    network.token = 'fresh'
    network.say('one')
    await company.call('PATCH', `/connections/${id}`, { secrets: { token: 'fresh' } })
    await until(async () => (await kept()) === 1)
    expect((await connection()).state).toBe('live')
  })

  test('a network that is away is asked again, later each time, and nothing is lost', async () => {
    start()
    await until(async () => (await connection()).health.listens === way)
    network.failure = new ChannelFailure('network.down', 'Out of reach.')
    await until(async () => (await connection()).health.failures >= 1)
    network.say('meanwhile')
    network.failure = null
    await until(async () => (await kept()) === 1)
    await until(async () => (await connection()).health.failures === 0)
  })

  test('history comes beside what is live, and opens no case', async () => {
    const long = Date.now() - 40 * 86_400_000
    for (let index = 0; index < 25; index += 1) network.say(`long ago ${index}`, { at: long + index })
    await company.rows(`update connection_runs set cursors = jsonb_build_object('${way}', '25')`)
    start()
    await company.call('POST', `/connections/${id}/backfill`, {})
    network.say('My parcel is broken today, please help!')
    await until(async () => (await connection()).backfill.state === 'done')
    await until(async () => (await kept()) === 26)
    await company.read(id)
    const [row] = await company.rows<{ old: number; young: number }>(
      `select count(*) filter (where is_historical)::int as old, count(*) filter (where not is_historical)::int as young
       from engagements`,
    )
    expect(row).toEqual({ old: 25, young: 1 })
    expect((await connection()).backfill).toMatchObject({ state: 'done' })
  })
})

describe('a stream', () => {
  const network = openTestNetwork({ listens: ['stream'], pace: { pollMs: 250, silentAfterMs: 3_600_000 } })
  let company: Company
  let listener: Listener | undefined

  beforeAll(async () => {
    company = await openCompany(network)
  })
  beforeEach(() => company.reset())
  afterEach(() => listener?.stop())
  afterAll(() => company.close())

  async function kept(): Promise<string[]> {
    const found = await company.rows<{ key: string }>('select key from raw_events order by key')
    return found.map(({ key }) => key)
  }
  async function cursors(): Promise<unknown> {
    const [row] = await company.rows<{ cursors: unknown }>('select cursors from connection_runs')
    return row?.cursors
  }

  test('hears what was said between connecting and the first listening', async () => {
    network.beginsNow = true
    network.say('before', { key: 'before' })
    await company.connect()
    network.say('between', { key: 'between' })
    listener = startListening(company.parts, quick)
    network.say('after', { key: 'zafter' })
    await until(async () => (await kept()).length === 2)
    expect(await kept()).toEqual(['between', 'zafter'])
  })

  test('that no longer knows its cursor is not asked with it again', async () => {
    const id = await company.connect()
    listener = startListening(company.parts, quick)
    network.say('one', { key: 'one' })
    await until(async () => (await kept()).length === 1)
    await until(async () => JSON.stringify(await cursors()) === '{"stream":"1"}')
    await listener.stop()
    network.forgets = true
    listener = startListening(company.parts, quick)
    await until(async () => (await company.call('GET', `/connections/${id}`)).body.health.failures > 0)
    expect(await cursors()).toEqual({})
  })
})

describe('a claim', () => {
  const network = openTestNetwork({ pace: { pollMs: 250, silentAfterMs: 3_600_000 } })
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

  test('that ran out goes to another, and the old one can commit nothing more', async () => {
    const { database } = company.api
    const found = { workspaceId: company.workspaceId, connectionId: id }
    const [sleeper, other] = [newId(), newId()]
    const first = await claimConnection(database, found, { listener: sleeper, leaseMs: 50 })
    expect(await claimConnection(database, found, { listener: other, leaseMs: 50 })).toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 80))
    const second = await claimConnection(database, found, { listener: other, leaseMs: 60_000 })
    expect([first, second]).toEqual([1, 2])
    const held = { ...found, fence: 1, contactAt: null }
    expect(await renewClaims(database, [held], { listener: sleeper, leaseMs: 50 })).toEqual(new Set())
    const scope = systemScope(company.workspaceId)
    const moved = { way: 'poll', cursor: '9' }
    const moves = await inScope(database, scope, async (db) => [
      await moveCursor(db, { ...found, listener: sleeper, fence: 1 }, moved),
      await moveCursor(db, { ...found, listener: other, fence: 2 }, moved),
    ])
    expect(moves).toEqual([false, true])
  })

  test('silence that is longer than usual is told once, and ends with the next word', async () => {
    const watch = createWatchJob(company.parts)
    await watch.run({})
    expect((await company.call('GET', `/connections/${id}`)).body.state).toBe('live')
    company.api.ahead(3_700_000)
    await watch.run({})
    await watch.run({})
    expect((await company.call('GET', `/connections/${id}`)).body.state).toBe('silent')
    expect((await company.call('GET', '/notifications')).body.items).toHaveLength(1)
  })

  test('what is gone without a word is found out by asking', async () => {
    network.say('stays', { key: 'stays' })
    network.say('goes', { key: 'goes' })
    const listener = startListening(company.parts, quick)
    await until(async () => (await company.rows('select 1 from raw_events')).length === 2)
    await listener.stop()
    await company.read(id)
    network.gone.add('goes')
    const fence = { workspaceId: company.workspaceId, connectionId: id, listener: newId(), fence: 0 }
    expect(await lookForDeletions({ parts: company.parts, fence })).toBe(1)
    await company.read(id)
    const found = await company.rows<{ external_id: string }>(
      'select external_id from engagements where deleted_at is not null',
    )
    expect(found).toEqual([{ external_id: 'goes' }])
  })
})
