import { createOTP } from '@better-auth/utils/otp'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testPassword as password } from '../../../test/api.ts'
import { testDoor } from '../../../test/door.ts'
import type { Visitor } from '../../../test/visitor.ts'

const door = testDoor()
const { browser, makeUser } = door

async function enable(page: Visitor) {
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
  expect(await door.auth.signedIn(here.headers())).toMatchObject({ twoFactor: true })
  expect(await door.auth.signedIn(there.headers())).toBeNull()

  const page = browser()
  const first = await page.signIn('maria@example.com')
  expect(await first.json()).toMatchObject({ twoFactorRedirect: true })
  expect(await door.auth.signedIn(page.headers())).toBeNull()
  expect((await page.post('/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
  const used = await code()
  expect((await page.post('/two-factor/verify-totp', { code: used })).status).toBe(200)
  expect(await door.auth.signedIn(page.headers())).not.toBeNull()

  const thief = browser()
  await thief.signIn('maria@example.com')
  expect((await thief.post('/two-factor/verify-totp', { code: used })).status).toBe(401)
  expect(await door.auth.signedIn(thief.headers())).toBeNull()
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
    expect((await page.post('/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(status)
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
  expect(await door.auth.signedIn(there.headers())).not.toBeNull()
  expect((await here.post('/two-factor/disable', { password: 'not my password' })).status).toBe(400)
  expect((await here.post('/two-factor/disable', { password })).status).toBe(200)
  expect(await door.auth.signedIn(here.headers())).toMatchObject({ twoFactor: false })
  expect(await door.auth.signedIn(there.headers())).toBeNull()
})

async function sessionCount(): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from auth.session`.execute(
    door.api.database.owner,
  )
  return found.rows[0]?.n ?? -1
}

function base32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))).toString()
}
