import type { Db } from '../platform/db/scope.ts'

// What channels remember for a connection. Values are sealed before they come here.

export interface ValueName {
  readonly connectionId: string
  readonly key: string
}

export async function readValue(db: Db, workspaceId: string, name: ValueName): Promise<Buffer | null> {
  const row = await db
    .selectFrom('channel_values')
    .select('value')
    .where('workspace_id', '=', workspaceId)
    .where('connection_id', '=', name.connectionId)
    .where('key', '=', name.key)
    .executeTakeFirst()
  return row?.value ?? null
}

export async function writeValue(db: Db, workspaceId: string, name: ValueName, value: Buffer): Promise<void> {
  await db
    .insertInto('channel_values')
    .values({ workspace_id: workspaceId, connection_id: name.connectionId, key: name.key, value })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'connection_id', 'key']).doUpdateSet({ value }),
    )
    .execute()
}

export async function deleteValue(db: Db, workspaceId: string, name: ValueName): Promise<void> {
  await db
    .deleteFrom('channel_values')
    .where('workspace_id', '=', workspaceId)
    .where('connection_id', '=', name.connectionId)
    .where('key', '=', name.key)
    .execute()
}

/** The highest character: everything that begins with a prefix lies below the prefix and it. */
const end = '\u{10FFFF}'

export async function listKeys(
  db: Db,
  workspaceId: string,
  asked: {
    readonly connectionId: string
    readonly prefix: string
    readonly after: string
    readonly limit: number
  },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('channel_values')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .where('connection_id', '=', asked.connectionId)
    .where('key', '>=', asked.prefix)
    .where('key', '<', `${asked.prefix}${end}`)
    .where('key', '>', asked.after)
    .orderBy('key')
    .limit(asked.limit)
    .execute()
  return rows.map((row) => row.key)
}
