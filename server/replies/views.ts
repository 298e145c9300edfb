import { sql } from 'kysely'
import { ObjectKind, Visibility } from '../../contract/engagement.ts'
import type { Db } from '../platform/db/scope.ts'
import type { AnswerFacts, Parent } from './plan-answer.ts'

export interface AnswerContext extends AnswerFacts {
  readonly personId: string
  readonly threadId: string
  readonly presenceId: string | null
  readonly connector: string | null
}

interface ContextRow {
  readonly person_id: string
  readonly thread_id: string
  readonly presence_id: string | null
  readonly channel: string
  readonly handle: string | null
  readonly connector: string | null
  readonly conversation_id: string | null
  readonly email: string | null
}

/** What an answer in a case would stand in: presence, what it answers, the person's page. Null for no such case. */
export async function answerContext(
  db: Db,
  workspaceId: string,
  caseId: string,
): Promise<AnswerContext | null> {
  const found = await sql<ContextRow>`
    select c.person_id, c.thread_id, c.presence_id, c.channel, p.handle, p.connector,
      w.id as conversation_id, w.email
    from cases c
    left join presences p on p.workspace_id = c.workspace_id and p.id = c.presence_id
    left join lateral (
      select w.id, w.email from thread_names n
      join web_conversations w on w.workspace_id = n.workspace_id and w.thread_external_id = n.external_id
      join identities i on i.workspace_id = w.workspace_id and i.source = 'web'
        and i.external_id = w.identity_external_id and i.person_id = c.person_id
      where n.workspace_id = c.workspace_id and n.thread_id = c.thread_id and n.source = 'web'
      order by w.created_at desc limit 1) w on true
    where c.workspace_id = ${workspaceId} and c.id = ${caseId}`.execute(db)
  const row = found.rows[0]
  if (row === undefined) return null
  return {
    personId: row.person_id,
    threadId: row.thread_id,
    presenceId: row.presence_id,
    connector: row.connector,
    channel: row.channel,
    presence: row.handle,
    parent: await parentOf(db, workspaceId, { caseId, personId: row.person_id, threadId: row.thread_id }),
    conversation: row.conversation_id === null ? null : { id: row.conversation_id, email: row.email },
  }
}

interface ParentRow {
  readonly id: string
  readonly source: string
  readonly external_id: string
  readonly kind: string
  readonly visibility: string
  readonly subject: string | null
  readonly addresses: readonly (string | null)[]
}

const parentColumns = sql.raw(`e.id, e.source, e.external_id, e.kind, e.visibility, e.subject,
  array[i.external_id, i.verified_email, i.handle] as addresses`)
const identityOfWords = sql.raw(
  'left join identities i on i.workspace_id = e.workspace_id and i.id = e.identity_id',
)

async function parentOf(
  db: Db,
  workspaceId: string,
  of: { readonly caseId: string; readonly personId: string; readonly threadId: string },
): Promise<Parent | null> {
  const found = await sql<ParentRow>`
    select ${parentColumns} from engagements e ${identityOfWords}
    where e.workspace_id = ${workspaceId} and e.thread_id = ${of.threadId} and e.case_id = ${of.caseId}
      and e.person_id = ${of.personId} and e.direction = 'in' and e.deleted_at is null
    order by e.published_at desc, e.id desc limit 1`.execute(db)
  return toParent(found.rows[0])
}

function toParent(row: ParentRow | undefined): Parent | null {
  if (row === undefined) return null
  return {
    id: row.id,
    source: row.source,
    externalId: row.external_id,
    kind: ObjectKind.parse(row.kind),
    visibility: Visibility.parse(row.visibility),
    subject: row.subject,
    addresses: row.addresses.flatMap((address) => address ?? []),
  }
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

export interface Delivery {
  readonly outboxId: string
  readonly purpose: 'answer' | 'notice'
  readonly text: string
  readonly speaker: string
  readonly company: string
  readonly facts: AnswerFacts
  readonly earlierExternalIds: readonly string[]
  readonly page: { readonly name: string; readonly tokenHash: Buffer } | null
}

interface DeliveryRow {
  readonly purpose: string
  readonly text: string
  readonly author_name: string
  readonly company: string
  readonly case_id: string
  readonly parent_id: string | null
  readonly earlier: readonly string[]
  readonly page_name: string | null
  readonly token_hash: Buffer | null
}

const mostEarlier = 40

/** Everything that one row of the outbox needs to leave. */
export async function deliveryOf(db: Db, workspaceId: string, outboxId: string): Promise<Delivery | null> {
  const found = await sql<DeliveryRow>`
    select o.purpose, o.case_id, e.text, e.author_name, e.parent_id, ws.name as company,
      w.name as page_name, w.token_hash,
      array(select b.external_id from engagements b where b.workspace_id = e.workspace_id
        and b.thread_id = e.thread_id and b.source = e.source and b.published_at < e.published_at
        order by b.published_at, b.id limit ${mostEarlier}) as earlier
    from outbox o
    join engagements e on e.workspace_id = o.workspace_id and e.id = o.engagement_id
    join workspaces ws on ws.id = o.workspace_id
    left join thread_names n on n.workspace_id = e.workspace_id and n.thread_id = e.thread_id and n.source = 'web'
    left join web_conversations w on w.workspace_id = n.workspace_id and w.thread_external_id = n.external_id
    where o.workspace_id = ${workspaceId} and o.id = ${outboxId} limit 1`.execute(db)
  const row = found.rows[0]
  const context = row === undefined ? null : await answerContext(db, workspaceId, row.case_id)
  if (row === undefined || context === null) return null
  return {
    outboxId,
    purpose: row.purpose === 'notice' ? 'notice' : 'answer',
    text: row.text,
    speaker: row.author_name,
    company: row.company,
    facts: { ...context, parent: await parentById(db, workspaceId, row.parent_id) },
    earlierExternalIds: row.earlier,
    page:
      row.token_hash === null || row.page_name === null
        ? null
        : { name: row.page_name, tokenHash: row.token_hash },
  }
}

/** What an answer was written to stays what it answers, whatever came since. */
async function parentById(db: Db, workspaceId: string, id: string | null): Promise<Parent | null> {
  if (id === null) return null
  const found = await sql<ParentRow>`select ${parentColumns} from engagements e ${identityOfWords}
    where e.workspace_id = ${workspaceId} and e.id = ${id}`.execute(db)
  return toParent(found.rows[0])
}
