import { sql } from 'kysely'
import type { Database } from './database.ts'

// Look-ups and leases over the connections of all workspaces, as the owner role: pushes and files name no workspace, and
// whoever listens does so for all of them. What is read of a connection beyond its name is read in its own scope.

export interface ConnectionFound {
  readonly workspaceId: string
  readonly connectionId: string
}

/** A connection by the hash of its hook's token. */
export async function connectionByHook(database: Database, hash: Buffer): Promise<ConnectionFound | null> {
  const row = await database.owner
    .selectFrom('connections')
    .select(['workspace_id as workspaceId', 'id as connectionId'])
    .where('hook_hash', '=', hash)
    .where('disconnected_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** A connection by the handle under which this installation answers for its account. */
export async function connectionBySite(
  database: Database,
  channel: string,
  handle: string,
): Promise<ConnectionFound | null> {
  const row = await database.owner
    .selectFrom('connections')
    .select(['workspace_id as workspaceId', 'id as connectionId'])
    .where('channel', '=', channel)
    .where('site_handle', '=', handle.toLowerCase())
    .where('disconnected_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

const mostSites = 500

/** All connections of a channel that this installation answers for under fixed addresses. */
export async function connectionsOfSites(
  database: Database,
  channel: string,
): Promise<readonly ConnectionFound[]> {
  return database.owner
    .selectFrom('connections')
    .select(['workspace_id as workspaceId', 'id as connectionId'])
    .where('channel', '=', channel)
    .where('site_handle', 'is not', null)
    .where('disconnected_at', 'is', null)
    .orderBy('id')
    .limit(mostSites)
    .execute()
}

export interface AttachmentFound {
  readonly workspaceId: string
  readonly slug: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
}

export async function attachmentById(database: Database, id: string): Promise<AttachmentFound | null> {
  const row = await database.owner
    .selectFrom('attachments')
    .innerJoin('workspaces', 'workspaces.id', 'attachments.workspace_id')
    .select(['attachments.workspace_id as workspaceId', 'workspaces.slug', 'attachments.name'])
    .select(['attachments.media_type as mediaType', 'attachments.bytes'])
    .where('attachments.id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** Connections with raw events that nobody has read yet. */
export async function unreadConnections(database: Database): Promise<readonly ConnectionFound[]> {
  const found = await sql<ConnectionFound>`
    select c.workspace_id as "workspaceId", c.id as "connectionId" from connections c
    where exists (select 1 from raw_queue q where q.workspace_id = c.workspace_id and q.connection_id = c.id)
    limit 10000`.execute(database.owner)
  return found.rows
}

export interface Wanted extends ConnectionFound {
  readonly channel: string
  /** Grows with each change by a member. */
  readonly version: number
  readonly ownerId: string | null
  /** Who listens now; null where nobody does any more. */
  readonly listener: string | null
}

/** Every connection that should be listened to. */
export async function wantedConnections(database: Database): Promise<readonly Wanted[]> {
  const found = await sql<Wanted>`
    select c.workspace_id as "workspaceId", c.id as "connectionId", c.channel, c.version, c.owner_id as "ownerId",
      case when r.listener_until > now() then r.listener end as listener
    from connections c join connection_runs r on r.workspace_id = c.workspace_id and r.connection_id = c.id
    where c.disconnected_at is null and not c.is_paused
    order by c.id limit 10000`.execute(database.owner)
  return found.rows
}

/** Becomes the one who listens; null where another one is. The number is higher than that of all before. */
export async function claimConnection(
  database: Database,
  found: ConnectionFound,
  claim: { readonly listener: string; readonly leaseMs: number },
): Promise<number | null> {
  const got = await sql<{ fence: number }>`
    update connection_runs set listener = ${claim.listener}, fence = fence + 1,
      listener_until = now() + ${claim.leaseMs} * interval '1 millisecond'
    where workspace_id = ${found.workspaceId} and connection_id = ${found.connectionId}
      and (listener is null or listener = ${claim.listener} or listener_until <= now())
    returning fence`.execute(database.owner)
  return got.rows[0]?.fence ?? null
}

export interface Held extends ConnectionFound {
  readonly fence: number
  /** When the network last answered. */
  readonly contactAt: Date | null
}

/** Goes on listening; answers with the connections that are still held. */
export async function renewClaims(
  database: Database,
  held: readonly Held[],
  claim: { readonly listener: string; readonly leaseMs: number },
): Promise<ReadonlySet<string>> {
  if (held.length === 0) return new Set()
  const kept = await sql<{ id: string }>`
    update connection_runs r set listener_until = now() + ${claim.leaseMs} * interval '1 millisecond',
      last_contact_at = greatest(r.last_contact_at, h.contact_at)
    from unnest(${held.map((h) => h.workspaceId)}::uuid[], ${held.map((h) => h.connectionId)}::uuid[],
      ${held.map((h) => h.fence)}::int[], ${held.map((h) => h.contactAt)}::timestamptz[])
      as h(workspace_id, connection_id, fence, contact_at)
    where r.workspace_id = h.workspace_id and r.connection_id = h.connection_id and r.listener = ${claim.listener}
      and r.fence = h.fence
    returning r.connection_id as id`.execute(database.owner)
  return new Set(kept.rows.map((row) => row.id))
}

/** Lets others listen at once. */
export async function releaseClaims(
  database: Database,
  listener: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await sql`update connection_runs set listener = null, listener_until = null
    where listener = ${listener} and connection_id = any(${ids}::uuid[])`.execute(database.owner)
}

export interface FallenSilent extends ConnectionFound {
  readonly ownerId: string | null
  readonly handle: string
}

/** Marks connections of a channel that heard nothing for longer than is usual; answers with those that are new to it. */
export async function markSilent(
  database: Database,
  asked: { readonly channel: string; readonly before: Date; readonly now: Date },
): Promise<readonly FallenSilent[]> {
  const found = await sql<FallenSilent>`
    update connection_runs r set silent_since = ${asked.now} from connections c
    where c.channel = ${asked.channel} and c.disconnected_at is null and not c.is_paused and c.trouble is null
      and c.account is not null and r.workspace_id = c.workspace_id and r.connection_id = c.id
      and r.silent_since is null and greatest(r.last_event_at, c.created_at) < ${asked.before}
    returning c.workspace_id as "workspaceId", c.id as "connectionId", c.owner_id as "ownerId",
      c.account ->> 'handle' as handle`.execute(database.owner)
  return found.rows
}

/** Samples of capture lag are kept for a while only. */
export async function dropOldLags(database: Database, before: Date): Promise<void> {
  await sql`delete from capture_lags where at < ${before}`.execute(database.owner)
}

/** Connections of a channel whose account has this handle or id; at most ten. */
export async function connectionsByAccount(
  database: Database,
  channel: string,
  account: string,
): Promise<readonly ConnectionFound[]> {
  const found = await sql<ConnectionFound>`
    select workspace_id as "workspaceId", id as "connectionId" from connections
    where channel = ${channel} and disconnected_at is null
      and (lower(ltrim(account ->> 'handle', '@')) = lower(ltrim(${account}, '@')) or account ->> 'id' = ${account})
    order by created_at limit 10`.execute(database.owner)
  return found.rows
}
