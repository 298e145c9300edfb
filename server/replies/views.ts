import { sql } from 'kysely'
import type { Db } from '../platform/db/scope.ts'
import type { AnswerFacts, Parent } from './plan-answer.ts'
import {
  answerable,
  heardFacts,
  identityOfWords,
  parentColumns,
  toParent,
  type ParentRow,
} from './views-heard.ts'

export interface AnswerContext extends AnswerFacts {
  readonly personId: string
  readonly threadId: string
  readonly presenceId: string | null
  readonly connector: string | null
  readonly identityId: string | null
  /** The answer goes another way than the last words in this case came. */
  readonly isAnotherWay: boolean
}

/** Another way to the same person: as they are known there, through an account of ours there. */
export interface Way {
  readonly identityId: string
  readonly presenceId: string
}

interface CaseRow {
  readonly person_id: string
  readonly thread_id: string
  readonly presence_id: string | null
  readonly channel: string
  readonly conversation_id: string | null
  readonly email: string | null
}

/**
 * What an answer in a case would stand in: our account, what it answers, what was said before, the person's page.
 * Without a way of its own it goes where the person last spoke in the case. Null where there is no such case or way.
 */
export async function answerContext(
  db: Db,
  workspaceId: string,
  caseId: string,
  way: Way | null = null,
): Promise<AnswerContext | null> {
  const row = await caseRow(db, workspaceId, caseId)
  if (row === null) return null
  const words =
    way === null
      ? await lastWords(db, workspaceId, { caseId, personId: row.person_id, threadId: row.thread_id })
      : await wordsThere(db, workspaceId, row.person_id, way)
  if (way !== null && words === undefined) return null
  const presenceId = words?.presence_id ?? row.presence_id
  const account = await accountOf(db, workspaceId, presenceId)
  const parent = toParent(words)
  const identityId = words?.identity_id ?? null
  const between = {
    personId: row.person_id,
    identityId,
    presenceId,
    parentId: parent?.id ?? (await lastGone(db, workspaceId, caseId)),
    threadId: words?.thread_id ?? row.thread_id,
    ownId: null,
  }
  return {
    personId: row.person_id,
    threadId: row.thread_id,
    presenceId,
    identityId,
    isAnotherWay: way !== null,
    connector: account?.connector ?? null,
    channel: words?.channel ?? account?.channel ?? row.channel,
    presence: account?.handle ?? null,
    parent,
    addresses: parent?.addresses ?? [],
    heard: await heardFacts(db, workspaceId, between),
    conversation:
      row.conversation_id === null || way !== null ? null : { id: row.conversation_id, email: row.email },
  }
}

async function caseRow(db: Db, workspaceId: string, caseId: string): Promise<CaseRow | null> {
  const found = await sql<CaseRow>`
    select c.person_id, c.thread_id, c.presence_id, c.channel, w.id as conversation_id, w.email
    from cases c
    left join lateral (
      select w.id, w.email from thread_names n
      join web_conversations w on w.workspace_id = n.workspace_id and w.thread_external_id = n.external_id
      join identities i on i.workspace_id = w.workspace_id and i.source = 'web'
        and i.external_id = w.identity_external_id and i.person_id = c.person_id
      where n.workspace_id = c.workspace_id and n.thread_id = c.thread_id and n.source = 'web'
      order by w.created_at desc limit 1) w on true
    where c.workspace_id = ${workspaceId} and c.id = ${caseId}`.execute(db)
  return found.rows[0] ?? null
}

export interface PresenceAccount {
  readonly handle: string
  readonly channel: string
  readonly connector: string | null
}

export async function accountOf(
  db: Db,
  workspaceId: string,
  presenceId: string | null,
): Promise<PresenceAccount | null> {
  if (presenceId === null) return null
  const row = await db
    .selectFrom('presences')
    .select(['handle', 'channel', 'connector'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', presenceId)
    .executeTakeFirst()
  return row ?? null
}

async function lastWords(
  db: Db,
  workspaceId: string,
  of: { readonly caseId: string; readonly personId: string; readonly threadId: string },
): Promise<ParentRow | undefined> {
  const found = await sql<ParentRow>`
    select ${parentColumns} from engagements e ${identityOfWords}
    where e.workspace_id = ${workspaceId} and e.thread_id = ${of.threadId} and e.case_id = ${of.caseId}
      and e.person_id = ${of.personId} and ${answerable}
    order by e.published_at desc, e.id desc limit 1`.execute(db)
  return found.rows[0]
}

/** What the person last said to that account of ours, as they are known there. */
async function wordsThere(
  db: Db,
  workspaceId: string,
  personId: string,
  way: Way,
): Promise<ParentRow | undefined> {
  const found = await sql<ParentRow>`
    select ${parentColumns} from engagements e ${identityOfWords}
    where e.workspace_id = ${workspaceId} and e.person_id = ${personId} and e.identity_id = ${way.identityId}
      and e.presence_id = ${way.presenceId} and ${answerable}
    order by e.published_at desc, e.id desc limit 1`.execute(db)
  return found.rows[0]
}

/** Where everything that could be answered was deleted: the last of it. */
async function lastGone(db: Db, workspaceId: string, caseId: string): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select e.id from cases c
    join engagements e on e.workspace_id = c.workspace_id and e.thread_id = c.thread_id and e.case_id = c.id
    where c.workspace_id = ${workspaceId} and c.id = ${caseId} and e.direction = 'in' and e.deleted_at is not null
    order by e.published_at desc limit 1`.execute(db)
  return found.rows[0]?.id ?? null
}

/** What an answer was written to stays what it answers, whatever came since. */
export async function parentById(
  db: Db,
  workspaceId: string,
  id: string | null,
): Promise<{ readonly parent: Parent; readonly row: ParentRow } | null> {
  if (id === null) return null
  const found = await sql<ParentRow>`select ${parentColumns} from engagements e ${identityOfWords}
    where e.workspace_id = ${workspaceId} and e.id = ${id}`.execute(db)
  const row = found.rows[0]
  const parent = toParent(row)
  return row === undefined || parent === null ? null : { parent, row }
}

/** Whether somebody else said something in the thread after what the writer saw: the person, or a colleague. */
export async function hasNewer(
  db: Db,
  workspaceId: string,
  seen: {
    readonly threadId: string
    readonly engagementId: string | null
    readonly memberId: string | null
  },
): Promise<boolean> {
  const { threadId, engagementId, memberId } = seen
  const found = await sql`
    select 1 from engagements e
    left join engagements s on s.workspace_id = e.workspace_id and s.id = ${engagementId}::uuid
      and s.thread_id = e.thread_id
    where e.workspace_id = ${workspaceId} and e.thread_id = ${threadId}
      and not e.is_automatic and e.deleted_at is null
      and (e.direction = 'in' or e.member_id is distinct from ${memberId}::uuid)
      and (s.id is null or (e.published_at, e.id) > (s.published_at, s.id))
    limit 1`.execute(db)
  return found.rows.length > 0
}
