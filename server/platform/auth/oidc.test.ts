import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/api.ts'
import {
  clientId,
  clientSecret,
  startIdentityProvider,
  type IdentityProvider,
} from '../../../test/peers/identity-provider.ts'
import { openVisitor, type Visitor } from '../../../test/visitor.ts'
import { inScope, systemScope } from '../db/scope.ts'
import { newId } from '../ids.ts'
import type { AuthDoor } from './authenticator.ts'
import { openAuth } from './open-auth.ts'

let api: TestApi
let provider: IdentityProvider
let auth: AuthDoor
let base: string
const anna = { sub: 'anna-1', email: 'anna@example.com', email_verified: true, name: 'Anna' }

beforeAll(async () => {
  api = await openTestApi(() => ({}))
  provider = await startIdentityProvider()
  base = api.platform.publicUrl
  auth = open(provider.issuer)
})
beforeEach(() => api.empty())
afterAll(async () => {
  await provider.close()
  await api.close()
})

function open(issuer: string): AuthDoor {
  const { database, secrets, publicUrl, clock, log } = api.platform
  const oidc = { issuer, clientId, clientSecret, title: 'Acme' }
  return openAuth({ database, secrets, config: { oidc }, publicUrl, clock, log })
}

const visitor = (): Visitor => openVisitor({ auth, base })

async function inviteAddress(email: string): Promise<void> {
  const workspaceId = newId()
  await inScope(api.database, systemScope(workspaceId), async (db) => {
    const at = new Date()
    const workspace = {
      id: workspaceId,
      slug: workspaceId,
      name: 'Acme',
      time_zone: 'UTC',
      hours: '{}',
      created_at: at,
    }
    await db.insertInto('workspaces').values(workspace).execute()
    const invitation = {
      workspace_id: workspaceId,
      id: newId(),
      email,
      role: 'agent',
      token_hash: Buffer.from(newId()),
    }
    await db
      .insertInto('invitations')
      .values({
        ...invitation,
        invited_by: newId(),
        expires_at: new Date(Date.now() + 60_000),
        created_at: at,
      })
      .execute()
  })
}

async function begin(page: Visitor, path = '/sign-in/social'): Promise<string> {
  const answer = await page.post(path, {
    provider: 'company',
    callbackURL: '/w/acme',
    errorCallbackURL: '/sign-in?failed=1',
  })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { url: string }).url
}

type Forgery = Parameters<IdentityProvider['authorize']>[2]

async function comeBack(page: Visitor, url: string, claims: object, forgery?: Forgery): Promise<Response> {
  const back = new URL(provider.authorize(url, { ...claims }, forgery))
  return page.get(`${back.pathname.slice('/api/auth'.length)}${back.search}`)
}

async function signIn(page: Visitor, claims: object, forgery?: Forgery): Promise<Response> {
  return comeBack(page, await begin(page), claims, forgery)
}

test('the sign-in page hears of it', () => {
  expect(auth.options()).toEqual({ oidc: [{ id: 'company', title: 'Acme' }] })
  expect(api.auth.options()).toEqual({ oidc: [] })
})

test('somebody invited gets an account by company sign-in, and no token of the provider is kept', async () => {
  await inviteAddress('anna@example.com')
  const page = visitor()
  const back = await signIn(page, anna)
  expect(back.headers.get('location')).toBe('/w/acme')
  expect(await auth.signedIn(page.headers())).toMatchObject({ email: 'anna@example.com', name: 'Anna' })
  const again = visitor()
  await signIn(again, anna)
  expect(await auth.signedIn(again.headers())).not.toBeNull()
  const accounts = await sql<Record<string, unknown>>`select * from auth.account`.execute(api.database.owner)
  expect(accounts.rows).toMatchObject([
    {
      providerId: 'company',
      accountId: `${provider.issuer} anna-1`,
      accessToken: null,
      refreshToken: null,
      idToken: null,
    },
  ])
})

describe('is refused:', () => {
  test.each([
    ['another issuer', { ...anna, iss: 'https://evil.example' }, undefined],
    ['a token for another client', { ...anna, aud: 'somebody-else' }, undefined],
    ['a token of another sign-in', { ...anna, nonce: 'of-another' }, undefined],
    ['a token without nonce', { ...anna, nonce: undefined }, undefined],
    ['a token that ran out', { ...anna, exp: Math.floor(Date.now() / 1000) - 600 }, undefined],
    ['a token without a signature', anna, 'unsigned'],
    ['a token signed by another key', anna, 'other key'],
    ['an address that is not verified', { ...anna, email_verified: false }, undefined],
    ['an address whose verification is a word', { ...anna, email_verified: 'true' }, undefined],
    ['no address', { ...anna, email: undefined }, undefined],
    ['no subject', { ...anna, sub: undefined }, undefined],
    ['somebody who was not invited', { ...anna, email: 'eve@example.com' }, undefined],
  ] as const)('%s', async (_name, claims, forgery) => {
    await inviteAddress('anna@example.com')
    const page = visitor()
    const back = await signIn(page, claims, forgery)
    expect(back.headers.get('location') ?? '').toContain('error')
    expect(await auth.signedIn(page.headers())).toBeNull()
    const users = await sql`select 1 from auth."user"`.execute(api.database.owner)
    expect(users.rows).toHaveLength(0)
  })

  test('a state of another browser, and an answer used twice', async () => {
    await inviteAddress('anna@example.com')
    const page = visitor()
    const url = await begin(page)
    const victim = visitor()
    await comeBack(victim, url, anna)
    expect(await auth.signedIn(victim.headers())).toBeNull()
    const mine = visitor()
    const back = new URL(provider.authorize(await begin(mine), anna))
    const path = `${back.pathname.slice('/api/auth'.length)}${back.search}`
    await mine.get(path)
    mine.cookies.delete('horseshoe.session_token')
    await mine.get(path)
    expect(await auth.signedIn(mine.headers())).toBeNull()
  })
})

test('an account with a password is never taken over by its address; who is signed in links it', async () => {
  const person = await api.signUp('anna@example.com')
  await inviteAddress('anna@example.com')
  const stranger = visitor()
  await signIn(stranger, anna)
  expect(await auth.signedIn(stranger.headers())).toBeNull()

  const page = visitor()
  await page.signIn('anna@example.com')
  await comeBack(page, await begin(page, '/link-social'), anna)
  const later = visitor()
  await signIn(later, anna)
  expect(await auth.signedIn(later.headers())).toMatchObject({ userId: person.userId })
})

test('another identity is not linked to an account of another address', async () => {
  await api.signUp('anna@example.com')
  const page = visitor()
  await page.signIn('anna@example.com')
  await comeBack(page, await begin(page, '/link-social'), { ...anna, sub: 'eve', email: 'eve@example.com' })
  const eve = visitor()
  await signIn(eve, { ...anna, sub: 'eve', email: 'eve@example.com' })
  expect(await auth.signedIn(eve.headers())).toBeNull()
})

test('a provider that is away holds up nobody, and is asked again later', async () => {
  const away = open('http://127.0.0.1:9')
  await api.signUp('anna@example.com')
  const page = openVisitor({ auth: away, base })
  expect((await page.post('/sign-in/social', { provider: 'company' })).status).toBe(503)
  expect((await page.signIn('anna@example.com')).status).toBe(200)
})
