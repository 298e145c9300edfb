import { sql } from 'kysely'
import type { Account } from '../../channels/channel.ts'
import type { Db } from '../platform/db/scope.ts'
import { storableJson } from '../platform/db/storable-json.ts'
import type { StoredConnection, Trouble } from './connection.ts'

interface Row {
  readonly workspace_id: string
  readonly id: string
  readonly presence_id: string | null
  readonly function_key: string | null
  readonly channel: string
  readonly account: unknown
  readonly config: unknown
  readonly secrets: Buffer | null
  readonly secret_names: readonly string[]
  readonly secrets_version: number
  readonly permissions: readonly string[]
  readonly owner_id: string | null
  readonly is_paused: boolean
  readonly trouble: string | null
  readonly detail: string
  readonly version: number
}

const columns = [
  'workspace_id',
  'id',
  'presence_id',
  'function_key',
  'channel',
  'account',
  'config',
  'secrets',
  'secret_names',
  'secrets_version',
  'permissions',
  'owner_id',
  'is_paused',
  'trouble',
  'detail',
  'version',
] as const

function toConnection(row: Row): StoredConnection {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    presenceId: row.presence_id,
    functionKey: row.function_key,
    channel: row.channel,
    account: row.account as Account | null,
    config: row.config as Readonly<Record<string, string>>,
    secrets: row.secrets,
    secretNames: row.secret_names,
    secretsVersion: row.secrets_version,
    permissions: row.permissions,
    ownerId: row.owner_id,
    isPaused: row.is_paused,
    trouble: row.trouble as Trouble | null,
    detail: row.detail,
    version: row.version,
  }
}

function byId(db: Db, workspaceId: string, id: string) {
  return db
    .selectFrom('connections')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
}

/** Null where there is none, or where it was ended. */
export async function findConnection(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<StoredConnection | null> {
  const row = await byId(db, workspaceId, id).where('disconnected_at', 'is', null).executeTakeFirst()
  return row === undefined ? null : toConnection(row)
}

/** Also one that was ended: what it heard before is still read. */
export async function findForReading(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<StoredConnection | null> {
  const row = await byId(db, workspaceId, id).executeTakeFirst()
  return row === undefined ? null : toConnection(row)
}

/** The same as `findConnection`, held still until the transaction ends. */
export async function lockConnection(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<StoredConnection | null> {
  const row = await byId(db, workspaceId, id)
    .where('disconnected_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : toConnection(row)
}

export async function findOfPresence(
  db: Db,
  workspaceId: string,
  presenceId: string,
): Promise<StoredConnection | null> {
  const row = await db
    .selectFrom('connections')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('presence_id', '=', presenceId)
    .where('disconnected_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : toConnection(row)
}

/** The connection that has this account already, another one than `except`. */
export async function findOfAccount(
  db: Db,
  workspaceId: string,
  asked: { readonly channel: string; readonly accountId: string; readonly except: string },
): Promise<string | null> {
  const row = await db
    .selectFrom('connections')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('channel', '=', asked.channel)
    .where(sql`account ->> 'id'`, '=', asked.accountId)
    .where('id', '<>', asked.except)
    .where('disconnected_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function countConnections(db: Db, workspaceId: string): Promise<number> {
  const row = await db
    .selectFrom('connections')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('workspace_id', '=', workspaceId)
    .where('disconnected_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.n
}

export interface NewConnection {
  readonly id: string
  readonly presenceId: string | null
  readonly functionKey: string | null
  readonly channel: string
  readonly config: Readonly<Record<string, string>>
  readonly secrets: Buffer | null
  readonly secretNames: readonly string[]
  readonly ownerId: string | null
  readonly hookHash: Buffer
  /** Where its stream begins, where that is known. */
  readonly cursor: string | null
  readonly at: Date
}

export async function addConnection(db: Db, workspaceId: string, made: NewConnection): Promise<void> {
  await db
    .insertInto('connections')
    .values({
      workspace_id: workspaceId,
      id: made.id,
      presence_id: made.presenceId,
      function_key: made.functionKey,
      channel: made.channel,
      config: storableJson(made.config),
      secrets: made.secrets,
      secret_names: made.secretNames,
      owner_id: made.ownerId,
      hook_hash: made.hookHash,
      created_at: made.at,
    })
    .execute()
  await db
    .insertInto('connection_runs')
    .values({
      workspace_id: workspaceId,
      connection_id: made.id,
      cursors: storableJson(made.cursor === null ? {} : { stream: made.cursor }),
    })
    .execute()
}

export interface ConnectionChange {
  readonly presenceId?: string
  readonly account?: Account
  readonly config?: Readonly<Record<string, string>>
  readonly ownerId?: string
  readonly permissions?: readonly string[]
  readonly isPaused?: boolean
  readonly siteHandle?: string | null
  readonly checkedAt?: Date
}

/** A member's change; whoever listens opens the connection anew. */
export async function changeConnection(
  db: Db,
  workspaceId: string,
  id: string,
  change: ConnectionChange,
): Promise<void> {
  await db
    .updateTable('connections')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(change.presenceId === undefined ? {} : { presence_id: change.presenceId }),
      ...(change.account === undefined ? {} : { account: storableJson(change.account) }),
      ...(change.config === undefined ? {} : { config: storableJson(change.config) }),
      ...(change.ownerId === undefined ? {} : { owner_id: change.ownerId }),
      ...(change.permissions === undefined ? {} : { permissions: change.permissions }),
      ...(change.isPaused === undefined ? {} : { is_paused: change.isPaused }),
      ...(change.siteHandle === undefined ? {} : { site_handle: change.siteHandle }),
      ...(change.checkedAt === undefined ? {} : { checked_at: change.checkedAt }),
    }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** New credentials; a member's grow the version as well. Answers with the new version of the secrets. */
export async function setSecrets(
  db: Db,
  workspaceId: string,
  id: string,
  given: { readonly sealed: Buffer | null; readonly names: readonly string[]; readonly isByMember: boolean },
): Promise<void> {
  await db
    .updateTable('connections')
    .set((eb) => ({
      secrets: given.sealed,
      secret_names: given.names,
      secrets_version: eb('secrets_version', '+', 1),
      version: eb('version', '+', given.isByMember ? 1 : 0),
    }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Says what is wrong, or with null that nothing is; true where the kind of trouble changed by it. */
export async function setTrouble(
  db: Db,
  workspaceId: string,
  id: string,
  said: { readonly trouble: Trouble | null; readonly detail: string },
): Promise<boolean> {
  const found = await sql<{ was: string | null }>`
    update connections c set trouble = ${said.trouble}, detail = ${said.detail}
    from (select trouble from connections where workspace_id = ${workspaceId} and id = ${id} for update) as b
    where c.workspace_id = ${workspaceId} and c.id = ${id} and c.disconnected_at is null
    returning b.trouble as was`.execute(db)
  const row = found.rows[0]
  return row !== undefined && row.was !== said.trouble
}

/** Ends a connection: credentials and everything that it remembered are gone; what was heard stays. */
export async function endConnection(db: Db, workspaceId: string, id: string, at: Date): Promise<void> {
  await db
    .updateTable('connections')
    .set((eb) => ({
      secrets: null,
      secret_names: [],
      hook_hash: null,
      site_handle: null,
      disconnected_at: at,
      version: eb('version', '+', 1),
    }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
  await db
    .deleteFrom('channel_values')
    .where('workspace_id', '=', workspaceId)
    .where('connection_id', '=', id)
    .execute()
}

/** One refresh at a time, in whatever process; until the transaction ends. */
export async function lockRefresh(db: Db, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 4748))`.execute(db)
}

/** Lets whoever listens look anew at what is to be done. */
export async function touchConnection(db: Db, workspaceId: string, id: string): Promise<void> {
  await changeConnection(db, workspaceId, id, {})
}
