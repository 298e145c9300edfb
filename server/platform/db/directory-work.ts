// Which workspaces have work that waits, for jobs that look through all of them.
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Workspaces in whose outbox something waits, is on its way, or has an unknown fate. */
export async function workspacesWithOpenOutbox(database: Database): Promise<readonly string[]> {
  const rows = await database.owner
    .selectFrom('outbox')
    .select('workspace_id')
    .distinct()
    .where('state', 'in', ['queued', 'sending', 'unknown'])
    .limit(10_000)
    .execute()
  return rows.map((row) => row.workspace_id)
}

/** Workspaces with cases that are to find their assignee by themselves. */
export async function workspacesWithWaitingCases(database: Database): Promise<readonly string[]> {
  const found = await sql<{ id: string }>`select w.id from workspaces w
    where exists (select 1 from functions f join cases c on c.workspace_id = f.workspace_id
        and c.function_key = f.key and c.wants_assignee and c.status <> 'resolved'
      where f.workspace_id = w.id and f.auto_assign and not f.is_archived)
    limit 10000`.execute(database.owner)
  return found.rows.map((row) => row.id)
}

/** Workspaces in which a member was told something after an instant and has not read it. */
export async function workspacesWithUnread(database: Database, after: Date): Promise<readonly string[]> {
  const rows = await database.owner
    .selectFrom('notifications')
    .select('workspace_id')
    .distinct()
    .where('read_at', 'is', null)
    .where('at', '>', after)
    .limit(10_000)
    .execute()
  return rows.map((row) => row.workspace_id)
}

/** Workspaces with arrivals that wait for the loop, and imports that were not read to their end. */
export async function unfinishedWork(database: Database): Promise<{
  readonly digests: readonly string[]
  readonly imports: readonly { readonly workspaceId: string; readonly importId: string }[]
}> {
  const digests = await sql<{ id: string }>`select w.id from workspaces w
    where exists (select 1 from arrival_queue q where q.workspace_id = w.id)`.execute(database.owner)
  const imports = await sql<{ workspaceId: string; importId: string }>`
    select workspace_id as "workspaceId", id as "importId" from imports
    where state in ('waiting', 'running')`.execute(database.owner)
  return { digests: digests.rows.map((row) => row.id), imports: imports.rows }
}
