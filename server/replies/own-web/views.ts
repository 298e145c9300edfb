import { sql } from 'kysely'
import type { PublicConversation } from '../../../contract/own-web.ts'
import type { Db } from '../../platform/db/scope.ts'

export interface FormFacts {
  readonly slug: string
  readonly company: string
  readonly greeting: string
  readonly isOpen: boolean
}

export async function formFacts(db: Db, workspaceId: string): Promise<FormFacts | null> {
  const found = await sql<FormFacts>`
    select slug, name as company, coalesce(contact_form ->> 'greeting', '') as greeting,
      coalesce((contact_form ->> 'isOpen')::boolean, false) as "isOpen"
    from workspaces where id = ${workspaceId}`.execute(db)
  return found.rows[0] ?? null
}

interface MessageRow {
  readonly id: string
  readonly is_ours: boolean
  readonly author: string
  readonly text: string
  readonly at: Date
}

const most = 500

export interface ConversationView extends Omit<PublicConversation, 'survey'> {
  readonly survey: { readonly id: string; readonly isAnswered: boolean } | null
}

/**
 * A conversation as the person outside sees it: what they wrote on this page, at once, and the answers that were sent to
 * this page. Both are named one by one, so that nothing else of the thread can ever show. The newest 500 messages.
 */
export async function conversationView(
  db: Db,
  workspaceId: string,
  conversationId: string,
): Promise<ConversationView | null> {
  const facts = await sql<{ company: string; name: string }>`
    select ws.name as company, w.name from web_conversations w join workspaces ws on ws.id = w.workspace_id
    where w.workspace_id = ${workspaceId} and w.id = ${conversationId}`.execute(db)
  const known = facts.rows[0]
  if (known === undefined) return null
  const found = await sql<MessageRow>`
    select * from (
      select m.arrival_id as id, false as is_ours, '' as author, coalesce(e.text, a.body ->> 'text') as text, m.at
      from web_messages m
      join arrivals a on a.workspace_id = m.workspace_id and a.id = m.arrival_id
      left join engagements e on e.workspace_id = m.workspace_id and e.id = m.arrival_id
      where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and e.deleted_at is null
      union all
      select e.id, true, e.author_name, e.text, e.published_at
      from ${answersOf(workspaceId, conversationId)}
      where e.deleted_at is null
      order by at desc, id desc limit ${most}) newest
    order by at, id`.execute(db)
  return {
    company: known.company,
    name: known.name,
    messages: found.rows.map((row) => ({
      id: row.id,
      from: row.is_ours ? 'us' : 'you',
      author: row.is_ours ? row.author : known.name,
      text: row.text,
      at: row.at.toISOString(),
    })),
    survey: await surveyOf(db, workspaceId, conversationId),
  }
}

/** Our answers that were sent to this page, and to this person. */
function answersOf(workspaceId: string, conversationId: string) {
  return sql`web_conversations w
      join thread_names n on n.workspace_id = w.workspace_id and n.source = 'web'
        and n.external_id = w.thread_external_id
      join identities i on i.workspace_id = w.workspace_id and i.source = 'web'
        and i.external_id = w.identity_external_id
      join cases c on c.workspace_id = w.workspace_id and c.thread_id = n.thread_id and c.person_id = i.person_id
      join outbox o on o.workspace_id = w.workspace_id and o.case_id = c.id and o.purpose = 'answer'
        and o.connector = 'web' and o.state = 'sent'
      join engagements e on e.workspace_id = o.workspace_id and e.id = o.engagement_id
        and w.workspace_id = ${workspaceId} and w.id = ${conversationId}`
}

/** The question after an exchange, while the case is resolved. */
async function surveyOf(
  db: Db,
  workspaceId: string,
  conversationId: string,
): Promise<ConversationView['survey']> {
  const found = await sql<{ id: string; is_answered: boolean }>`
    select s.id, s.answered_at is not null as is_answered from web_conversations w
    join thread_names n on n.workspace_id = w.workspace_id and n.source = 'web'
      and n.external_id = w.thread_external_id
    join cases c on c.workspace_id = w.workspace_id and c.thread_id = n.thread_id and c.status = 'resolved'
    join surveys s on s.workspace_id = c.workspace_id and s.case_id = c.id
    join identities i on i.workspace_id = w.workspace_id and i.source = 'web'
      and i.external_id = w.identity_external_id and i.person_id = c.person_id
    where w.workspace_id = ${workspaceId} and w.id = ${conversationId}
    order by s.asked_at desc limit 1`.execute(db)
  const row = found.rows[0]
  return row === undefined ? null : { id: row.id, isAnswered: row.is_answered }
}

/** Differs whenever the page would: asked often, so it only counts. */
export async function conversationStamp(
  db: Db,
  workspaceId: string,
  conversationId: string,
): Promise<string> {
  const found = await sql<{ stamp: string }>`
    select concat_ws(' ',
      (select count(*) from web_messages m
        where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId}),
      (select concat_ws(' ', count(*), max(e.edited_at), max(e.deleted_at))
        from ${answersOf(workspaceId, conversationId)})) as stamp`.execute(db)
  const survey = await surveyOf(db, workspaceId, conversationId)
  return `${found.rows[0]?.stamp ?? ''} ${survey?.id ?? ''} ${String(survey?.isAnswered ?? '')}`
}
