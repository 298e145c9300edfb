import { sql } from 'kysely'
import { Role } from '../../../contract/policy.ts'
import type { Member } from '../../../contract/workspace.ts'
import type { Db } from '../../platform/db/scope.ts'

export interface NewMember {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly functions: readonly string[]
}

export async function addMember(db: Db, workspaceId: string, member: NewMember, now: Date): Promise<void> {
  await db
    .insertInto('members')
    .values({
      workspace_id: workspaceId,
      id: member.id,
      user_id: member.userId,
      name: member.name,
      email: member.email.toLowerCase(),
      role: member.role,
      functions: [...member.functions],
      created_at: now,
    })
    .execute()
}

export async function memberByUser(db: Db, workspaceId: string, userId: string): Promise<Member | null> {
  const row = await members(db, workspaceId).where('user_id', '=', userId).executeTakeFirst()
  return row === undefined ? null : toMember(row)
}

/** Locks the member and all owners, so that no two changes can each take away the other one's last owner. */
export async function lockMember(
  db: Db,
  workspaceId: string,
  memberId: string,
): Promise<{ readonly member: Member; readonly activeOwners: number } | null> {
  const rows = await members(db, workspaceId)
    .where((eb) => eb.or([eb('id', '=', memberId), eb('role', '=', 'owner')]))
    .orderBy('id')
    .forUpdate()
    .execute()
  const row = rows.find(({ id }) => id === memberId)
  if (row === undefined) return null
  const activeOwners = rows.filter(({ role, is_active }) => role === 'owner' && is_active).length
  return { member: toMember(row), activeOwners }
}

export interface MemberFields {
  readonly role: Role
  readonly functions: readonly string[]
  readonly isActive: boolean
}

export async function changeMember(
  db: Db,
  workspaceId: string,
  memberId: string,
  fields: MemberFields,
): Promise<Member> {
  const row = await db
    .updateTable('members')
    .set({ role: fields.role, functions: [...fields.functions], is_active: fields.isActive })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return toMember(row)
}

export async function changeAvailability(
  db: Db,
  workspaceId: string,
  memberId: string,
  { isAvailable, awayUntil }: { readonly isAvailable: boolean; readonly awayUntil: Date | null },
): Promise<void> {
  await db
    .updateTable('members')
    .set({ is_available: isAvailable, away_until: awayUntil })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .execute()
}

/** Everybody, also those who left; at most 2,000. */
export async function allMembers(db: Db, workspaceId: string): Promise<Member[]> {
  const rows = await members(db, workspaceId)
    .orderBy('is_active', 'desc')
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(2_000)
    .execute()
  return rows.map(toMember)
}

export async function memberById(db: Db, workspaceId: string, memberId: string): Promise<Member | null> {
  const row = await members(db, workspaceId).where('id', '=', memberId).executeTakeFirst()
  return row === undefined ? null : toMember(row)
}

/** Members that were given cases by themselves just now. */
export async function noteGiven(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
  at: Date,
): Promise<void> {
  await sql`update members set last_given_at = ${at} where workspace_id = ${workspaceId}
    and id = any(${memberIds}::uuid[])`.execute(db)
}

export async function activeMemberByEmail(
  db: Db,
  workspaceId: string,
  email: string,
): Promise<Member | null> {
  const row = await members(db, workspaceId)
    .where('email', '=', email)
    .where('is_active', '=', true)
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : toMember(row)
}

const columns = [
  'id',
  'name',
  'email',
  'role',
  'functions',
  'is_active',
  sql<boolean>`is_available or coalesce(away_until <= now(), false)`.as('is_available'),
  sql<Date | null>`case when not is_available and away_until > now() then away_until end`.as('away_until'),
  'last_seen_at',
] as const

function members(db: Db, workspaceId: string) {
  return db.selectFrom('members').select(columns).where('workspace_id', '=', workspaceId)
}

interface MemberRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly functions: readonly string[]
  readonly is_active: boolean
  readonly is_available: boolean
  readonly away_until: Date | null
  readonly last_seen_at: Date | null
}

function toMember(row: MemberRow): Member {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: Role.parse(row.role),
    functions: [...row.functions],
    isActive: row.is_active,
    isAvailable: row.is_available,
    awayUntil: row.away_until?.toISOString() ?? null,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  }
}
