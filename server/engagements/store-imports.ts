import { sql } from 'kysely'
import { ImportFormat, ImportState } from '../../contract/engagements.ts'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'

export interface NewImport {
  readonly id: string
  readonly format: ImportFormat
  readonly fileName: string
  readonly fileKey: string
  readonly bytes: number
  readonly ownHandles: readonly string[]
  readonly startedBy: string | null
  readonly startedByName: string
  readonly at: Date
}

export async function addImport(db: Db, workspaceId: string, item: NewImport): Promise<void> {
  await db
    .insertInto('imports')
    .values({
      workspace_id: workspaceId,
      id: item.id,
      format: item.format,
      file_name: item.fileName,
      file_key: item.fileKey,
      state: 'waiting',
      bytes: item.bytes,
      options: JSON.stringify({ ownHandles: item.ownHandles }),
      started_by: item.startedBy,
      started_by_name: item.startedByName,
      created_at: item.at,
    })
    .execute()
}

export interface ImportPlace {
  readonly id: string
  readonly format: ImportFormat
  readonly fileKey: string
  readonly fileName: string
  readonly state: ImportState
  readonly bytesRead: number
  readonly line: number
  readonly ownHandles: readonly string[]
}
export type ImportState = (typeof ImportState.options)[number]

/** Locks an import for its next step; null where there is none. */
export async function lockImport(db: Db, workspaceId: string, id: string): Promise<ImportPlace | null> {
  const row = await db
    .selectFrom('imports')
    .select(['id', 'format', 'file_key', 'file_name', 'state', 'bytes_read', 'line', 'options'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    id: row.id,
    format: ImportFormat.parse(row.format),
    fileKey: row.file_key,
    fileName: row.file_name,
    state: ImportState.parse(row.state),
    bytesRead: row.bytes_read,
    line: row.line,
    ownHandles: ownHandlesOf(row.options),
  }
}

function ownHandlesOf(options: unknown): readonly string[] {
  if (typeof options !== 'object' || options === null || !('ownHandles' in options)) return []
  return Array.isArray(options.ownHandles)
    ? options.ownHandles.filter((item) => typeof item === 'string')
    : []
}

export interface ImportStep {
  readonly bytesRead: number
  readonly line: number
  readonly accepted: number
  readonly duplicates: number
  readonly refused: number
  readonly notices: readonly string[]
}

/** Counts a step; a notice is kept once, whatever number it carries. */
export async function countImportStep(
  db: Db,
  workspaceId: string,
  id: string,
  step: ImportStep,
): Promise<void> {
  await sql`update imports set state = 'running', bytes_read = ${step.bytesRead},
      bytes = greatest(bytes, ${step.bytesRead}), line = ${step.line},
      accepted = accepted + ${step.accepted}, duplicates = duplicates + ${step.duplicates},
      refused = refused + ${step.refused},
      notices = (select coalesce(array_agg(distinct n), '{}') from unnest(notices || ${step.notices}::text[]) n)
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

export async function addRefusals(
  db: Db,
  workspaceId: string,
  importId: string,
  refusals: readonly { readonly line: number; readonly reason: string; readonly excerpt: string }[],
): Promise<void> {
  const rows = refusals.map((refusal) => ({ workspace_id: workspaceId, import_id: importId, ...refusal }))
  await insertRows(db, 'import_refusals', rows, sql`on conflict do nothing`)
}

export async function setImportState(
  db: Db,
  workspaceId: string,
  id: string,
  change: { readonly state: ImportState; readonly error?: string; readonly finishedAt?: Date },
): Promise<void> {
  await db
    .updateTable('imports')
    .set({
      state: change.state,
      ...(change.error === undefined ? {} : { error: change.error }),
      ...(change.finishedAt === undefined ? {} : { finished_at: change.finishedAt }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Releases what an import brought in to the loop, and counts it as pending. */
export async function releaseImport(db: Db, workspaceId: string, importId: string): Promise<number> {
  const queued = await sql`insert into arrival_queue (workspace_id, arrival_id, published_at)
    select workspace_id, id, published_at from arrivals where workspace_id = ${workspaceId} and import_id = ${importId}
    on conflict do nothing`.execute(db)
  const count = Number(queued.numAffectedRows ?? 0)
  await sql`update imports set pending = ${count} where workspace_id = ${workspaceId} and id = ${importId}`.execute(
    db,
  )
  return count
}

/** Counts what went through the loop; an import whose last arrival did is done. Answers with the imports touched. */
export async function countThrough(
  db: Db,
  workspaceId: string,
  counts: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  for (const [importId, count] of counts) {
    await sql`update imports set pending = greatest(pending - ${count}, 0),
        state = case when state = 'finishing' and pending <= ${count} then 'done' else state end,
        finished_at = case when state = 'finishing' and pending <= ${count} then ${now}::timestamptz else finished_at end
      where workspace_id = ${workspaceId} and id = ${importId}`.execute(db)
  }
}
