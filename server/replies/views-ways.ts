import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'
import type { Way } from './views.ts'

const mostWays = 12

/**
 * Other places where the person of a case wrote to an account of ours: they chose these, so we may answer there. The
 * latest first, without the one where they last spoke in this case.
 */
export async function otherWays(
  db: Db,
  workspaceId: string,
  of: { readonly personId: string; readonly without: Partial<Way> },
): Promise<readonly Way[]> {
  const found = await sql<Way>`
    select e.identity_id as "identityId", e.presence_id as "presenceId" from (
      select e.identity_id, e.presence_id, max(e.published_at) as last_at from engagements e
      where e.workspace_id = ${workspaceId} and e.person_id = ${of.personId} and e.direction = 'in'
        and e.deleted_at is null and e.type = 'Create' and e.kind not in ('Call', 'Visit', 'Letter', 'Event')
        and e.identity_id is not null and e.presence_id is not null and e.channel <> 'web'
        and (e.identity_id, e.presence_id) is distinct from
          (${of.without.identityId ?? null}::uuid, ${of.without.presenceId ?? null}::uuid)
      group by e.identity_id, e.presence_id) e
    order by e.last_at desc limit ${mostWays}`.execute(db)
  return found.rows
}

export interface PresenceInThread {
  readonly presenceId: string
  readonly channel: string
  readonly connector: string | null
}

/** Accounts of ours that are met in the thread of a case; at most 20. */
export async function presencesOfThread(
  db: Db,
  workspaceId: string,
  caseId: string,
): Promise<readonly PresenceInThread[]> {
  const found = await sql<PresenceInThread>`
    select p.id as "presenceId", p.channel, p.connector from presences p
    where p.workspace_id = ${workspaceId} and p.id in (
      select e.presence_id from cases c
      join engagements e on e.workspace_id = c.workspace_id and e.thread_id = c.thread_id
      where c.workspace_id = ${workspaceId} and c.id = ${caseId})
    order by p.id limit 20`.execute(db)
  return found.rows
}
