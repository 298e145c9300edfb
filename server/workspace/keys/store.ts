import { KeyScope } from '../../../contract/policy.ts'
import type { ApiKey } from '../../../contract/workspace.ts'
import type { Db } from '../../platform/db/scope.ts'

export interface NewKey {
  readonly id: string
  readonly name: string
  readonly start: string
  readonly hash: Buffer
  readonly scopes: readonly KeyScope[]
  readonly createdBy: string | null
}

export async function addKey(db: Db, workspaceId: string, key: NewKey, now: Date): Promise<ApiKey> {
  const row = await db
    .insertInto('api_keys')
    .values({
      workspace_id: workspaceId,
      id: key.id,
      name: key.name,
      start: key.start,
      hash: key.hash,
      scopes: [...key.scopes],
      created_by: key.createdBy,
      created_at: now,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return toKey(row)
}

/** All keys of a workspace, newest first; `keys/commands.ts` keeps them below a limit. */
export async function allKeys(db: Db, workspaceId: string): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1_000)
    .execute()
  return rows.map(toKey)
}

export async function removeKey(db: Db, workspaceId: string, keyId: string): Promise<ApiKey | null> {
  const row = await db
    .deleteFrom('api_keys')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyId)
    .returning(columns)
    .executeTakeFirst()
  return row === undefined ? null : toKey(row)
}

const columns = ['id', 'name', 'start', 'scopes', 'created_at', 'last_used_at'] as const

function toKey(row: {
  readonly id: string
  readonly name: string
  readonly start: string
  readonly scopes: readonly string[]
  readonly created_at: Date
  readonly last_used_at: Date | null
}): ApiKey {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    scopes: KeyScope.array().parse(row.scopes),
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}
