import { sql } from 'kysely'
import { Role } from '../../contract/policy.ts'
import type { Db } from '../platform/db/scope.ts'

/** A member whom something told here has not reached. */
export interface Unheard {
  readonly notificationId: string
  readonly said: string
  readonly memberId: string
  readonly memberName: string
  readonly email: string
  readonly role: Role
  readonly caseId: string
  readonly caseNumber: number
  readonly personName: string
  readonly words: string
  readonly seenEngagementId: string
  readonly company: string
  readonly presenceId: string | null
}

/** No member gets more mails of this kind in an hour, whatever happens. */
const mostAnHour = 20

/** What was told members who have not looked for a while, and was not mailed yet; oldest first, at most 100. */
export async function unheardOf(
  db: Db,
  workspaceId: string,
  when: { readonly after: Date; readonly before: Date; readonly awaySince: Date; readonly hourAgo: Date },
): Promise<readonly Unheard[]> {
  const found = await sql<Omit<Unheard, 'role'> & { readonly role: string }>`
    select n.id as "notificationId", n.text as said, m.id as "memberId", m.name as "memberName", m.email, m.role,
      c.id as "caseId", c.number as "caseNumber", p.name as "personName", e.text as words,
      e.id as "seenEngagementId", ws.name as company, c.presence_id as "presenceId"
    from notifications n
    join workspaces ws on ws.id = n.workspace_id
    join members m on m.workspace_id = n.workspace_id and m.id = n.member_id
    join cases c on c.workspace_id = n.workspace_id and c.id = n.case_id
    join persons p on p.workspace_id = c.workspace_id and p.id = c.person_id
    join lateral (
      select e.id, e.text from engagements e where e.workspace_id = c.workspace_id and e.thread_id = c.thread_id
        and e.direction = 'in' and e.deleted_at is null
      order by e.published_at desc, e.id desc limit 1) e on true
    where n.workspace_id = ${workspaceId} and n.read_at is null and n.kind in ('assigned', 'handed-over', 'mention')
      and n.at > ${when.after} and n.at <= ${when.before}
      and m.is_active and (m.last_seen_at is null or m.last_seen_at < ${when.awaySince})
      and c.status <> 'resolved'
      and not exists (select 1 from mail_asks a where a.workspace_id = n.workspace_id and a.notification_id = n.id)
      and (select count(*) from mail_asks a where a.workspace_id = n.workspace_id and a.member_id = n.member_id
        and a.asked_at > ${when.hourAgo}) < ${mostAnHour}
    order by n.at, n.id limit 100`.execute(db)
  return found.rows.map((row) => ({ ...row, role: Role.parse(row.role) }))
}

/** Presences whose connection can carry a question to a member and the answer back; the case's own first. */
export async function askingPresences(
  db: Db,
  workspaceId: string,
  asked: { readonly channels: readonly string[]; readonly presenceId: string | null },
): Promise<readonly string[]> {
  const found = await sql<{ presence_id: string }>`
    select c.presence_id from connections c
    where c.workspace_id = ${workspaceId} and c.channel = any(${asked.channels}::text[]) and c.presence_id is not null
      and c.disconnected_at is null and not c.is_paused and c.trouble is null
    order by c.presence_id is distinct from ${asked.presenceId}::uuid, c.created_at, c.id limit 3`.execute(db)
  return found.rows.map((row) => row.presence_id)
}
