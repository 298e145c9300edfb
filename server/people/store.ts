import { sql } from 'kysely'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'

export interface KnownIdentity {
  readonly id: string
  readonly key: string
  readonly personId: string
  readonly handle: string | null
  readonly name: string | null
  readonly verifiedEmail: string | null
  readonly customerId: string | null
  /** When its account left; null while it is there. */
  readonly goneAt: Date | null
}

/** Identities by `source externalId`. */
export async function findIdentities(
  db: Db,
  workspaceId: string,
  keys: readonly { readonly source: string; readonly externalId: string }[],
): Promise<ReadonlyMap<string, KnownIdentity>> {
  if (keys.length === 0) return new Map()
  const found = await sql<{
    id: string
    key: string
    person_id: string
    handle: string | null
    name: string | null
    verified_email: string | null
    customer_id: string | null
    gone_at: Date | null
  }>`
    select i.id, i.source || ' ' || i.external_id as key, i.person_id, i.handle, i.name, i.verified_email, i.customer_id, i.gone_at
    from unnest(${keys.map((k) => k.source)}::text[], ${keys.map((k) => k.externalId)}::text[]) as k(source, external_id)
    join identities i on i.workspace_id = ${workspaceId} and i.source = k.source
      and i.external_id = k.external_id`.execute(db)
  return new Map(
    found.rows.map((row) => [
      row.key,
      {
        id: row.id,
        key: row.key,
        personId: row.person_id,
        handle: row.handle,
        name: row.name,
        verifiedEmail: row.verified_email,
        customerId: row.customer_id,
        goneAt: row.gone_at,
      },
    ]),
  )
}

export interface EvidenceRow {
  readonly personId: string
  readonly verifiedEmail: string | null
  readonly customerId: string | null
  readonly createdAt: Date
}

/** Identities that share an address or customer id with these, and all others of the same persons. */
export async function findByEvidence(
  db: Db,
  workspaceId: string,
  evidence: { readonly emails: readonly string[]; readonly customerIds: readonly string[] },
): Promise<readonly EvidenceRow[]> {
  if (evidence.emails.length === 0 && evidence.customerIds.length === 0) return []
  const found = await sql<{
    person_id: string
    verified_email: string | null
    customer_id: string | null
    created_at: Date
  }>`
    select person_id, verified_email, customer_id, created_at from identities
    where workspace_id = ${workspaceId} and person_id in (
      select person_id from identities where workspace_id = ${workspaceId} and verified_email = any(${evidence.emails}::text[])
      union
      select person_id from identities where workspace_id = ${workspaceId} and customer_id = any(${evidence.customerIds}::text[]))`.execute(
    db,
  )
  return found.rows.map((row) => ({
    personId: row.person_id,
    verifiedEmail: row.verified_email,
    customerId: row.customer_id,
    createdAt: row.created_at,
  }))
}

export interface NewIdentity {
  readonly id: string
  readonly source: string
  readonly channel: string
  readonly externalId: string
  readonly handle: string | null
  readonly name: string | null
  readonly verifiedEmail: string | null
  readonly customerId: string | null
  readonly personId: string
  readonly at: Date
}

export async function addIdentities(
  db: Db,
  workspaceId: string,
  identities: readonly NewIdentity[],
): Promise<void> {
  const rows = identities.map((identity) => ({
    workspace_id: workspaceId,
    id: identity.id,
    source: identity.source,
    channel: identity.channel,
    external_id: identity.externalId,
    handle: identity.handle,
    name: identity.name,
    verified_email: identity.verifiedEmail,
    customer_id: identity.customerId,
    person_id: identity.personId,
    created_at: identity.at,
  }))
  await insertRows(db, 'identities', rows)
}

/** Handles and names change; facts that a source vouches for are only ever added. */
export async function refreshIdentities(
  db: Db,
  workspaceId: string,
  identities: readonly Omit<KnownIdentity, 'key' | 'personId' | 'goneAt'>[],
): Promise<void> {
  if (identities.length === 0) return
  const given = JSON.stringify(identities)
  await sql`update identities i set handle = g.handle, name = g.name, gone_at = null,
      verified_email = coalesce(i.verified_email, g."verifiedEmail"), customer_id = coalesce(i.customer_id, g."customerId")
    from json_to_recordset(${given}::json) as g(id uuid, handle text, name text, "verifiedEmail" text, "customerId" text)
    where i.workspace_id = ${workspaceId} and i.id = g.id`.execute(db)
}

export interface NewLink {
  readonly id: string
  readonly identityId: string
  readonly personId: string
  readonly rule: string
  readonly detail: string
  readonly at: Date
  readonly byMember?: string
  readonly byName?: string
}

export async function addLinks(db: Db, workspaceId: string, links: readonly NewLink[]): Promise<void> {
  const rows = links.map((link) => ({
    workspace_id: workspaceId,
    id: link.id,
    identity_id: link.identityId,
    person_id: link.personId,
    rule: link.rule,
    detail: link.detail,
    by_member: link.byMember ?? null,
    by_name: link.byName ?? null,
    at: link.at,
  }))
  await insertRows(db, 'identity_links', rows)
}

export interface SeenPerson {
  readonly id: string
  readonly name: string
  readonly firstAt: Date
  readonly lastAt: Date
  readonly inbound: number
}

export async function addPersons(db: Db, workspaceId: string, persons: readonly SeenPerson[]): Promise<void> {
  const rows = persons.map((person) => ({
    workspace_id: workspaceId,
    id: person.id,
    name: person.name,
    first_seen_at: person.firstAt,
    last_seen_at: person.lastAt,
    inbound: person.inbound,
  }))
  await insertRows(db, 'persons', rows)
}

/** Adds what a batch brought to persons known before. */
export async function seePersons(
  db: Db,
  workspaceId: string,
  persons: readonly Omit<SeenPerson, 'name'>[],
): Promise<void> {
  if (persons.length === 0) return
  await sql`update persons p set first_seen_at = least(p.first_seen_at, g."firstAt"),
      last_seen_at = greatest(p.last_seen_at, g."lastAt"), inbound = p.inbound + g.inbound
    from json_to_recordset(${JSON.stringify(persons)}::json)
      as g(id uuid, "firstAt" timestamptz, "lastAt" timestamptz, inbound int)
    where p.workspace_id = ${workspaceId} and p.id = g.id`.execute(db)
}
