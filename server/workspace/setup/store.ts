import { sql, type Kysely, type Transaction } from 'kysely'
import type { Schema } from '../../platform/db/schema.ts'

// Set-up comes before any workspace, so these run as the owner role.

const lockKey = 4_747_475

/** Whether the first owner is still to be made. */
export async function isSetupNeeded(db: Kysely<Schema>): Promise<boolean> {
  const found = await sql<{ needed: boolean }>`
    select not exists (select from members where role = 'owner') as needed`.execute(db)
  return found.rows[0]?.needed ?? false
}

/** Replaces the token: the link of the last start no longer works. */
export async function putSetupToken(db: Kysely<Schema>, hash: Buffer, now: Date): Promise<void> {
  await sql`insert into auth.setup (is_only, token_hash, created_at) values (true, ${hash}, ${now})
    on conflict (is_only) do update set token_hash = excluded.token_hash, created_at = excluded.created_at`.execute(
    db,
  )
}

export async function isSetupToken(db: Kysely<Schema>, hash: Buffer): Promise<boolean> {
  const found = await sql`select 1 from auth.setup where token_hash = ${hash}`.execute(db)
  return found.rows.length === 1
}

export async function removeSetupToken(db: Kysely<Schema>): Promise<void> {
  await sql`delete from auth.setup`.execute(db)
}

/** One set-up at a time over all processes, until the transaction ends. False where another one runs. */
export async function lockSetup(db: Transaction<Schema>): Promise<boolean> {
  const found = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${lockKey}) as mine`.execute(db)
  return found.rows[0]?.mine ?? false
}

/** Workspaces that the command line made before there was anybody to own them. */
export async function ownerlessWorkspaces(db: Kysely<Schema>): Promise<readonly string[]> {
  const found = await sql<{ id: string }>`
    select id from workspaces w where not exists (select from members m where m.workspace_id = w.id)
    order by created_at limit 1000`.execute(db)
  return found.rows.map(({ id }) => id)
}
