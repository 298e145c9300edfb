import { sql } from 'kysely'
import type { Site } from '../../contract/actions.ts'
import type { Db } from '../platform/db/scope.ts'
import { storableJson, storableText } from '../platform/db/storable-json.ts'
import type { CallType } from './read-call.ts'

export interface NewSite {
  readonly id: string
  readonly name: string
  readonly writeKey: string
  /** Sealed. */
  readonly secret: Buffer
  readonly origins: readonly string[]
  readonly at: Date
}

export async function addSite(db: Db, workspaceId: string, site: NewSite): Promise<void> {
  await db
    .insertInto('sites')
    .values({
      workspace_id: workspaceId,
      id: site.id,
      name: site.name,
      write_key: site.writeKey,
      secret: site.secret,
      origins: [...site.origins],
      created_at: site.at,
    })
    .execute()
}

/** With what its visitors did; null where there is no such site. */
export async function removeSite(db: Db, workspaceId: string, id: string): Promise<string | null> {
  const row = await db
    .deleteFrom('sites')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst()
  if (row === undefined) return null
  for (const table of ['site_events', 'site_visitors'] as const) {
    await db.deleteFrom(table).where('workspace_id', '=', workspaceId).where('site_id', '=', id).execute()
  }
  return row.name
}

/** With what came of the last 24 hours before `now`. */
export async function allSites(db: Db, workspaceId: string, now: Date): Promise<Site[]> {
  const found = await sql<{
    id: string
    name: string
    write_key: string
    origins: string[]
    created_at: Date
    events: number
    last_at: Date | null
  }>`
    select s.id, s.name, s.write_key, s.origins, s.created_at, e.events, e.last_at from sites s,
      lateral (select count(*) filter (where received_at > ${new Date(now.getTime() - 86_400_000)})::int as events,
        max(received_at) as last_at from site_events where workspace_id = ${workspaceId} and site_id = s.id) e
    where s.workspace_id = ${workspaceId} order by s.created_at, s.id limit 200`.execute(db)
  return found.rows.map((row) => ({
    id: row.id,
    name: row.name,
    writeKey: row.write_key,
    origins: row.origins,
    createdAt: row.created_at.toISOString(),
    events: row.events,
    lastEventAt: row.last_at?.toISOString() ?? null,
  }))
}

export interface SeenVisitor {
  readonly id: string
  readonly siteId: string
  readonly anonymousId: string
  readonly userId: string
  readonly isVerified: boolean
  readonly email: string | null
  readonly traits: Readonly<Record<string, unknown>>
  readonly group: string | null
  readonly at: Date
}

/** Adds what is known now to what was known; a proof that was given once stays. Answers with the visitor's id. */
export async function seeVisitor(db: Db, workspaceId: string, seen: SeenVisitor): Promise<string> {
  const found = await sql<{ id: string }>`
    insert into site_visitors as v (workspace_id, id, site_id, anonymous_id, user_id, is_verified, email, traits, groups,
      first_seen_at, last_seen_at)
    values (${workspaceId}, ${seen.id}, ${seen.siteId}, ${storableText(seen.anonymousId)}, ${storableText(seen.userId)},
      ${seen.isVerified}, ${seen.email}, ${storableJson(seen.traits)}::jsonb,
      ${seen.group === null ? [] : [storableText(seen.group)]}::text[], ${seen.at}, ${seen.at})
    on conflict (workspace_id, site_id, anonymous_id, user_id) do update set
      is_verified = v.is_verified or excluded.is_verified,
      email = case when v.is_verified and not excluded.is_verified then v.email else coalesce(excluded.email, v.email) end,
      traits = case when v.is_verified and not excluded.is_verified then v.traits else v.traits || excluded.traits end,
      groups = (select coalesce(array_agg(distinct g), '{}') from unnest(v.groups || excluded.groups) g),
      last_seen_at = greatest(v.last_seen_at, excluded.last_seen_at)
    returning v.id`.execute(db)
  const [row] = found.rows
  if (row === undefined) throw new Error('a visitor was neither added nor found')
  return row.id
}

/** What a browser did before its site said who it is belongs to that user from then on. */
export async function adoptVisitor(
  db: Db,
  workspaceId: string,
  adopted: {
    readonly siteId: string
    readonly anonymousId: string
    readonly userId: string
    readonly into: string
  },
): Promise<void> {
  await sql`
    update site_events e set visitor_id = ${adopted.into} from site_visitors v
    where v.workspace_id = ${workspaceId} and v.site_id = ${adopted.siteId}
      and v.anonymous_id = ${storableText(adopted.anonymousId)} and v.user_id = ${storableText(adopted.userId)}
      and v.id <> ${adopted.into} and e.workspace_id = v.workspace_id and e.visitor_id = v.id`.execute(db)
}

export interface NewEvent {
  readonly id: string
  readonly siteId: string
  readonly visitorId: string
  readonly messageId: string
  readonly type: Exclude<CallType, 'identify' | 'alias'>
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly url: string | null
  readonly at: Date
  readonly receivedAt: Date
}

/** False where it came before. */
export async function addEvent(db: Db, workspaceId: string, event: NewEvent): Promise<boolean> {
  const added = await db
    .insertInto('site_events')
    .values({
      workspace_id: workspaceId,
      id: event.id,
      site_id: event.siteId,
      visitor_id: event.visitorId,
      message_id: storableText(event.messageId),
      type: event.type,
      name: storableText(event.name),
      properties: storableJson(event.properties),
      url: event.url === null ? null : storableText(event.url),
      at: event.at,
      received_at: event.receivedAt,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'site_id', 'message_id']).doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}
