import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noHooks, openTestApi, type Person, type TestApi } from '../../../test/api.ts'
import { openVisitor, type Visitor } from '../../../test/visitor.ts'
import { auditRoutes, keyRoutes, workspaceRoutes } from '../routes.ts'
import { recordAuth } from './commands-sign-in.ts'

let api: TestApi
let owner: Person
let written: Promise<void> = Promise.resolve()

beforeAll(async () => {
  api = await openTestApi((platform) => ({
    workspace: workspaceRoutes(platform, noHooks),
    audit: auditRoutes(platform),
    keys: keyRoutes(platform),
  }))
  api.auth.listen((event) => {
    written = written.then(() => recordAuth(api.platform, event))
  })
})
beforeEach(async () => {
  await written
  await api.empty()
  owner = await api.signUp('olga@acme.example', 'Olga')
  await written
  await api.call('POST', '/workspaces', { as: owner, body: { name: 'Acme', timeZone: 'UTC' } })
})
afterAll(async () => {
  await written
  await api.close()
})

const browser = (): Visitor =>
  openVisitor({ auth: api.auth, base: api.platform.publicUrl, address: '203.0.113.77' })

async function trail(): Promise<readonly { action: string; actor: string; after: object }[]> {
  await written
  const { body } = await api.call('GET', '/audit?limit=50', { as: owner })
  return body.items.toReversed().filter((one: { action: string }) => one.action !== 'workspace.made')
}

test('signing in and out stand in the trail, with address and device, and the chain holds', async () => {
  const page = browser()
  await page.signIn('olga@acme.example')
  await page.post('/sign-out', {})
  expect(await trail()).toMatchObject([
    {
      action: 'sign-in.done',
      actor: 'Olga',
      after: { by: 'password', address: '203.0.113.77', device: 'unknown' },
    },
    { action: 'sign-out.done', actor: 'Olga', after: { address: '203.0.113.77' } },
  ])
  const { body } = await api.call('GET', '/audit/verify', { as: owner })
  expect(body.isIntact).toBe(true)
})

test('a wrong password stands there too, in nobody’s name; an unknown address leaves no trace and the same answer', async () => {
  const known = await browser().signIn('olga@acme.example', 'not the password at all')
  const unknown = await browser().signIn('nobody@acme.example', 'not the password at all')
  expect(await unknown.text()).toBe(await known.text())
  expect(await trail()).toMatchObject([
    { action: 'sign-in.failed', actor: 'somebody at the sign-in page', after: { by: 'password' } },
  ])
})

test('a changed password and keys made and revoked stand there, with where it came from', async () => {
  const page = browser()
  await page.signIn('olga@acme.example')
  const currentPassword = 'vogelbeere unter glas'
  const changed = await page.post('/change-password', {
    currentPassword,
    newPassword: 'another fine passphrase',
  })
  expect(changed.status).toBe(200)
  const again = browser()
  await again.signIn('olga@acme.example', 'another fine passphrase')
  owner = { ...owner, cookie: again.headers().get('cookie') ?? '' }
  const { body } = await api.call('POST', '/keys', {
    as: owner,
    body: { name: 'shop', scopes: ['cases.read'] },
  })
  await api.call('DELETE', `/keys/${body.item.id}`, { as: owner })
  expect((await trail()).map(({ action }) => action)).toEqual([
    'sign-in.done',
    'password.changed',
    'sign-in.done',
    'key.made',
    'key.revoked',
  ])
  expect((await trail()).at(-1)?.after).toEqual({ address: '203.0.113.1', device: 'unknown' })
})
