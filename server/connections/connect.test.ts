import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ChannelFailure } from '../../channels/channel.ts'
import { openCompany, type Company } from '../../test/connections/company.ts'
import { openTestNetwork } from '../../test/connections/test-network.ts'
import { newId } from '../platform/ids.ts'
import { channelOf, refreshSecrets } from './commands-open.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { findConnection } from './store.ts'

const network = openTestNetwork({ listens: ['push', 'poll'] })
let company: Company

beforeAll(async () => {
  company = await openCompany(network)
})
beforeEach(() => company.reset())
afterAll(() => company.close())

const canary = 'canary-5b1f6e0c'

test('what can be connected is listed with its steps, permissions and fields', async () => {
  const { items } = (await company.call('GET', '/channels')).body
  expect(items).toMatchObject([
    {
      id: 'testnet',
      steps: ['Enter the token.'],
      permissions: [{ what: 'read' }],
      fields: [{ name: 'token', isSecret: true }, { name: 'handle' }],
      capabilities: { listen: { level: 'full', reason: '' }, edit: { level: 'none' } },
      provenOn: 'twin',
    },
  ])
})

test('an account that works is connected: its presence is made, and its owner is the one who connected it', async () => {
  const made = await company.call('POST', '/connections', {
    channel: 'testnet',
    function: 'service',
    config: { handle: '@acme ' },
    secrets: { token: 'good' },
  })
  expect(made).toMatchObject({
    status: 200,
    body: {
      state: 'live',
      account: { id: 'id-@acme' },
      owner: { name: 'Olga' },
      secretsSet: ['token'],
      permissions: ['read'],
      presence: { channel: 'testnet', handle: 'acme' },
    },
  })
  const [presence] = await company.rows('select connector, function_key from presences')
  expect(presence).toEqual({ connector: 'testnet', function_key: 'service' })
})

test('a credential is in no answer, audit entry, event or readable column', async () => {
  network.token = canary
  const answers = [
    await company.call('POST', '/connections', {
      channel: 'testnet',
      config: { handle: 'acme' },
      secrets: { token: canary },
    }),
  ]
  const { id } = answers[0]!.body as { id: string }
  for (const step of ['test', 'pause', 'resume', 'backfill']) {
    answers.push(await company.call('POST', `/connections/${id}/${step}`, {}))
  }
  answers.push(await company.call('PATCH', `/connections/${id}`, { secrets: { token: canary } }))
  answers.push(await company.call('PATCH', `/connections/${id}`, { config: { token: canary } }))
  answers.push(await company.call('GET', '/connections'), await company.call('GET', '/audit?limit=50'))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 422, 200, 200])
  expect(JSON.stringify(answers)).not.toContain(canary)
  for (const table of ['connections', 'connection_runs', 'audit', 'live_events', 'channel_values']) {
    const found = await company.rows<{ row: string }>(`select t::text as row from ${table} t`)
    for (const { row } of found) {
      expect(row).not.toContain(canary)
      expect(row).not.toContain(Buffer.from(canary).toString('hex'))
    }
  }
})

test('an account that wants other credentials is kept, says so, and works once it has them', async () => {
  const id = await company.connect({ secrets: { token: 'old' } })
  const { body } = await company.call('GET', `/connections/${id}`)
  expect(body).toMatchObject({ state: 'needs-reauth', detail: 'The token is not taken.', presence: null })
  const wrong = await company.call('PATCH', `/connections/${id}`, { secrets: { token: 'older' } })
  expect(wrong).toMatchObject({ status: 422, body: { data: { reason: 'check-failed' } } })
  const right = await company.call('PATCH', `/connections/${id}`, { secrets: { token: 'good' } })
  expect(right.body).toMatchObject({ state: 'live', presence: { handle: 'acme' } })
})

test.each([
  [{ secrets: {} }, 'missing-field'],
  [{ config: { handle: 'acme', token: 'x' } }, 'misplaced-field'],
  [{ config: { handle: 'acme', __proto__x: 'x' } }, 'unknown-field'],
  [{ channel: 'nothing' }, 'unknown-channel'],
  [{ ownerId: newId() }, 'unknown-member'],
  [{ presenceId: newId() }, 'unknown-presence'],
  [{ function: 'nothing' }, 'unknown-function'],
])('%j is refused', async (more, reason) => {
  const body = { channel: 'testnet', config: { handle: 'acme' }, secrets: { token: 'good' }, ...more }
  const answer = await company.call('POST', '/connections', body)
  expect(answer).toMatchObject({ status: 422, body: { data: { reason } } })
  expect(await company.rows('select 1 from connections')).toHaveLength(0)
})

test('one account is connected once', async () => {
  await company.connect()
  const body = { channel: 'testnet', config: { handle: 'acme' }, secrets: { token: 'good' } }
  const again = await company.call('POST', '/connections', body)
  expect(again).toMatchObject({ status: 409, body: { data: { reason: 'account-connected' } } })
})

test('what ends a connection ends pushes and destroys its credentials; it can be connected again', async () => {
  const id = await company.connect()
  const opened = await channelOf(company.parts, company.workspaceId, { connectionId: id })
  expect(opened?.channel.manifest.id).toBe('testnet')
  expect((await company.call('POST', `/connections/${id}/disconnect`, {})).status).toBe(200)
  expect(network.unsubscriptions).toBe(1)
  expect(await company.rows('select secrets, hook_hash, secret_names from connections')).toEqual([
    { secrets: null, hook_hash: null, secret_names: [] },
  ])
  expect(await channelOf(company.parts, company.workspaceId, { connectionId: id })).toBeNull()
  expect((await company.call('GET', `/connections/${id}`)).status).toBe(404)
  expect(await company.rows('select connector from presences')).toEqual([{ connector: null }])
  await company.connect()
})

test('every change stands in the audit trail', async () => {
  const id = await company.connect()
  await company.call('POST', `/connections/${id}/pause`, {})
  await company.call('POST', `/connections/${id}/resume`, {})
  const me = (await company.rows<{ id: string }>('select id from members'))[0]?.id
  await company.call('POST', `/connections/${id}/hand-over`, { memberId: me })
  await company.call('POST', `/connections/${id}/disconnect`, {})
  const { items } = (await company.call('GET', '/audit?limit=5')).body
  expect(items.map((item: { action: string }) => item.action).toReversed()).toEqual([
    'connection.made',
    'connection.paused',
    'connection.resumed',
    'connection.handed-over',
    'connection.ended',
  ])
})

test('two who find the credentials run out at once get new ones once', async () => {
  const id = await company.connect()
  network.token = 'newer'
  const scope = systemScope(company.workspaceId)
  const used = await inScope(company.api.database, scope, (db) => findConnection(db, company.workspaceId, id))
  if (used === null) throw new Error('not there')
  const both = await Promise.all([refreshSecrets(company.parts, used), refreshSecrets(company.parts, used)])
  expect(network.refreshes).toBe(1)
  expect(both.map((each) => each?.secretsVersion)).toEqual([2, 2])
})

test('a call that fails for old credentials is made again with new ones, and the new ones are kept', async () => {
  const id = await company.connect()
  network.token = 'newer'
  network.say('Hello')
  const opened = await channelOf(company.parts, company.workspaceId, { connectionId: id })
  expect((await opened?.channel.poll?.(null, 10))?.events).toHaveLength(1)
  const again = await channelOf(company.parts, company.workspaceId, { connectionId: id })
  await again?.channel.poll?.(null, 10)
  expect(network.refreshes).toBe(1)
})

test('credentials that are gone for good are told to the owner, and what is to be sent waits', async () => {
  const id = await company.connect()
  const opened = await channelOf(company.parts, company.workspaceId, { connectionId: id })
  network.token = 'newer'
  network.failure = new ChannelFailure('auth.revoked', 'Access was taken away.')
  const expired = new ChannelFailure('auth.expired', 'Ran out.')
  const scope = systemScope(company.workspaceId)
  const used = await inScope(company.api.database, scope, (db) => findConnection(db, company.workspaceId, id))
  if (used === null) throw expired
  expect(await refreshSecrets(company.parts, used)).toBeNull()
  expect((await company.call('GET', `/connections/${id}`)).body).toMatchObject({ state: 'needs-reauth' })
  const { items } = (await company.call('GET', '/notifications')).body
  expect(items).toMatchObject([
    { kind: 'connection', connectionId: id, caseId: null, text: 'acme: Access was taken away.' },
  ])
  expect(opened?.waits).toBeNull()
  const waiting = await channelOf(company.parts, company.workspaceId, { connectionId: id })
  expect(waiting?.waits).toContain('new credentials')
})
