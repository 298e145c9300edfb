import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noHooks, openTestApi, signIn, testPassword, type TestApi } from '../../../test/api.ts'
import { defaultFunctions, defaultHours } from '../default-settings.ts'
import { createWorkspaceByName, firstStartLink, type WorkspaceHooks } from '../index.ts'
import { setupRoutes, workspaceRoutes } from '../routes.ts'

let api: TestApi
let isTreeBroken = false
const hooks: WorkspaceHooks = {
  ...noHooks,
  onWorkspaceCreated: async () => {
    if (isTreeBroken) throw new Error('the tree is broken')
  },
  loadSample: async () => 2_000,
}
beforeAll(async () => {
  api = await openTestApi((platform) => ({
    setup: setupRoutes(platform, hooks),
    workspace: workspaceRoutes(platform, hooks),
  }))
})
beforeEach(() => api.empty())
afterAll(() => api.close())

async function token(): Promise<string> {
  return (await firstStartLink(api.platform))?.split('#')[1] ?? ''
}

function owner(given: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    token: given,
    name: 'Maria',
    email: 'Maria@example.com',
    password: testPassword,
    workspaceName: 'Acme & Söhne',
    timeZone: 'Europe/Berlin',
    functions: defaultFunctions,
    hours: defaultHours,
    withSample: false,
    ...changes,
  }
}

test('the link of the first start makes the owner and their workspace, once', async () => {
  const link = (await firstStartLink(api.platform)) ?? ''
  expect(link).toMatch(/^http:\/\/localhost:5911\/setup#[\w-]{43}$/)
  const given = link.split('#')[1] ?? ''
  expect((await api.call('GET', '/setup')).body).toEqual({ isNeeded: true })
  const made = await api.call('POST', '/setup', { body: owner(given) })
  expect(made).toMatchObject({ status: 200, body: { workspace: 'acme-sohne' } })

  const maria = { userId: '', email: '', cookie: await signIn(api.auth, 'maria@example.com') }
  const me = await api.call('GET', '/me', { as: maria })
  expect(me.body.workspaces).toMatchObject([{ slug: 'acme-sohne', name: 'Acme & Söhne', role: 'owner' }])
  const workspace = await api.call('GET', '/workspace', { as: maria })
  expect(workspace.body).toMatchObject({ timeZone: 'Europe/Berlin', hasSample: false, hours: defaultHours })
  expect(workspace.body.functions).toMatchObject(defaultFunctions)
  expect(workspace.body.functions).toHaveLength(defaultFunctions.length)

  expect((await api.call('GET', '/setup')).body).toEqual({ isNeeded: false })
  expect(
    (await api.call('POST', '/setup', { body: owner(given, { email: 'eve@example.com' }) })).status,
  ).toBe(404)
  expect(await firstStartLink(api.platform)).toBeNull()
})

test('a wrong token, and the one of an earlier start, make nothing', async () => {
  const earlier = await token()
  await token()
  for (const given of [earlier, 'x'.repeat(43)]) {
    expect((await api.call('POST', '/setup', { body: owner(given) })).status).toBe(404)
  }
  expect(await api.auth.userByEmail('maria@example.com')).toBeNull()
})

test('of ten calls at the same moment one makes an owner', async () => {
  const given = await token()
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      api.call('POST', '/setup', { body: owner(given, { email: `owner${index}@example.com` }) }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.every(({ status }) => [200, 404, 409].includes(status))).toBe(true)
  const owners = await api.database.owner.selectFrom('members').selectAll().execute()
  expect(owners).toHaveLength(1)
  const accounts = await Promise.all(
    answers.map((_, index) => api.auth.userByEmail(`owner${index}@example.com`)),
  )
  expect(accounts.filter((account) => account !== null)).toHaveLength(1)
})

test.each([
  [{ password: 'password1234' }, 422],
  [{ password: 'short' }, 400],
  [{ timeZone: 'Mars/Olympus' }, 422],
  [{ functions: [defaultFunctions[0], defaultFunctions[0]] }, 422],
  [{ hours: { weekly: { ...defaultHours.weekly, '1': [[700, 600]] }, holidays: [] } }, 422],
  [{ email: 'no address' }, 400],
])('%j is refused, and the link still works', async (changes, status) => {
  const given = await token()
  expect((await api.call('POST', '/setup', { body: owner(given, changes) })).status).toBe(status)
  expect(await api.auth.userByEmail('maria@example.com')).toBeNull()
  expect((await api.call('POST', '/setup', { body: owner(given) })).status).toBe(200)
})

test('a set-up that was cut off behind its account can be done again', async () => {
  await api.auth.createUser({
    name: 'Maria',
    email: 'maria@example.com',
    password: 'ein anderer langer satz',
  })
  expect((await api.call('POST', '/setup', { body: owner(await token()) })).status).toBe(200)
  expect(await signIn(api.auth, 'maria@example.com')).toContain('session_token')
})

test('where a hook fails nothing stays behind', async () => {
  isTreeBroken = true
  expect((await api.call('POST', '/setup', { body: owner(await token()) })).status).toBe(500)
  isTreeBroken = false
  expect(await api.auth.userByEmail('maria@example.com')).toBeNull()
  expect((await api.call('GET', '/setup')).body).toEqual({ isNeeded: true })
})

test('what the command line made before belongs to the owner then, what it makes later too', async () => {
  await createWorkspaceByName(api.platform, noHooks, 'Before')
  expect((await api.call('GET', '/setup')).body).toEqual({ isNeeded: true })
  await api.call('POST', '/setup', { body: owner(await token()) })
  await createWorkspaceByName(api.platform, noHooks, 'After')
  api.auth.forget()
  const maria = { userId: '', email: '', cookie: await signIn(api.auth, 'maria@example.com') }
  const me = await api.call('GET', '/me', { as: maria })
  const names = me.body.workspaces.map(({ name, role }: { name: string; role: string }) => `${name} ${role}`)
  expect(names.toSorted()).toEqual(['Acme & Söhne owner', 'After owner', 'Before owner'])
})

test('sample conversations are loaded with the workspace where that is wanted', async () => {
  await api.call('POST', '/setup', { body: owner(await token(), { withSample: true }) })
  const maria = { userId: '', email: '', cookie: await signIn(api.auth, 'maria@example.com') }
  expect((await api.call('GET', '/workspace', { as: maria })).body.hasSample).toBe(true)
  expect((await api.call('POST', '/workspace/sample', { as: maria })).status).toBe(409)
})
