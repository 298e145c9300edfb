import { createOTP } from '@better-auth/utils/otp'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { openDatabase, type Database } from '../db/database.ts'
import { inScope, systemScope } from '../db/scope.ts'
import { newId } from '../ids.ts'
import { openLog } from '../log.ts'
import { openSecrets } from '../secrets/sealed.ts'
import { hashKey } from './api-key.ts'
import type { AuthDoor } from './authenticator.ts'
import { openAuth } from './open-auth.ts'

const origin = 'http://localhost:5910'
const password = 'vogelbeere unter glas'
let made: TestDatabase
let database: Database
let auth: AuthDoor
let now: number

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase({ ...made, onError: () => undefined })
})
afterAll(async () => {
  await database.close()
  await made.drop()
})
beforeEach(async () => {
  now = Date.now()
  auth = open(origin)
  await sql`truncate auth."user", auth.guesses, auth.used_codes, auth.verification cascade`.execute(
    database.owner,
  )
  await sql`truncate workspaces cascade`.execute(database.owner)
})

function open(publicUrl: string): AuthDoor {
  return openAuth({
    database,
    secrets: openSecrets(Buffer.alloc(32, 7)),
    config: { oidc: undefined },
    publicUrl,
    clock: { now: () => now },
    log: openLog('silent'),
  })
}

/** A browser: keeps cookies, sends an origin. */
function browser(address = '203.0.113.9', from = auth, base = origin) {
  const cookies = new Map<string, string>()
  const headers = (): Headers =>
    new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), origin: base })
  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> {
    const all = headers()
    if (body !== undefined) all.set('content-type', 'application/json')
    const request = new Request(`${base}/api/auth${path}`, {
      method,
      headers: all,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const response = await from.handle(request, address)
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(line)) cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  return {
    cookies,
    headers,
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown) => call('POST', path, body),
    signIn: (email: string, secret = password) => call('POST', '/sign-in/email', { email, password: secret }),
  }
}

async function makeUser(email: string): Promise<string> {
  const created = await auth.createUser({ name: 'Maria', email, password })
  if (!created.ok) throw new Error(created.reason)
  return created.userId
}

async function makeMember(userId: string, slug: string, role = 'agent') {
  const workspaceId = newId()
  const memberId = newId()
  await inScope(database, systemScope(workspaceId), async (db) => {
    const at = new Date(now)
    await db
      .insertInto('workspaces')
      .values({ id: workspaceId, slug, name: slug, time_zone: 'UTC', hours: '{}', created_at: at })
      .execute()
    await db
      .insertInto('members')
      .values({
        workspace_id: workspaceId,
        id: memberId,
        user_id: userId,
        name: 'Maria',
        email: 'm@example.com',
        role,
        created_at: at,
      })
      .execute()
  })
  return { workspaceId, memberId }
}

describe('accounts', () => {
  test('a member signs in with address and password, whatever the case of the address', async () => {
    const userId = await makeUser('Maria@Example.com')
    const page = browser()
    expect((await page.signIn('maria@EXAMPLE.com')).status).toBe(200)
    expect(await auth.signedIn(page.headers())).toMatchObject({
      userId,
      email: 'maria@example.com',
      twoFactor: false,
    })
  })

  test('nobody makes an account through the door', async () => {
    const page = browser()
    const answer = await page.post('/sign-up/email', { email: 'x@example.com', password, name: 'X' })
    expect(answer.status).toBe(404)
    expect(await auth.userByEmail('x@example.com')).toBeNull()
  })

  test('an address has one account, and a password that is tried first is refused', async () => {
    await makeUser('maria@example.com')
    expect(await auth.createUser({ name: 'B', email: 'MARIA@example.com', password })).toEqual({
      ok: false,
      reason: 'email-taken',
    })
    expect(await auth.createUser({ name: 'B', email: 'b@example.com', password: 'password1234' })).toEqual({
      ok: false,
      reason: 'weak-password',
    })
  })

  test('an unknown address and a wrong password are answered alike', async () => {
    await makeUser('maria@example.com')
    const known = await browser().signIn('maria@example.com', 'not the password at all')
    const unknown = await browser().signIn('nobody@example.com', 'not the password at all')
    expect(known.status).toBe(401)
    expect(unknown.status).toBe(known.status)
    expect(await unknown.text()).toBe(await known.text())
  })
})

describe('every way in refuses what is wrong', () => {
  test.each([
    ['/sign-in/email', { email: 'maria@example.com', password: 'wrong wrong wrong' }],
    ['/sign-in/email', { email: 'maria@example.com', password: '' }],
    ['/sign-in/email', { email: 'maria@example.com' }],
    ['/sign-in/email', { email: 'maria@example.com', password: { length: 12 } }],
    ['/sign-in/email', { email: ['maria@example.com'], password }],
    ['/two-factor/verify-totp', { code: '123456' }],
    ['/two-factor/verify-backup-code', { code: 'aaaaa-bbbbb' }],
    ['/passkey/verify-authentication', { response: { id: 'x' } }],
    ['/sign-in/social', { provider: 'company' }],
    ['/change-password', { currentPassword: password, newPassword: 'another fine passphrase' }],
    ['/two-factor/enable', { password }],
    ['/two-factor/disable', { password }],
  ])('%s with %j lets nobody in', async (path, body) => {
    await makeUser('maria@example.com')
    const page = browser()
    const answer = await page.post(path, body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(page.cookies.has('horseshoe.session_token')).toBe(false)
    expect(await auth.signedIn(page.headers())).toBeNull()
  })

  test('paths that the house does not know do not exist', async () => {
    const paths = [
      '/delete-user',
      '/change-email',
      '/update-user',
      '/request-password-reset',
      '/sign-up/email',
    ]
    for (const path of [...paths, '/ok', '/token', '/constructor', '']) {
      expect((await browser().post(path, {})).status).toBe(404)
      expect((await browser().get(path)).status).toBe(404)
    }
  })

  test('a call from another site is refused', async () => {
    await makeUser('maria@example.com')
    const page = browser()
    await page.signIn('maria@example.com')
    const headers = page.headers()
    headers.set('origin', 'https://evil.example')
    headers.set('content-type', 'application/json')
    const request = new Request(`${origin}/api/auth/sign-out`, { method: 'POST', headers, body: '{}' })
    expect((await auth.handle(request, '203.0.113.9')).status).toBe(403)
    expect(await auth.signedIn(page.headers())).not.toBeNull()
  })

  test('a form post is refused', async () => {
    const request = new Request(`${origin}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'email=maria%40example.com&password=x',
    })
    expect((await auth.handle(request, '')).status).toBe(415)
  })
})

describe('sessions', () => {
  test('the cookie is out of reach of scripts, and over https bound to host and connection', async () => {
    await makeUser('maria@example.com')
    const plain = (await browser().signIn('maria@example.com')).headers.getSetCookie()[0] ?? ''
    expect(plain).toMatch(/^horseshoe\.session_token=/)
    expect(plain).toMatch(/HttpOnly/)
    expect(plain).toMatch(/SameSite=Lax/)
    expect(plain).toMatch(/Max-Age=1209600/)
    const https = open('https://care.example.com')
    const page = browser('203.0.113.9', https, 'https://care.example.com')
    const lines = (await page.signIn('maria@example.com')).headers.getSetCookie()
    expect(lines.length).toBe(2)
    for (const line of lines)
      expect(line).toMatch(/^__Host-horseshoe\..*Path=\/; HttpOnly|^__Host-horseshoe\.[^;]*;.*Secure/)
    expect(await https.signedIn(page.headers())).not.toBeNull()
  })

  test('each sign-in brings a new session id, and one brought along is not taken over', async () => {
    await makeUser('maria@example.com')
    const page = browser()
    page.cookies.set('horseshoe.session_token', 'chosen-by-somebody-else')
    await page.signIn('maria@example.com')
    const first = page.cookies.get('horseshoe.session_token')
    expect(first).not.toBe('chosen-by-somebody-else')
    await page.signIn('maria@example.com')
    expect(page.cookies.get('horseshoe.session_token')).not.toBe(first)
  })

  test('what stands in the database is not enough to be let in', async () => {
    await makeUser('maria@example.com')
    await browser().signIn('maria@example.com')
    const row = await sql<{ token: string }>`select token from auth.session`.execute(database.owner)
    const stolen = new Headers({ cookie: `horseshoe.session_token=${row.rows[0]?.token}` })
    expect(await auth.signedIn(stolen)).toBeNull()
  })

  test('a session ends after eight idle hours, and after fourteen days in any case', async () => {
    await makeUser('maria@example.com')
    const page = browser()
    await page.signIn('maria@example.com')
    await sql`update auth.session set "expiresAt" = now() + interval '1 hour'`.execute(database.owner)
    now += 3_000
    expect(await auth.signedIn(page.headers())).not.toBeNull()
    const renewed = await sql<{ hours: number }>`
      select extract(epoch from "expiresAt" - now())::float8 / 3600 as hours from auth.session`.execute(
      database.owner,
    )
    expect(renewed.rows[0]?.hours).toBeGreaterThan(7.9)
    await sql`update auth.session set "createdAt" = now() - interval '14 days 1 minute'`.execute(
      database.owner,
    )
    now += 3_000
    expect(await auth.signedIn(page.headers())).toBeNull()
    await page.signIn('maria@example.com')
    await sql`update auth.session set "expiresAt" = now() - interval '1 second'`.execute(database.owner)
    now += 3_000
    expect(await auth.signedIn(page.headers())).toBeNull()
  })

  test('signing out acts at once', async () => {
    await makeUser('maria@example.com')
    const page = browser()
    await page.signIn('maria@example.com')
    const headers = page.headers()
    expect(await auth.signedIn(headers)).not.toBeNull()
    await page.post('/sign-out', {})
    expect(await auth.signedIn(headers)).toBeNull()
  })

  test('changing the password ends the other sessions and keeps this one', async () => {
    await makeUser('maria@example.com')
    const here = browser()
    const there = browser()
    await here.signIn('maria@example.com')
    await there.signIn('maria@example.com')
    const change = { currentPassword: password, newPassword: 'ein anderer langer satz' }
    expect((await here.post('/change-password', { ...change, newPassword: 'password1234' })).status).toBe(400)
    expect((await here.post('/change-password', change)).status).toBe(200)
    expect(await auth.signedIn(here.headers())).not.toBeNull()
    expect(await auth.signedIn(there.headers())).toBeNull()
    expect((await browser().signIn('maria@example.com')).status).toBe(401)
  })

  test('a password replaced from the command line ends all sessions', async () => {
    await makeUser('maria@example.com')
    const page = browser()
    await page.signIn('maria@example.com')
    expect(await auth.replacePassword('maria@example.com', 'short')).toBe('weak-password')
    expect(await auth.replacePassword('nobody@example.com', 'ein anderer langer satz')).toBe('no-account')
    expect(await auth.replacePassword('maria@example.com', 'ein anderer langer satz')).toBe('replaced')
    expect(await auth.signedIn(page.headers())).toBeNull()
    expect((await page.signIn('maria@example.com', 'ein anderer langer satz')).status).toBe(200)
  })
})

describe('guesses', () => {
  test('of 60 guesses at once ten are tried, and the owner at a known browser still gets in', async () => {
    await makeUser('maria@example.com')
    const known = browser('198.51.100.1')
    await known.signIn('maria@example.com')
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const answer = await browser(`203.0.113.${index}`).signIn(
          'maria@example.com',
          `wrong guess number ${index}`,
        )
        return answer.status
      }),
    )
    expect(answers.filter((status) => status === 401)).toHaveLength(10)
    expect(answers.filter((status) => status === 429)).toHaveLength(50)
    const right = await browser('203.0.113.200').signIn('maria@example.com')
    expect(right.status).toBe(429)
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(3_500)
    known.cookies.delete('horseshoe.session_token')
    expect((await known.signIn('maria@example.com')).status).toBe(200)
    now += 3_601_000
    expect((await browser('203.0.113.200').signIn('maria@example.com')).status).toBe(200)
  })

  test('a known browser has ten tries too, and its cookie helps with no other account', async () => {
    await makeUser('maria@example.com')
    await makeUser('ben@example.com')
    const known = browser('198.51.100.1')
    await known.signIn('maria@example.com')
    const tries = async (email: string): Promise<number[]> => {
      const statuses: number[] = []
      for (let index = 0; index < 11; index += 1)
        statuses.push((await known.signIn(email, 'wrong again and again')).status)
      return statuses
    }
    expect((await tries('maria@example.com')).at(-1)).toBe(429)
    expect((await tries('ben@example.com')).at(-1)).toBe(429)
    const elsewhere = await browser('198.51.100.2').signIn('ben@example.com')
    expect(elsewhere.status).toBe(429)
  })

  test('one address cannot try many accounts, whichever of its IPv6 addresses it takes', async () => {
    const statuses: number[] = []
    for (let index = 0; index < 61; index += 1) {
      const page = browser(`2001:db8:1:2::${(index + 1).toString(16)}`)
      statuses.push((await page.signIn(`nobody${index}@example.com`, 'wrong again and again')).status)
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(60)
    expect(statuses.at(-1)).toBe(429)
  })

  test('right passwords use up no tries', async () => {
    await makeUser('maria@example.com')
    for (let index = 0; index < 12; index += 1) {
      expect((await browser().signIn('maria@example.com')).status).toBe(200)
    }
  })
})

describe('two-factor', () => {
  async function enable(page: ReturnType<typeof browser>) {
    const begun = await page.post('/two-factor/enable', { password })
    const body = (await begun.json()) as { totpURI: string; backupCodes: string[] }
    const secret = base32(new URL(body.totpURI).searchParams.get('secret') ?? '')
    const code = async (steps = 0): Promise<string> =>
      createOTP(secret, { period: 30, digits: 6 }).hotp(Math.floor(Date.now() / 30_000) + steps)
    expect((await page.post('/two-factor/verify-totp', { code: await code(-1) })).status).toBe(200)
    return { code, backupCodes: body.backupCodes }
  }

  test('a password alone is not enough any more, a code works once, other sessions are ended', async () => {
    await makeUser('maria@example.com')
    const here = browser()
    const there = browser()
    await there.signIn('maria@example.com')
    await here.signIn('maria@example.com')
    const { code } = await enable(here)
    expect(await auth.signedIn(here.headers())).toMatchObject({ twoFactor: true })
    expect(await auth.signedIn(there.headers())).toBeNull()

    const page = browser()
    const first = await page.signIn('maria@example.com')
    expect(await first.json()).toMatchObject({ twoFactorRedirect: true })
    expect(await auth.signedIn(page.headers())).toBeNull()
    expect((await page.post('/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    const used = await code()
    expect((await page.post('/two-factor/verify-totp', { code: used })).status).toBe(200)
    expect(await auth.signedIn(page.headers())).not.toBeNull()

    const thief = browser()
    await thief.signIn('maria@example.com')
    expect((await thief.post('/two-factor/verify-totp', { code: used })).status).toBe(401)
    expect(await auth.signedIn(thief.headers())).toBeNull()
    expect(await sessionCount()).toBe(2)
  })

  test('a backup code works once', async () => {
    await makeUser('maria@example.com')
    const here = browser()
    await here.signIn('maria@example.com')
    const { backupCodes } = await enable(here)
    for (const status of [200, 401]) {
      const page = browser()
      await page.signIn('maria@example.com')
      expect((await page.post('/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(
        status,
      )
    }
  })

  test('codes are guessed ten times an hour at most', async () => {
    await makeUser('maria@example.com')
    const here = browser()
    await here.signIn('maria@example.com')
    await enable(here)
    const statuses: number[] = []
    for (let round = 0; round < 4; round += 1) {
      const page = browser()
      await page.signIn('maria@example.com')
      for (let index = 0; index < 5; index += 1) {
        statuses.push((await page.post('/two-factor/verify-totp', { code: '000000' })).status)
      }
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
  })

  test('switching it off takes the password and ends the other sessions', async () => {
    await makeUser('maria@example.com')
    const here = browser()
    await here.signIn('maria@example.com')
    const { code } = await enable(here)
    const there = browser()
    await there.signIn('maria@example.com')
    await there.post('/two-factor/verify-totp', { code: await code() })
    expect(await auth.signedIn(there.headers())).not.toBeNull()
    expect((await here.post('/two-factor/disable', { password: 'not my password' })).status).toBe(400)
    expect((await here.post('/two-factor/disable', { password })).status).toBe(200)
    expect(await auth.signedIn(here.headers())).toMatchObject({ twoFactor: false })
    expect(await auth.signedIn(there.headers())).toBeNull()
  })
})

describe('who calls, in which workspace', () => {
  test('one membership is taken by itself, of several the header names one, a foreign one is nobody', async () => {
    const userId = await makeUser('maria@example.com')
    const page = browser()
    await page.signIn('maria@example.com')
    expect(await auth.principal(page.headers())).toBeNull()
    auth.forget()
    const first = await makeMember(userId, 'acme')
    await makeMember('somebody-else', 'other')
    expect(await auth.principal(page.headers())).toMatchObject({
      slug: 'acme',
      role: 'agent',
      memberId: first.memberId,
    })
    expect(await auth.principal(withSlug(page.headers(), 'other'))).toBeNull()
    await makeMember(userId, 'beta', 'viewer')
    auth.forget()
    expect(await auth.principal(page.headers())).toBeNull()
    const viewer = await auth.principal(withSlug(page.headers(), 'beta'))
    expect(viewer?.permissions.has('cases.read')).toBe(true)
    expect(viewer?.permissions.has('cases.work')).toBe(false)
  })

  test('somebody made inactive is refused: at once here, within two seconds elsewhere', async () => {
    const userId = await makeUser('maria@example.com')
    const { memberId } = await makeMember(userId, 'acme')
    const elsewhere = open(origin)
    const page = browser()
    await page.signIn('maria@example.com')
    expect(await auth.principal(page.headers())).not.toBeNull()
    expect(await elsewhere.principal(page.headers())).not.toBeNull()
    await sql`update members set is_active = false where id = ${memberId}`.execute(database.owner)
    auth.forget()
    expect(await auth.principal(page.headers())).toBeNull()
    now += 2_001
    expect(await elsewhere.principal(page.headers())).toBeNull()
  })

  test('a key is known by its hash, carries its scopes, and is noted as used once a minute', async () => {
    const { workspaceId } = await makeMember('somebody', 'acme')
    const key = `hs_${'k'.repeat(43)}`
    await sql`insert into api_keys (workspace_id, id, name, start, hash, scopes, created_at)
      values (${workspaceId}, ${newId()}, 'Shop', 'hs_kkkk', ${hashKey(key)}, '{engagements.ingest}', now())`.execute(
      database.owner,
    )
    const headers = new Headers({ authorization: `Bearer ${key}` })
    const principal = await auth.principal(headers)
    expect([...(principal?.permissions ?? [])]).toEqual(['engagements.ingest'])
    expect(principal).toMatchObject({
      slug: 'acme',
      role: null,
      memberId: null,
      scope: { actor: { kind: 'key', name: 'Shop' } },
    })
    expect(await auth.principal(withSlug(headers, 'other'))).toBeNull()
    await expect.poll(lastUsed).not.toBeNull()
    const first = await lastUsed()
    now += 30_000
    await auth.principal(headers)
    now += 31_000
    await auth.principal(headers)
    await expect.poll(lastUsed).not.toEqual(first)
    await sql`delete from api_keys`.execute(database.owner)
    auth.forget()
    expect(await auth.principal(headers)).toBeNull()
  })

  test.each([
    'Bearer hs_short',
    'Bearer',
    'Basic aGk6aGk=',
    `Bearer hs_${'x'.repeat(43)}`,
    `Bearer xx_${'x'.repeat(43)}`,
  ])('the header %s is nobody, even beside a session', async (authorization) => {
    const userId = await makeUser('maria@example.com')
    await makeMember(userId, 'acme')
    const page = browser()
    await page.signIn('maria@example.com')
    const headers = page.headers()
    headers.set('authorization', authorization)
    expect(await auth.principal(headers)).toBeNull()
  })

  test('what was found is remembered: a thousand calls ask the database a few times only', async () => {
    const userId = await makeUser('maria@example.com')
    await makeMember(userId, 'acme')
    const page = browser()
    await page.signIn('maria@example.com')
    const before = await statements()
    await Promise.all(Array.from({ length: 1_000 }, () => auth.principal(page.headers())))
    expect((await statements()) - before).toBeLessThan(12)
  })
})

test('what has run out is removed', async () => {
  await makeUser('maria@example.com')
  await browser().signIn('maria@example.com')
  await browser().signIn('maria@example.com', 'wrong wrong wrong')
  now += 30 * 24 * 3_600_000
  await auth.tidy()
  expect(await sessionCount()).toBe(0)
  const guesses = await sql`select 1 from auth.guesses`.execute(database.owner)
  expect(guesses.rows).toHaveLength(0)
})

function withSlug(headers: Headers, slug: string): Headers {
  const copy = new Headers(headers)
  copy.set('horseshoe-workspace', slug)
  return copy
}

async function sessionCount(): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from auth.session`.execute(database.owner)
  return found.rows[0]?.n ?? -1
}

async function lastUsed(): Promise<unknown> {
  const found = await sql<{ at: Date | null }>`select last_used_at as at from api_keys`.execute(
    database.owner,
  )
  return found.rows[0]?.at
}

async function statements(): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(database.owner)
  const found = await sql<{ n: number }>`
    select xact_commit::int as n from pg_stat_database where datname = current_database()`.execute(
    database.owner,
  )
  return found.rows[0]?.n ?? 0
}

function base32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))).toString()
}
