import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDoor } from '../../../test/door.ts'
import { inScope, systemScope } from '../db/scope.ts'
import { newId } from '../ids.ts'
import { hashKey } from './api-key.ts'

const door = testDoor()
const { browser, makeUser, openElsewhere } = door

async function makeMember(userId: string, slug: string, role = 'agent') {
  const workspaceId = newId()
  const memberId = newId()
  await inScope(door.api.database, systemScope(workspaceId), async (db) => {
    const at = new Date()
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

test('one membership is taken by itself, of several the header names one, a foreign one is nobody', async () => {
  const userId = await makeUser('maria@example.com')
  const page = browser()
  await page.signIn('maria@example.com')
  expect(await door.auth.principal(page.headers())).toBeNull()
  door.auth.forget()
  const first = await makeMember(userId, 'acme')
  await makeMember('somebody-else', 'other')
  expect(await door.auth.principal(page.headers())).toMatchObject({
    slug: 'acme',
    role: 'agent',
    memberId: first.memberId,
  })
  expect(await door.auth.principal(withSlug(page.headers(), 'other'))).toBeNull()
  await makeMember(userId, 'beta', 'viewer')
  door.auth.forget()
  expect(await door.auth.principal(page.headers())).toBeNull()
  const viewer = await door.auth.principal(withSlug(page.headers(), 'beta'))
  expect(viewer?.permissions.has('cases.read')).toBe(true)
  expect(viewer?.permissions.has('cases.work')).toBe(false)
})

test('somebody made inactive is refused: at once here, within two seconds elsewhere', async () => {
  const userId = await makeUser('maria@example.com')
  const { memberId } = await makeMember(userId, 'acme')
  const elsewhere = openElsewhere(door.origin)
  const page = browser()
  await page.signIn('maria@example.com')
  expect(await door.auth.principal(page.headers())).not.toBeNull()
  expect(await elsewhere.principal(page.headers())).not.toBeNull()
  await sql`update members set is_active = false where id = ${memberId}`.execute(door.api.database.owner)
  door.auth.forget()
  expect(await door.auth.principal(page.headers())).toBeNull()
  door.api.ahead(2_001)
  expect(await elsewhere.principal(page.headers())).toBeNull()
})

test('a key is known by its hash, carries its scopes, and is noted as used once a minute', async () => {
  const { workspaceId } = await makeMember('somebody', 'acme')
  const key = `hs_${'k'.repeat(43)}`
  await sql`insert into api_keys (workspace_id, id, name, start, hash, scopes, created_at)
      values (${workspaceId}, ${newId()}, 'Shop', 'hs_kkkk', ${hashKey(key)}, '{engagements.ingest}', now())`.execute(
    door.api.database.owner,
  )
  const headers = new Headers({ authorization: `Bearer ${key}` })
  const principal = await door.auth.principal(headers)
  expect([...(principal?.permissions ?? [])]).toEqual(['engagements.ingest'])
  expect(principal).toMatchObject({
    slug: 'acme',
    role: null,
    memberId: null,
    scope: { actor: { kind: 'key', name: 'Shop' } },
  })
  expect(await door.auth.principal(withSlug(headers, 'other'))).toBeNull()
  await expect.poll(lastUsed).not.toBeNull()
  const first = await lastUsed()
  door.api.ahead(30_000)
  await door.auth.principal(headers)
  door.api.ahead(61_000)
  await door.auth.principal(headers)
  await expect.poll(lastUsed).not.toEqual(first)
  await sql`delete from api_keys`.execute(door.api.database.owner)
  door.auth.forget()
  expect(await door.auth.principal(headers)).toBeNull()
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
  expect(await door.auth.principal(headers)).toBeNull()
})

test('what was found is remembered: a thousand calls ask the database a few times only', async () => {
  const userId = await makeUser('maria@example.com')
  await makeMember(userId, 'acme')
  const page = browser()
  await page.signIn('maria@example.com')
  const before = await statements()
  await Promise.all(Array.from({ length: 1_000 }, () => door.auth.principal(page.headers())))
  expect((await statements()) - before).toBeLessThan(100)
})

function withSlug(headers: Headers, slug: string): Headers {
  const copy = new Headers(headers)
  copy.set('horseshoe-workspace', slug)
  return copy
}

async function lastUsed(): Promise<unknown> {
  const found = await sql<{ at: Date | null }>`select last_used_at as at from api_keys`.execute(
    door.api.database.owner,
  )
  return found.rows[0]?.at
}

async function statements(): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(door.api.database.owner)
  const found = await sql<{ n: number }>`
    select xact_commit::int as n from pg_stat_database where datname = current_database()`.execute(
    door.api.database.owner,
  )
  return found.rows[0]?.n ?? 0
}
