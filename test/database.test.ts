import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from './database.ts'

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

test('every test file gets a migrated database of its own', async () => {
  const first = await createTestDatabase()
  const second = await createTestDatabase()
  await ask(first.ownerUrl, `create table only_here (id int)`)
  expect(await ask(second.ownerUrl, `select to_regclass('only_here')`)).toBeNull()
  expect(await ask(second.ownerUrl, `select count(*)::int from migrations`)).toBeGreaterThan(0)
  await first.drop()
  await second.drop()
  await expect(ask(first.ownerUrl, 'select 1')).rejects.toThrow('does not exist')
})

test('the application of a test database signs in with an unprivileged role', async () => {
  const database = await createTestDatabase()
  const privileged = 'select rolsuper or rolbypassrls from pg_roles where rolname = current_user'
  expect(await ask(database.appUrl, privileged)).toBe(false)
  await database.drop()
})

test('the test server writes through to the disk', async () => {
  const database = await createTestDatabase()
  expect(await ask(database.ownerUrl, 'show fsync')).toBe('on')
  await database.drop()
})
