import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testPassword as password } from '../../../test/api.ts'
import { testDoor } from '../../../test/door.ts'
import { openVisitor } from '../../../test/visitor.ts'

const door = testDoor()
const { browser, makeUser, openElsewhere } = door

test('the cookie is out of reach of scripts, and over https bound to host and connection', async () => {
  await makeUser('maria@example.com')
  const plain = (await browser().signIn('maria@example.com')).headers.getSetCookie()[0] ?? ''
  expect(plain).toMatch(/^horseshoe\.session_token=/)
  expect(plain).toMatch(/HttpOnly/)
  expect(plain).toMatch(/SameSite=Lax/)
  expect(plain).toMatch(/Max-Age=1209600/)
  const https = openElsewhere('https://care.example.com')
  const page = openVisitor({ auth: https, base: 'https://care.example.com' })
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
  const row = await sql<{ token: string }>`select token from auth.session`.execute(door.api.database.owner)
  const stolen = new Headers({ cookie: `horseshoe.session_token=${row.rows[0]?.token}` })
  expect(await door.auth.signedIn(stolen)).toBeNull()
})

test('a session ends after eight idle hours, and after fourteen days in any case', async () => {
  await makeUser('maria@example.com')
  const page = browser()
  await page.signIn('maria@example.com')
  await sql`update auth.session set "expiresAt" = now() + interval '1 hour'`.execute(door.api.database.owner)
  door.api.ahead(3_000)
  expect(await door.auth.signedIn(page.headers())).not.toBeNull()
  const renewed = await sql<{ hours: number }>`
      select extract(epoch from "expiresAt" - now())::float8 / 3600 as hours from auth.session`.execute(
    door.api.database.owner,
  )
  expect(renewed.rows[0]?.hours).toBeGreaterThan(7.9)
  await sql`update auth.session set "createdAt" = now() - interval '14 days 1 minute'`.execute(
    door.api.database.owner,
  )
  door.api.ahead(3_000)
  expect(await door.auth.signedIn(page.headers())).toBeNull()
  await page.signIn('maria@example.com')
  await sql`update auth.session set "expiresAt" = now() - interval '1 second'`.execute(
    door.api.database.owner,
  )
  door.api.ahead(3_000)
  expect(await door.auth.signedIn(page.headers())).toBeNull()
})

test('signing out acts at once', async () => {
  await makeUser('maria@example.com')
  const page = browser()
  await page.signIn('maria@example.com')
  const headers = page.headers()
  expect(await door.auth.signedIn(headers)).not.toBeNull()
  await page.post('/sign-out', {})
  expect(await door.auth.signedIn(headers)).toBeNull()
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
  expect(await door.auth.signedIn(here.headers())).not.toBeNull()
  expect(await door.auth.signedIn(there.headers())).toBeNull()
  expect((await browser().signIn('maria@example.com')).status).toBe(401)
})

test('a password replaced from the command line ends all sessions', async () => {
  await makeUser('maria@example.com')
  const page = browser()
  await page.signIn('maria@example.com')
  expect(await door.auth.replacePassword('maria@example.com', 'short')).toBe('weak-password')
  expect(await door.auth.replacePassword('nobody@example.com', 'ein anderer langer satz')).toBe('no-account')
  expect(await door.auth.replacePassword('maria@example.com', 'ein anderer langer satz')).toBe('replaced')
  expect(await door.auth.signedIn(page.headers())).toBeNull()
  expect((await page.signIn('maria@example.com', 'ein anderer langer satz')).status).toBe(200)
})

test('what has run out is removed', async () => {
  await makeUser('maria@example.com')
  await browser().signIn('maria@example.com')
  await browser().signIn('maria@example.com', 'wrong wrong wrong')
  door.api.ahead(30 * 24 * 3_600_000)
  await door.auth.tidy()
  expect(await sessionCount()).toBe(0)
  const guesses = await sql`select 1 from auth.guesses`.execute(door.api.database.owner)
  expect(guesses.rows).toHaveLength(0)
})

async function sessionCount(): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from auth.session`.execute(
    door.api.database.owner,
  )
  return found.rows[0]?.n ?? -1
}
