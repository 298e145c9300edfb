import { expect, test } from 'vitest'
import { testDoor } from '../../../test/door.ts'
import { makeSecurityKey, type SecurityKey } from '../../../test/peers/authenticator.ts'
import type { Visitor } from '../../../test/visitor.ts'

const door = testDoor()
const visitor = door.browser

async function json<Value>(response: Response): Promise<Value> {
  return (await response.json()) as Value
}

async function addPasskey(page: Visitor, key: SecurityKey): Promise<Response> {
  const asked = await page.get('/passkey/generate-register-options')
  if (!asked.ok) return asked
  return page.post('/passkey/verify-registration', {
    response: key.register(await json(asked)),
    name: 'Laptop',
  })
}

async function useKey(page: Visitor, key: SecurityKey, isUserVerified = true): Promise<Response> {
  const asked = await json<{ challenge: string; rpId: string }>(
    await page.get('/passkey/generate-authenticate-options'),
  )
  return page.post('/passkey/verify-authentication', { response: key.signIn(asked, isUserVerified) })
}

test('a passkey is added while signed in, and signs in by itself', async () => {
  const person = await door.api.signUp('maria@example.com')
  const here = visitor()
  await here.signIn('maria@example.com')
  const key = makeSecurityKey(door.origin)
  expect((await addPasskey(here, key)).status).toBe(200)
  const listed = await json<{ id: string; name: string }[]>(await here.get('/passkey/list-user-passkeys'))
  expect(listed).toMatchObject([{ name: 'Laptop' }])

  const page = visitor()
  expect((await useKey(page, key)).status).toBe(200)
  expect(await door.api.auth.signedIn(page.headers())).toMatchObject({ userId: person.userId })

  expect((await here.post('/passkey/delete-passkey', { id: listed[0]?.id })).status).toBe(200)
  expect((await useKey(visitor(), key)).status).toBe(401)
})

test('nobody adds a passkey without being signed in, nor long after', async () => {
  await door.api.signUp('maria@example.com')
  const key = makeSecurityKey(door.origin)
  expect((await addPasskey(visitor(), key)).status).toBe(401)
})

test('an answer is good once, from its own page, and only from a device that asked who is there', async () => {
  await door.api.signUp('maria@example.com')
  const here = visitor()
  await here.signIn('maria@example.com')
  const key = makeSecurityKey(door.origin)
  await addPasskey(here, key)

  const page = visitor()
  const asked = await json<{ challenge: string; rpId: string }>(
    await page.get('/passkey/generate-authenticate-options'),
  )
  const response = key.signIn(asked)
  expect((await page.post('/passkey/verify-authentication', { response })).status).toBe(200)
  const again = visitor()
  expect((await again.post('/passkey/verify-authentication', { response })).status).toBe(400)
  await again.get('/passkey/generate-authenticate-options')
  expect((await again.post('/passkey/verify-authentication', { response })).status).toBe(400)
  expect(await door.api.auth.signedIn(again.headers())).toBeNull()

  const withoutFinger = visitor()
  expect((await useKey(withoutFinger, key, false)).status).toBe(401)
  expect(await door.api.auth.signedIn(withoutFinger.headers())).toBeNull()

  const phishing = makeSecurityKey('https://evil.example')
  expect((await addPasskey(here, phishing)).status).toBeGreaterThanOrEqual(400)
})
