import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'
import { storableJson } from '../platform/db/storable-json.ts'
import type { PersonState } from './plan-merge.ts'

interface PersonStateRow {
  readonly id: string
  readonly name: string
  readonly lifecycle: string
  readonly preferred_channel: string | null
  readonly memory: string
  readonly memberships: readonly string[]
  readonly first_seen_at: Date
  readonly last_seen_at: Date
  readonly inbound: number
  readonly last_sentiment: string | null
}

/** Locks persons that are not merged away. Foreign and missing ids are left out. */
export async function lockPersons(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly PersonState[]> {
  const found = await sql<PersonStateRow>`
    select id, name, lifecycle, preferred_channel, memory, memberships, first_seen_at, last_seen_at, inbound, last_sentiment
    from persons where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) and merged_into is null
    order by id for update`.execute(db)
  return found.rows.map(toState)
}

function toState(row: PersonStateRow): PersonState {
  return {
    id: row.id,
    name: row.name,
    lifecycle: row.lifecycle,
    preferredChannel: row.preferred_channel,
    memory: row.memory,
    memberships: row.memberships,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    inbound: row.inbound,
    lastSentiment: row.last_sentiment,
  }
}

export async function setPerson(db: Db, workspaceId: string, person: PersonState): Promise<void> {
  await db
    .updateTable('persons')
    .set({
      name: person.name,
      lifecycle: person.lifecycle,
      preferred_channel: person.preferredChannel,
      memory: person.memory,
      memberships: [...person.memberships],
      first_seen_at: person.firstSeenAt,
      last_seen_at: person.lastSeenAt,
      inbound: person.inbound,
      last_sentiment: person.lastSentiment,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', person.id)
    .execute()
}

export async function setMergedInto(
  db: Db,
  workspaceId: string,
  id: string,
  into: string | null,
): Promise<void> {
  await db
    .updateTable('persons')
    .set({ merged_into: into })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Ids of the rows that name a person and move with it. */
export interface Moved {
  readonly identities: readonly string[]
  readonly engagements: readonly string[]
  readonly cases: readonly string[]
  readonly turns: readonly string[]
  readonly surveys: readonly string[]
}
const holders = ['identities', 'engagements', 'cases', 'turns', 'surveys'] as const

/** Moves everything from one person to another; answers with what moved. */
export async function moveAll(db: Db, workspaceId: string, from: string, into: string): Promise<Moved> {
  const moved = {
    identities: [] as string[],
    engagements: [] as string[],
    cases: [] as string[],
    turns: [] as string[],
    surveys: [] as string[],
  }
  for (const table of holders) {
    const rows = await sql<{ id: string }>`update ${sql.table(table)} set person_id = ${into}
      where workspace_id = ${workspaceId} and person_id = ${from} returning id`.execute(db)
    moved[table] = rows.rows.map((row) => row.id)
  }
  return moved
}

/** Moves back what moved, and what those identities said since; answers with the engagements. */
export async function moveBack(
  db: Db,
  workspaceId: string,
  moved: Moved,
  { from, into }: { readonly from: string; readonly into: string },
): Promise<readonly string[]> {
  const since = await sql<{ id: string; case_id: string | null }>`select id, case_id from engagements
    where workspace_id = ${workspaceId} and person_id = ${from} and identity_id = any(${moved.identities}::uuid[])`.execute(
    db,
  )
  const engagements = [...new Set([...moved.engagements, ...since.rows.map((row) => row.id)])]
  for (const [table, ids] of Object.entries({ ...moved, engagements })) {
    await sql`update ${sql.table(table)} set person_id = ${into}
      where workspace_id = ${workspaceId} and person_id = ${from} and id = any(${ids}::uuid[])`.execute(db)
  }
  return engagements
}

/** What a person said through given identities after an instant. */
export async function saidSince(db: Db, workspaceId: string, personId: string, at: Date) {
  const found = await sql<{ inbound: number; last_at: Date | null }>`
    select count(*)::int as inbound, max(published_at) as last_at from engagements
    where workspace_id = ${workspaceId} and person_id = ${personId} and direction = 'in' and received_at > ${at}`.execute(
    db,
  )
  return { inbound: found.rows[0]?.inbound ?? 0, lastAt: found.rows[0]?.last_at ?? null }
}

export interface StoredMerge {
  readonly id: string
  readonly keptId: string
  readonly mergedId: string
  readonly at: Date
  readonly undoneAt: Date | null
  readonly moved: unknown
}

export async function addMerge(
  db: Db,
  workspaceId: string,
  merge: {
    readonly id: string
    readonly keptId: string
    readonly mergedId: string
    readonly mergedName: string
    readonly why: string
    readonly moved: unknown
    readonly byMember: string
    readonly byName: string
    readonly at: Date
  },
): Promise<void> {
  await db
    .insertInto('merges')
    .values({
      workspace_id: workspaceId,
      id: merge.id,
      kept_id: merge.keptId,
      merged_id: merge.mergedId,
      merged_name: merge.mergedName,
      why: merge.why,
      moved: storableJson(merge.moved),
      by_member: merge.byMember,
      by_name: merge.byName,
      at: merge.at,
    })
    .execute()
}

export async function lockMerge(db: Db, workspaceId: string, id: string): Promise<StoredMerge | null> {
  const row = await db
    .selectFrom('merges')
    .select(['id', 'kept_id', 'merged_id', 'at', 'undone_at', 'moved'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return null
  const { kept_id: keptId, merged_id: mergedId, at, undone_at: undoneAt, moved } = row
  return { id: row.id, keptId, mergedId, at, undoneAt, moved }
}

/** True where a later merge stands on this one and has to be undone first. */
export async function hasLaterMerge(db: Db, workspaceId: string, merge: StoredMerge): Promise<boolean> {
  const found =
    await sql`select 1 from merges where workspace_id = ${workspaceId} and undone_at is null and id <> ${merge.id}
    and at >= ${merge.at} and (kept_id in (${merge.keptId}, ${merge.mergedId}) or merged_id = ${merge.keptId}) limit 1`.execute(
      db,
    )
  return found.rows.length > 0
}

export async function setUndone(db: Db, workspaceId: string, id: string, at: Date): Promise<void> {
  await db
    .updateTable('merges')
    .set({ undone_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Links of these identities to a person, made by a merge, no longer hold. */
export async function retractLinks(
  db: Db,
  workspaceId: string,
  links: { readonly identityIds: readonly string[]; readonly personId: string; readonly at: Date },
): Promise<void> {
  await sql`update identity_links set retracted_at = ${links.at}
    where workspace_id = ${workspaceId} and identity_id = any(${links.identityIds}::uuid[])
      and person_id = ${links.personId} and rule = 'merged-by-member' and retracted_at is null`.execute(db)
}

export async function neverLink(
  db: Db,
  workspaceId: string,
  pair: readonly [string, string],
  at: Date,
): Promise<void> {
  const [first, second] = pair.toSorted()
  await sql`insert into never_links (workspace_id, person_a, person_b, at) values (${workspaceId}, ${first}, ${second}, ${at})
    on conflict do nothing`.execute(db)
}
