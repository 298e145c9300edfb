import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'
import type { Stored } from './batch.ts'
import { goneName } from './gone-author.ts'
import type { Name } from './store-erase.ts'

/** An account that left, or came back, by the network's time. */
export interface Absence {
  readonly externalId: string
  readonly at: Date
}

/** Notes who left. */
export async function addGone(
  db: Db,
  workspaceId: string,
  source: string,
  { gone, now }: { readonly gone: readonly Absence[]; readonly now: Date },
): Promise<void> {
  for (const { externalId, at } of gone) {
    await sql`insert into gone_authors as g (workspace_id, source, external_id, gone_at, noted_at, is_erased)
      values (${workspaceId}, ${source}, ${externalId}, ${at}, ${now}, false)
      on conflict (workspace_id, source, external_id) do update
        set gone_at = excluded.gone_at, noted_at = excluded.noted_at, is_erased = excluded.gone_at <= g.back_at
        where excluded.gone_at > g.gone_at`.execute(db)
  }
}

/** Notes who came back: what they say is heard again, and what still stands of them stays. */
export async function addBack(
  db: Db,
  workspaceId: string,
  source: string,
  { back, now }: { readonly back: readonly Absence[]; readonly now: Date },
): Promise<void> {
  for (const { externalId, at } of back) {
    await sql`insert into gone_authors as g (workspace_id, source, external_id, back_at, noted_at, is_erased)
      values (${workspaceId}, ${source}, ${externalId}, ${at}, ${now}, true)
      on conflict (workspace_id, source, external_id) do update
        set back_at = excluded.back_at, is_erased = g.is_erased or excluded.back_at >= g.gone_at
        where excluded.back_at > g.back_at`.execute(db)
  }
}

/** Until when words of somebody who left are words from before: by the network's time, and by when we had them. */
export interface Before {
  readonly at: Date
  readonly notedAt: Date
}

/** Those of these authors who are gone; keyed `source externalId`. */
export async function goneAmong(
  db: Db,
  workspaceId: string,
  authors: readonly Name[],
): Promise<ReadonlyMap<string, Before>> {
  if (authors.length === 0) return new Map()
  const found = await sql<Before & { readonly key: string }>`
    select g.source || ' ' || g.external_id as key, g.gone_at as at, g.noted_at as "notedAt"
    from unnest(${authors.map((a) => a.source)}::text[], ${authors.map((a) => a.externalId)}::text[]) as k(source, name)
    join gone_authors g on g.workspace_id = ${workspaceId} and g.source = k.source and g.external_id = k.name
      and g.gone_at > g.back_at`.execute(db)
  return new Map(found.rows.map(({ key, at, notedAt }) => [key, { at, notedAt }]))
}

/** Somebody whose words are still to be taken away. */
export async function nextGone(db: Db, workspaceId: string): Promise<(Name & Before) | null> {
  const found = await sql<Name & Before>`
    select source, external_id as "externalId", gone_at as at, noted_at as "notedAt" from gone_authors
    where workspace_id = ${workspaceId} and not is_erased
    order by source, external_id limit 1 for update`.execute(db)
  return found.rows[0] ?? null
}

export async function hasGone(db: Db, workspaceId: string): Promise<boolean> {
  const found =
    await sql`select 1 from gone_authors where workspace_id = ${workspaceId} and not is_erased limit 1`.execute(
      db,
    )
  return found.rows.length > 0
}

/** What somebody said before they left, where it still bears words or a name of theirs. */
export async function standingOf(
  db: Db,
  workspaceId: string,
  { source, externalId, at, notedAt }: Name & Before,
  limit: number,
): Promise<readonly Stored[]> {
  const found = await sql<Stored>`
    select e.id, e.thread_id as "threadId", e.person_id as "personId", e.case_id as "caseId", e.presence_id as "presenceId"
    from identities i join engagements e on e.workspace_id = ${workspaceId} and e.person_id = i.person_id
      and e.identity_id = i.id and e.direction = 'in'
    where i.workspace_id = ${workspaceId} and i.source = ${source} and i.external_id = ${externalId}
      and (e.published_at <= ${at} or e.received_at < ${notedAt}) and (e.deleted_at is null or e.author_name <> ${goneName})
    order by e.published_at, e.id limit ${limit}`.execute(db)
  return found.rows
}

export async function setErased(db: Db, workspaceId: string, { source, externalId }: Name): Promise<void> {
  await sql`update gone_authors set is_erased = true
    where workspace_id = ${workspaceId} and source = ${source} and external_id = ${externalId}`.execute(db)
}

/** What somebody said that never went through the loop: its place stays, the words go. */
export async function emptyUntaken(db: Db, workspaceId: string, { source, externalId }: Name): Promise<void> {
  await sql`update arrivals a
    set body = (a.body || jsonb_build_object('text', '', 'media', '[]'::jsonb, 'mentions', '[]'::jsonb,
      'author', jsonb_build_object('externalId', ${externalId}::text))) - 'subject' - 'raw'
    from (select arrival_id from waiting_changes where workspace_id = ${workspaceId} and source = ${source}
      union select arrival_id from quarantine where workspace_id = ${workspaceId}) untaken
    where a.workspace_id = ${workspaceId} and a.id = untaken.arrival_id and a.source = ${source}
      and a.body -> 'author' ->> 'externalId' = ${externalId}`.execute(db)
}
