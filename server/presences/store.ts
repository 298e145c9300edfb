import { sql } from 'kysely'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'

export interface WantedPresence {
  readonly channel: string
  readonly handle: string
  readonly name: string
  /** For one that is made. */
  readonly function?: string | null
}

/** Handles are compared without case and without a leading @. */
export function handleKey(handle: string): string {
  return handle.replace(/^@/, '').toLowerCase()
}

/** Ids of all presences of a workspace by `channel handleKey`. */
async function presenceIds(db: Db, workspaceId: string): Promise<Map<string, string>> {
  const found = await db
    .selectFrom('presences')
    .select(['id', 'channel', 'handle_key'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return new Map(found.map((row) => [`${row.channel} ${row.handle_key}`, row.id]))
}

/** Makes those that are missing; answers with the ids of all presences by `channel handleKey`. */
export async function ensurePresences(
  db: Db,
  workspaceId: string,
  wanted: readonly WantedPresence[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const known = await presenceIds(db, workspaceId)
  const missing = new Map(
    wanted
      .map((item) => ({ ...item, key: handleKey(item.handle) }))
      .filter((item) => !known.has(`${item.channel} ${item.key}`))
      .map((item) => [`${item.channel} ${item.key}`, item]),
  )
  if (missing.size === 0) return known
  const rows = [...missing.values()].map((item) => ({
    workspace_id: workspaceId,
    id: newId(),
    channel: item.channel,
    handle: item.handle.replace(/^@/, ''),
    handle_key: item.key,
    name: item.name,
    function_key: item.function ?? null,
    created_at: now,
  }))
  await insertRows(db, 'presences', rows, sql`on conflict (workspace_id, channel, handle_key) do nothing`)
  return presenceIds(db, workspaceId)
}

export interface NewPresence extends WantedPresence {
  readonly id: string
  readonly functionKey: string | null
  readonly purpose: string
}

/** False where the account is known already. */
export async function addPresence(
  db: Db,
  workspaceId: string,
  presence: NewPresence,
  now: Date,
): Promise<boolean> {
  const made = await db
    .insertInto('presences')
    .values({
      workspace_id: workspaceId,
      id: presence.id,
      channel: presence.channel,
      handle: presence.handle.replace(/^@/, ''),
      handle_key: handleKey(presence.handle),
      name: presence.name,
      function_key: presence.functionKey,
      purpose: presence.purpose,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'channel', 'handle_key']).doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

export interface PresenceFields {
  readonly name: string
  readonly function: string | null
  readonly purpose: string
}

/** What may be changed of a presence, held still until the transaction ends. */
export async function lockPresence(
  db: Db,
  workspaceId: string,
  presenceId: string,
): Promise<PresenceFields | null> {
  const row = await db
    .selectFrom('presences')
    .select(['name', 'function_key', 'purpose'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', presenceId)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : { name: row.name, function: row.function_key, purpose: row.purpose }
}

export async function setPresence(
  db: Db,
  workspaceId: string,
  presenceId: string,
  fields: PresenceFields,
): Promise<void> {
  await db
    .updateTable('presences')
    .set({ name: fields.name, function_key: fields.function, purpose: fields.purpose })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', presenceId)
    .execute()
}

/** Connects an account of ours to a channel; made where it is not there yet. A name given by a member stays. */
export async function connectPresence(
  db: Db,
  workspaceId: string,
  presence: WantedPresence & { readonly connector: string },
  now: Date,
): Promise<void> {
  const key = handleKey(presence.handle)
  const same = await db
    .selectFrom('presences')
    .select('connector')
    .where('workspace_id', '=', workspaceId)
    .where('channel', '=', presence.channel)
    .where('handle_key', '=', key)
    .executeTakeFirst()
  if (same?.connector === presence.connector) return
  await db
    .insertInto('presences')
    .values({
      workspace_id: workspaceId,
      id: newId(),
      channel: presence.channel,
      handle: presence.handle.replace(/^@/, ''),
      handle_key: key,
      name: presence.name,
      connector: presence.connector,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'channel', 'handle_key'])
        .doUpdateSet({ connector: presence.connector }),
    )
    .execute()
}

export interface KnownPresence {
  readonly id: string
  readonly channel: string
  readonly handleKey: string
  readonly handle: string
  readonly connector: string | null
}

export async function findPresence(db: Db, workspaceId: string, id: string): Promise<KnownPresence | null> {
  const row = await db
    .selectFrom('presences')
    .select(['id', 'channel', 'handle', 'handle_key', 'connector'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  const { channel, handle, handle_key: key, connector } = row
  return { id, channel, handle, handleKey: key, connector }
}

/** Says through which channel a presence is connected; null where it no longer is. */
export async function setConnector(
  db: Db,
  workspaceId: string,
  id: string,
  connector: string | null,
): Promise<void> {
  await db
    .updateTable('presences')
    .set({ connector })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** The account goes by another handle now; false where another presence of ours has it. */
export async function renamePresence(
  db: Db,
  workspaceId: string,
  id: string,
  handle: string,
): Promise<boolean> {
  const renamed =
    await sql`update presences p set handle = ${handle.replace(/^@/, '')}, handle_key = ${handleKey(handle)}
    where p.workspace_id = ${workspaceId} and p.id = ${id} and not exists (
      select 1 from presences o where o.workspace_id = ${workspaceId} and o.channel = p.channel
        and o.handle_key = ${handleKey(handle)} and o.id <> p.id)`.execute(db)
  return renamed.numAffectedRows === 1n
}
