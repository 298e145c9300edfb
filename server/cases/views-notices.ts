import { sql } from 'kysely'
import { Notification } from '../../contract/notices.ts'
import { decodeCursor, encodeCursor } from '../platform/db/cursor.ts'
import type { Db } from '../platform/db/scope.ts'

export async function notificationPage(
  db: Db,
  workspaceId: string,
  input: { readonly memberId: string; readonly cursor?: string | undefined; readonly limit: number },
) {
  const after = decodeCursor(input.cursor)
  const page = after === null ? sql`` : sql`and id < ${after.id}::uuid`
  const found = await sql<{
    id: string
    kind: string
    case_id: string | null
    connection_id: string | null
    text: string
    at: Date
    read_at: Date | null
  }>`
    select id, kind, case_id, connection_id, text, at, read_at from notifications
    where workspace_id = ${workspaceId} and member_id = ${input.memberId} ${page}
    order by id desc limit ${input.limit + 1}`.execute(db)
  const unread = await sql<{ n: number }>`select count(*)::int as n from notifications
    where workspace_id = ${workspaceId} and member_id = ${input.memberId} and read_at is null`.execute(db)
  const rows = found.rows.slice(0, input.limit)
  const last = found.rows.length > input.limit ? rows.at(-1) : undefined
  const items = rows.map((row) =>
    Notification.parse({
      id: row.id,
      kind: row.kind,
      caseId: row.case_id,
      connectionId: row.connection_id,
      text: row.text,
      at: row.at.toISOString(),
      isRead: row.read_at !== null,
    }),
  )
  return {
    items,
    nextCursor: last === undefined ? null : encodeCursor('0', last.id),
    unread: unread.rows[0]?.n ?? 0,
  }
}
