import { describe, expect, test } from 'vitest'
import { testPassword as password } from '../../../test/api.ts'
import { testDoor } from '../../../test/door.ts'

const door = testDoor()
const { browser, makeUser } = door

describe('accounts', () => {
  test('a member signs in with address and password, whatever the case of the address', async () => {
    const userId = await makeUser('Maria@Example.com')
    const page = browser()
    expect((await page.signIn('maria@EXAMPLE.com')).status).toBe(200)
    expect(await door.auth.signedIn(page.headers())).toMatchObject({
      userId,
      email: 'maria@example.com',
      twoFactor: false,
    })
  })

  test('nobody makes an account through the door', async () => {
    const page = browser()
    const answer = await page.post('/sign-up/email', { email: 'x@example.com', password, name: 'X' })
    expect(answer.status).toBe(404)
    expect(await door.auth.userByEmail('x@example.com')).toBeNull()
  })

  test('an address has one account, and a password that is tried first is refused', async () => {
    await makeUser('maria@example.com')
    expect(await door.auth.createUser({ name: 'B', email: 'MARIA@example.com', password })).toEqual({
      ok: false,
      reason: 'email-taken',
    })
    expect(
      await door.auth.createUser({ name: 'B', email: 'b@example.com', password: 'password1234' }),
    ).toEqual({
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
    expect(await door.auth.signedIn(page.headers())).toBeNull()
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
    const request = new Request(`${door.origin}/api/auth/sign-out`, { method: 'POST', headers, body: '{}' })
    expect((await door.auth.handle(request, '203.0.113.9')).status).toBe(403)
    expect(await door.auth.signedIn(page.headers())).not.toBeNull()
  })

  test('a form post is refused', async () => {
    const request = new Request(`${door.origin}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'email=maria%40example.com&password=x',
    })
    expect((await door.auth.handle(request, '')).status).toBe(415)
  })
})
