import { sql } from 'kysely'
import { KeyScope, Role } from '../../../contract/policy.ts'
import type { Database } from './database.ts'

// Look-ups that find out which workspace is meant: by user, by key, by a link's token. They run as the owner role,
// since no workspace is known yet; whoever asks goes on in the scope of what was found.

export interface Membership {
  readonly workspaceId: string
  readonly slug: string
  readonly workspaceName: string
  readonly memberId: string
  readonly name: string
  readonly role: Role
  readonly functions: readonly string[]
}

/** Active memberships of an account, oldest first; at most 200. */
export async function membershipsOf(database: Database, userId: string): Promise<readonly Membership[]> {
  const rows = await database.owner
    .selectFrom('members')
    .innerJoin('workspaces', 'workspaces.id', 'members.workspace_id')
    .select(['members.workspace_id', 'members.id', 'members.name', 'members.role', 'members.functions'])
    .select(['workspaces.slug', 'workspaces.name as workspace_name'])
    .where('members.user_id', '=', userId)
    .where('members.is_active', '=', true)
    .orderBy('members.created_at')
    .orderBy('members.id')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    slug: row.slug,
    workspaceName: row.workspace_name,
    memberId: row.id,
    name: row.name,
    role: Role.parse(row.role),
    functions: row.functions,
  }))
}

export interface KeyFound {
  readonly workspaceId: string
  readonly slug: string
  readonly keyId: string
  readonly name: string
  readonly scopes: readonly KeyScope[]
}

export async function keyByHash(database: Database, hash: Buffer): Promise<KeyFound | null> {
  const row = await database.owner
    .selectFrom('api_keys')
    .innerJoin('workspaces', 'workspaces.id', 'api_keys.workspace_id')
    .select(['api_keys.workspace_id', 'api_keys.id', 'api_keys.name', 'api_keys.scopes', 'workspaces.slug'])
    .where('api_keys.hash', '=', hash)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    workspaceId: row.workspace_id,
    slug: row.slug,
    keyId: row.id,
    name: row.name,
    scopes: KeyScope.array().parse(row.scopes),
  }
}

/** Notes that a member was here; writes at most once a minute. */
export async function touchMember(
  database: Database,
  workspaceId: string,
  memberId: string,
  now: Date,
): Promise<void> {
  await sql`update members set last_seen_at = ${now} where workspace_id = ${workspaceId} and id = ${memberId}
    and (last_seen_at is null or last_seen_at < ${minuteBefore(now)})`.execute(database.owner)
}

/** Notes that a key was used; writes at most once a minute. */
export async function touchKey(
  database: Database,
  workspaceId: string,
  keyId: string,
  now: Date,
): Promise<void> {
  await sql`update api_keys set last_used_at = ${now} where workspace_id = ${workspaceId} and id = ${keyId}
    and (last_used_at is null or last_used_at < ${minuteBefore(now)})`.execute(database.owner)
}

function minuteBefore(now: Date): Date {
  return new Date(now.getTime() - 60_000)
}

export interface InvitationFound {
  readonly workspaceId: string
  readonly workspaceName: string
  readonly slug: string
  readonly invitationId: string
  readonly email: string
  readonly role: Role
}

/** An invitation that is still open. */
export async function openInvitationByToken(
  database: Database,
  tokenHash: Buffer,
  now: Date,
): Promise<InvitationFound | null> {
  const row = await database.owner
    .selectFrom('invitations')
    .innerJoin('workspaces', 'workspaces.id', 'invitations.workspace_id')
    .select(['invitations.workspace_id', 'invitations.id', 'invitations.email', 'invitations.role'])
    .select(['workspaces.slug', 'workspaces.name as workspace_name'])
    .where('invitations.token_hash', '=', tokenHash)
    .where('invitations.accepted_at', 'is', null)
    .where('invitations.expires_at', '>', now)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    slug: row.slug,
    invitationId: row.id,
    email: row.email,
    role: Role.parse(row.role),
  }
}

export async function hasOpenInvitation(database: Database, email: string, now: Date): Promise<boolean> {
  const row = await database.owner
    .selectFrom('invitations')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export interface SourceFound {
  readonly workspaceId: string
  readonly sourceId: string
  readonly name: string
  /** Sealed signing secrets, newest first: at most two are valid at a time. */
  readonly secrets: readonly Buffer[]
}

export async function signedSourceById(database: Database, sourceId: string): Promise<SourceFound | null> {
  const row = await database.owner
    .selectFrom('signed_sources')
    .select(['workspace_id', 'id', 'name', 'secrets'])
    .where('id', '=', sourceId)
    .executeTakeFirst()
  if (row === undefined) return null
  return { workspaceId: row.workspace_id, sourceId: row.id, name: row.name, secrets: row.secrets }
}

export interface SiteFound {
  readonly workspaceId: string
  readonly id: string
  readonly name: string
  /** Sealed. */
  readonly secret: Buffer
  readonly origins: readonly string[]
}

/** The site of ours that a publishable key names. */
export async function siteByKey(database: Database, writeKey: string): Promise<SiteFound | null> {
  const row = await database.owner
    .selectFrom('sites')
    .select(['workspace_id', 'id', 'name', 'secret', 'origins'])
    .where('write_key', '=', writeKey)
    .executeTakeFirst()
  if (row === undefined) return null
  const { workspace_id: workspaceId, id, name, secret, origins } = row
  return { workspaceId, id, name, secret, origins }
}

export interface WorkspaceFound {
  readonly id: string
  readonly slug: string
  readonly name: string
}

export async function workspaceBySlug(database: Database, slug: string): Promise<WorkspaceFound | null> {
  const row = await database.owner
    .selectFrom('workspaces')
    .select(['id', 'slug', 'name'])
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row ?? null
}

/** Workspaces whose slug or name is `text`, whatever its case; at most 10. */
export async function workspacesByName(database: Database, text: string): Promise<readonly WorkspaceFound[]> {
  return database.owner
    .selectFrom('workspaces')
    .select(['id', 'slug', 'name'])
    .where((eb) => eb.or([eb('slug', '=', text), eb(sql`lower(name)`, '=', text.toLowerCase())]))
    .orderBy(sql`slug = ${text}`, 'desc')
    .orderBy('created_at')
    .limit(10)
    .execute()
}

/** Slugs in use that begin with `stem`. */
export async function slugsLike(database: Database, stem: string): Promise<ReadonlySet<string>> {
  const rows = await database.owner
    .selectFrom('workspaces')
    .select('slug')
    .where(sql<boolean>`starts_with(slug, ${stem})`)
    .limit(10_000)
    .execute()
  return new Set(rows.map((row) => row.slug))
}

/** Who set this installation up: the active owner of longest standing. */
export async function firstOwner(
  database: Database,
): Promise<{ readonly userId: string; readonly name: string; readonly email: string } | null> {
  const row = await database.owner
    .selectFrom('members')
    .select(['user_id', 'name', 'email'])
    .where('role', '=', 'owner')
    .where('is_active', '=', true)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { userId: row.user_id, name: row.name, email: row.email }
}

export interface ConversationFound {
  readonly workspaceId: string
  readonly conversationId: string
}

/** A conversation by the hash of its private link. */
export async function conversationByToken(
  database: Database,
  tokenHash: Buffer,
): Promise<ConversationFound | null> {
  const row = await database.owner
    .selectFrom('web_conversations')
    .select(['workspace_id as workspaceId', 'id as conversationId'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row ?? null
}

/** A survey by the hash of its link. */
export async function surveyByToken(
  database: Database,
  tokenHash: Buffer,
): Promise<{ readonly workspaceId: string; readonly surveyId: string } | null> {
  const row = await database.owner
    .selectFrom('surveys')
    .select(['workspace_id as workspaceId', 'id as surveyId'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row ?? null
}
