import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noHooks, openTestApi, type Person, type TestApi } from '../../test/api.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { auditRoutes, keyRoutes, workspaceRoutes } from '../workspace/routes.ts'
import { ensurePresences } from './index.ts'
import { presenceRoutes } from './routes.ts'

let api: TestApi
let owner: Person
let workspaceId: string

beforeAll(async () => {
  api = await openTestApi((platform) => ({
    workspace: workspaceRoutes(platform, noHooks),
    audit: auditRoutes(platform),
    keys: keyRoutes(platform),
    presences: presenceRoutes(platform),
  }))
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.empty()
  owner = await api.signUp('owner@example.com', 'Olga')
  await api.call('POST', '/workspaces', { as: owner, body: { name: 'Acme', timeZone: 'UTC' } })
  workspaceId = (await api.call('GET', '/workspace', { as: owner })).body.id
})

const account = {
  channel: 'twitter',
  handle: '@AcmeHelp',
  name: 'Acme Help',
  function: 'service',
  purpose: 'Answers',
}

test('an account of ours is added, changed and audited', async () => {
  const made = await api.call('POST', '/presences', { as: owner, body: account })
  const known = { ...account, handle: 'AcmeHelp', isConnected: false, engagements: 0, lastEngagementAt: null }
  expect(made).toMatchObject({ status: 200, body: known })
  const change = { name: 'Help', function: null }
  const changed = await api.call('PATCH', `/presences/${made.body.id}`, { as: owner, body: change })
  expect(changed.body).toMatchObject({ ...change, purpose: 'Answers' })
  const trail = (await api.call('GET', '/audit?limit=2', { as: owner })).body.items
  expect(trail).toMatchObject([
    { action: 'presence.changed', before: { name: 'Acme Help', function: 'service' }, after: change },
    { action: 'presence.made' },
  ])
})

test('the same handle in other letters, or with its @, is the same account', async () => {
  await api.call('POST', '/presences', { as: owner, body: account })
  const again = { ...account, handle: 'ACMEHELP' }
  expect((await api.call('POST', '/presences', { as: owner, body: again })).status).toBe(409)
  const wanted = [
    { channel: 'twitter', handle: '@acmehelp', name: '' },
    { channel: 'mastodon', handle: 'acmehelp', name: 'M' },
  ]
  const ids = await inScope(api.database, systemScope(workspaceId), (db) =>
    ensurePresences(db, workspaceId, wanted, new Date()),
  )
  expect(ids.size).toBe(2)
  expect((await api.call('GET', '/presences', { as: owner })).body.items).toHaveLength(2)
})

test.each([
  [{ ...account, function: 'nothing' }, 422],
  [{ ...account, handle: '@' }, 422],
  [{ ...account, handle: '' }, 400],
  [{ ...account, channel: 'No Channel' }, 400],
])('%j is refused', async (body, status) => {
  expect((await api.call('POST', '/presences', { as: owner, body })).status).toBe(status)
  expect((await api.call('GET', '/presences', { as: owner })).body.items).toHaveLength(0)
})

test('the list counts what each account said and heard, and when last', async () => {
  const id = (await api.call('POST', '/presences', { as: owner, body: account })).body.id
  await inScope(api.database, systemScope(workspaceId), async (db) => {
    for (const day of ['2026-01-02', '2026-01-05']) {
      await db
        .insertInto('engagements')
        .values({
          workspace_id: workspaceId,
          id: newId(),
          arrival_id: newId(),
          source: 'twitter',
          external_id: day,
          type: 'Create',
          kind: 'Note',
          channel: 'twitter',
          direction: 'in',
          visibility: 'public',
          presence_id: id,
          author_name: 'Somebody',
          thread_id: newId(),
          text: 'Hello',
          published_at: new Date(day),
          received_at: new Date(day),
        })
        .execute()
    }
  })
  const { items } = (await api.call('GET', '/presences', { as: owner })).body
  expect(items).toMatchObject([{ id, engagements: 2, lastEngagementAt: '2026-01-05T00:00:00.000Z' }])
})

test('a stranger, another company and a missing account are turned away', async () => {
  const { id } = (await api.call('POST', '/presences', { as: owner, body: account })).body
  expect((await api.call('GET', '/presences')).status).toBe(401)
  const other = await api.signUp('other@example.com')
  await api.call('POST', '/workspaces', { as: other, body: { name: 'Other', timeZone: 'UTC' } })
  api.auth.forget()
  expect((await api.call('PATCH', `/presences/${id}`, { as: other, body: { name: 'Mine' } })).status).toBe(
    404,
  )
  expect((await api.call('PATCH', `/presences/${newId()}`, { as: owner, body: { name: 'x' } })).status).toBe(
    404,
  )
})
