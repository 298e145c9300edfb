import type { SignedSource } from '../../../contract/workspace.ts'
import type { Db } from '../../platform/db/scope.ts'

export interface NewSource {
  readonly id: string
  readonly name: string
  /** Sealed. */
  readonly secret: Buffer
}

export async function addSource(
  db: Db,
  workspaceId: string,
  source: NewSource,
  now: Date,
): Promise<SignedSource> {
  const row = await db
    .insertInto('signed_sources')
    .values({
      workspace_id: workspaceId,
      id: source.id,
      name: source.name,
      secrets: [source.secret],
      created_at: now,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return toSource(row)
}

export async function allSources(db: Db, workspaceId: string): Promise<SignedSource[]> {
  const rows = await db
    .selectFrom('signed_sources')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1_000)
    .execute()
  return rows.map(toSource)
}

/** The sealed secrets, newest first, held still until the transaction ends. */
export async function lockSecrets(
  db: Db,
  workspaceId: string,
  sourceId: string,
): Promise<readonly Buffer[] | null> {
  const row = await db
    .selectFrom('signed_sources')
    .select('secrets')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sourceId)
    .forUpdate()
    .executeTakeFirst()
  return row?.secrets ?? null
}

export async function setSecrets(
  db: Db,
  workspaceId: string,
  sourceId: string,
  secrets: readonly Buffer[],
): Promise<void> {
  await db
    .updateTable('signed_sources')
    .set({ secrets: [...secrets] })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sourceId)
    .execute()
}

export async function removeSource(
  db: Db,
  workspaceId: string,
  sourceId: string,
): Promise<SignedSource | null> {
  const row = await db
    .deleteFrom('signed_sources')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sourceId)
    .returning(columns)
    .executeTakeFirst()
  return row === undefined ? null : toSource(row)
}

const columns = ['id', 'name', 'created_at', 'secrets'] as const

function toSource(row: {
  readonly id: string
  readonly name: string
  readonly created_at: Date
  readonly secrets: readonly Buffer[]
}): SignedSource {
  const { id, name } = row
  return { id, name, createdAt: row.created_at.toISOString(), secretCount: row.secrets.length }
}
