import { Role } from '../../../contract/policy.ts'
import type { Invitation } from '../../../contract/workspace.ts'
import type { Db } from '../../platform/db/scope.ts'

export interface NewInvitation {
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly functions: readonly string[]
  readonly tokenHash: Buffer
  readonly invitedBy: string
  readonly expiresAt: Date
}

export async function addInvitation(
  db: Db,
  workspaceId: string,
  invitation: NewInvitation,
  now: Date,
): Promise<void> {
  await db
    .insertInto('invitations')
    .values({
      workspace_id: workspaceId,
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      functions: [...invitation.functions],
      token_hash: invitation.tokenHash,
      invited_by: invitation.invitedBy,
      expires_at: invitation.expiresAt,
      created_at: now,
    })
    .execute()
}

export async function openInvitations(db: Db, workspaceId: string, now: Date): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('invitations as i')
    .leftJoin('members as m', (join) =>
      join.onRef('m.workspace_id', '=', 'i.workspace_id').onRef('m.id', '=', 'i.invited_by'),
    )
    .select(['i.id', 'i.email', 'i.role', 'i.functions', 'i.expires_at', 'm.name'])
    .where('i.workspace_id', '=', workspaceId)
    .where('i.accepted_at', 'is', null)
    .where('i.expires_at', '>', now)
    .orderBy('i.created_at', 'desc')
    .orderBy('i.id', 'desc')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: Role.parse(row.role),
    functions: [...row.functions],
    expiresAt: row.expires_at.toISOString(),
    invitedBy: row.name ?? '',
  }))
}

/** Takes back what is open for an address: a new invitation replaces the one before. */
export async function removeInvitationsFor(db: Db, workspaceId: string, email: string): Promise<void> {
  await db
    .deleteFrom('invitations')
    .where('workspace_id', '=', workspaceId)
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .execute()
}

/** Takes back what a member offered, once they may no longer offer it. */
export async function removeInvitationsBy(db: Db, workspaceId: string, memberId: string): Promise<void> {
  await db
    .deleteFrom('invitations')
    .where('workspace_id', '=', workspaceId)
    .where('invited_by', '=', memberId)
    .where('accepted_at', 'is', null)
    .execute()
}

export interface InvitationTaken {
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly functions: readonly string[]
}

export async function removeInvitation(
  db: Db,
  workspaceId: string,
  invitationId: string,
): Promise<InvitationTaken | null> {
  const row = await db
    .deleteFrom('invitations')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', invitationId)
    .where('accepted_at', 'is', null)
    .returning(['id', 'email', 'role', 'functions'])
    .executeTakeFirst()
  return row === undefined ? null : { ...row, role: Role.parse(row.role) }
}

/** Uses an invitation up; null where it was used, taken back or ran out meanwhile. */
export async function spendInvitation(
  db: Db,
  workspaceId: string,
  invitationId: string,
  now: Date,
): Promise<InvitationTaken | null> {
  const row = await db
    .updateTable('invitations')
    .set({ accepted_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', invitationId)
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['id', 'email', 'role', 'functions'])
    .executeTakeFirst()
  return row === undefined ? null : { ...row, role: Role.parse(row.role) }
}
