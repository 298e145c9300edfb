import { sql } from 'kysely'
import type { AuditEntry } from '../../../contract/audit.ts'
import type { Db } from '../../platform/db/scope.ts'

export interface AuditQuestion {
  readonly before: number | undefined
  readonly limit: number
  readonly subjectId: string | undefined
  readonly action: string | undefined
}

/** Newest first; one more than `limit` where there are older ones. */
export async function auditPage(
  db: Db,
  workspaceId: string,
  asked: AuditQuestion,
): Promise<readonly (AuditEntry & { readonly number: number })[]> {
  let query = db.selectFrom('audit').selectAll().where('workspace_id', '=', workspaceId)
  if (asked.before !== undefined) query = query.where('number', '<', asked.before)
  if (asked.subjectId !== undefined) query = query.where('subject_id', '=', asked.subjectId)
  if (asked.action !== undefined) query = query.where('action', '=', asked.action)
  const rows = await query
    .orderBy('number', 'desc')
    .limit(asked.limit + 1)
    .execute()
  const idsOf = rows.map((row) => idsIn([row.subject_id, row.before, row.after]))
  const names = await namesOf(db, workspaceId, [...new Set(idsOf.flat())])
  return rows.map((row, i) => ({
    number: row.number,
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    before: row.before,
    after: row.after,
    names: namesAmong(idsOf[i] ?? [], names),
  }))
}

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

function idsIn(values: readonly unknown[]): readonly string[] {
  return JSON.stringify(values).match(uuids) ?? []
}

function namesAmong(ids: readonly string[], names: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    ids.flatMap((id): [string, string][] => {
      const name = names.get(id)
      return name === undefined ? [] : [[id, name]]
    }),
  )
}

/** Whatever a member would call the things with these ids. */
async function namesOf(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await sql<{ id: string; name: string }>`
    select id, name from members where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, name from persons where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, handle from presences where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, '#' || number from cases where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, file_name from imports where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, name from signed_sources where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, name from workspaces where id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, email from invitations where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, left(text, 60) from engagements where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    `.execute(db)
  return new Map(found.rows.map(({ id, name }) => [id, name]))
}
