import { sql } from 'kysely'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import type { ThreadMerge } from './batch.ts'
import { mergeThreads } from './store-threads.ts'

export interface OwnWords {
  readonly id: string
  readonly source: string
  readonly externalId: string
  readonly threadId: string
}

/** Held still, so that two names are not given at once. */
export async function lockOwnWords(db: Db, workspaceId: string, id: string): Promise<OwnWords | null> {
  const found = await sql<OwnWords>`
    select id, source, external_id as "externalId", thread_id as "threadId" from engagements
    where workspace_id = ${workspaceId} and id = ${id} for update`.execute(db)
  return found.rows[0] ?? null
}

/** The engagement and its raw form bear the network's name from now on, so that what comes back under it is known. */
export async function renameEngagement(
  db: Db,
  workspaceId: string,
  words: OwnWords,
  name: string,
): Promise<void> {
  await sql`update engagements set external_id = ${name}
    where workspace_id = ${workspaceId} and id = ${words.id}`.execute(db)
  const key = `create:${name}`
  await sql`update arrivals a set activity_key = ${key}, body = jsonb_set(body, '{externalId}', to_jsonb(${name}::text))
    from engagements e where e.workspace_id = ${workspaceId} and e.id = ${words.id}
      and a.workspace_id = e.workspace_id and a.id = e.arrival_id
      and not exists (select 1 from arrivals t where t.workspace_id = a.workspace_id and t.source = a.source
        and t.activity_key = ${key})`.execute(db)
}

export async function addExternalNames(
  db: Db,
  workspaceId: string,
  words: Pick<OwnWords, 'id' | 'source'>,
  names: readonly string[],
): Promise<void> {
  const rows = names.map((name, index) => ({
    workspace_id: workspaceId,
    source: words.source,
    external_id: name,
    engagement_id: words.id,
    position: index + 1,
  }))
  await insertRows(db, 'external_names', rows, sql`on conflict do nothing`)
}

/** Takes away an engagement that turned out to be another one: what answered it answers the kept one. */
export async function absorbEngagement(
  db: Db,
  workspaceId: string,
  pair: { readonly gone: string; readonly kept: string },
): Promise<void> {
  const { gone, kept } = pair
  await sql`update engagements set parent_id = ${kept}
    where workspace_id = ${workspaceId} and parent_id = ${gone}`.execute(db)
  for (const table of ['engagement_versions', 'readings', 'decisions', 'external_names'] as const) {
    await sql`delete from ${sql.table(table)}
      where workspace_id = ${workspaceId} and engagement_id = ${gone}`.execute(db)
  }
  await sql`delete from engagements where workspace_id = ${workspaceId} and id = ${gone}`.execute(db)
}

// Threads that met ------------------------------------------------------------------------------------------------

/** Notes that two threads are one; a pair of the same only says that its cases must be looked at again. */
export async function addMetThreads(
  db: Db,
  workspaceId: string,
  met: readonly { readonly gone: string; readonly kept: string }[],
): Promise<void> {
  const rows = met.map((pair) => ({ workspace_id: workspaceId, ...pair }))
  await insertRows(db, 'met_threads', rows, sql`on conflict do nothing`)
}

export async function hasMetThreads(db: Db, workspaceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('met_threads')
    .select('gone')
    .where('workspace_id', '=', workspaceId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Joins the threads that met since the last batch. */
export async function joinMetThreads(db: Db, workspaceId: string): Promise<readonly ThreadMerge[]> {
  const found = await sql<ThreadMerge>`delete from met_threads where workspace_id = ${workspaceId}
    returning gone as "from", kept as "into"`.execute(db)
  await mergeThreads(
    db,
    workspaceId,
    found.rows.filter(({ from, into }) => from !== into),
  )
  return found.rows
}
