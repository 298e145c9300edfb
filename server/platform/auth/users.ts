import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { newId } from '../ids.ts'
import type { NewUser, UserCreated } from './authenticator.ts'
import { hashPassword } from './passwords.ts'
import { isWeakPassword } from './weak-password.ts'

// Accounts in the library's tables, written as the library writes them.

export async function createUser(database: Database, user: NewUser, now: Date): Promise<UserCreated> {
  const email = user.email.toLowerCase()
  if (isWeakPassword(user.password, [user.name, email])) return { ok: false, reason: 'weak-password' }
  const password = await hashPassword(user.password)
  const userId = newId()
  return database.owner.transaction().execute(async (db) => {
    const made = await sql`
      insert into auth."user" (id, name, email, "emailVerified", "twoFactorEnabled", "createdAt", "updatedAt")
      values (${userId}, ${user.name}, ${email}, false, false, ${now}, ${now})
      on conflict (email) do nothing returning id`.execute(db)
    if (made.rows.length === 0) return { ok: false, reason: 'email-taken' }
    await insertPassword(db, userId, password, now)
    return { ok: true, userId }
  })
}

async function insertPassword(
  db: Kysely<Schema>,
  userId: string,
  password: string,
  now: Date,
): Promise<void> {
  await sql`insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
    values (${newId()}, ${userId}, 'credential', ${userId}, ${password}, ${now}, ${now})
    on conflict ("providerId", "accountId") do update set password = excluded.password, "updatedAt" = excluded."updatedAt"
    `.execute(db)
}

export async function userByEmail(
  database: Database,
  email: string,
): Promise<{ readonly userId: string; readonly name: string } | null> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from auth."user" where email = ${email.toLowerCase()}`.execute(database.owner)
  const row = found.rows[0]
  return row === undefined ? null : { userId: row.id, name: row.name }
}

export async function removeUser(database: Database, userId: string): Promise<void> {
  await sql`delete from auth."user" where id = ${userId}
    and not exists (select from members where user_id = ${userId})`.execute(database.owner)
}

/** Ends every session with it: whoever knew the old password is out. */
export async function replacePassword(
  database: Database,
  email: string,
  password: string,
  now: Date,
): Promise<'replaced' | 'no-account' | 'weak-password'> {
  const user = await userByEmail(database, email)
  if (user === null) return 'no-account'
  if (isWeakPassword(password, [user.name, email])) return 'weak-password'
  const hash = await hashPassword(password)
  await database.owner.transaction().execute(async (db) => {
    await insertPassword(db, user.userId, hash, now)
    await endSessions(db, user.userId)
  })
  return 'replaced'
}

/** Ends the sessions of an account, but for `keepToken`. */
export async function endSessions(db: Kysely<Schema>, userId: string, keepToken = ''): Promise<void> {
  await sql`delete from auth.session where "userId" = ${userId} and token <> ${keepToken}`.execute(db)
}

export async function endSession(db: Kysely<Schema>, token: string): Promise<void> {
  await sql`delete from auth.session where token = ${token}`.execute(db)
}

/** Takes note of a code; false where the same account used the same code before. */
export async function spendCode(
  db: Kysely<Schema>,
  userId: string,
  codeHash: Buffer,
  now: Date,
): Promise<boolean> {
  const made =
    await sql`insert into auth.used_codes (user_id, code_hash, at) values (${userId}, ${codeHash}, ${now})
    on conflict (user_id, code_hash) do update set at = excluded.at
    where auth.used_codes.at < ${new Date(now.getTime() - 5 * 60_000)} returning user_id`.execute(db)
  return made.rows.length === 1
}

export async function removeExpired(db: Kysely<Schema>, now: Date): Promise<void> {
  await sql`delete from auth.session where "expiresAt" < ${now}`.execute(db)
  await sql`delete from auth.verification where "expiresAt" < ${now}`.execute(db)
  await sql`delete from auth.used_codes where at < ${new Date(now.getTime() - 3_600_000)}`.execute(db)
}
