// Files on their way out. A member gives one before anything is sent; it belongs to one act from then on.
import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'

export interface WaitingFile {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
}

export async function addFile(
  db: Db,
  workspaceId: string,
  file: { readonly id: string; readonly memberId: string; readonly mediaType: string; readonly at: Date },
): Promise<void> {
  await db
    .insertInto('outgoing_files')
    .values({
      workspace_id: workspaceId,
      id: file.id,
      member_id: file.memberId,
      media_type: file.mediaType,
      created_at: file.at,
    })
    .execute()
}

/** Those of these that a member gave and that were sent with nothing yet, held still. */
export async function lockWaitingFiles(
  db: Db,
  workspaceId: string,
  of: { readonly memberId: string; readonly ids: readonly string[] },
): Promise<readonly WaitingFile[]> {
  if (of.ids.length === 0) return []
  const found = await sql<Omit<WaitingFile, 'bytes'> & { readonly bytes: string }>`
    select f.id, a.name, f.media_type as "mediaType", a.bytes from outgoing_files f
    join attachments a on a.workspace_id = f.workspace_id and a.id = f.id
    where f.workspace_id = ${workspaceId} and f.id = any(${of.ids}::uuid[]) and f.member_id = ${of.memberId}
      and f.outbox_id is null for update of f`.execute(db)
  return found.rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

/** They leave with this row of the outbox, in this order. */
export async function bindFiles(
  db: Db,
  workspaceId: string,
  outboxId: string,
  files: readonly { readonly id: string; readonly alt: string }[],
): Promise<void> {
  for (const [position, { id, alt }] of files.entries()) {
    await db
      .updateTable('outgoing_files')
      .set({ outbox_id: outboxId, alt, position })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .execute()
  }
}

export interface BoundFile {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly alt: string
}

/** What leaves with a row of the outbox, in order. */
export async function filesOf(db: Db, workspaceId: string, outboxId: string): Promise<readonly BoundFile[]> {
  const found = await sql<BoundFile>`
    select f.id, a.name, f.media_type as "mediaType", f.alt from outgoing_files f
    join attachments a on a.workspace_id = f.workspace_id and a.id = f.id
    where f.workspace_id = ${workspaceId} and f.outbox_id = ${outboxId}
    order by f.position limit 20`.execute(db)
  return found.rows
}
