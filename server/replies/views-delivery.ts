import { sql } from 'kysely'
import { Visibility } from '../../contract/engagement.ts'
import { FilledTemplate } from '../../contract/message-template.ts'
import type { Db } from '../platform/db/scope.ts'
import { actOfPurpose, type AnswerFacts, type Purpose } from './plan-answer.ts'
import { heardFacts } from './views-heard.ts'
import { accountOf, parentById } from './views.ts'

/** Everything that one row of the outbox needs to leave. */
export interface Delivery {
  readonly outboxId: string
  readonly purpose: Purpose
  readonly text: string
  readonly template: FilledTemplate | null
  /** Files that leave with it. */
  readonly files: number
  readonly visibility: Visibility
  readonly speaker: string
  readonly company: string
  readonly account: {
    readonly presenceId: string | null
    readonly channel: string
    readonly connector: string | null
  }
  readonly facts: AnswerFacts
  readonly earlierExternalIds: readonly string[]
  /** The network's names of words of ours, the first part's first. */
  readonly ownExternalIds: readonly string[]
  readonly page: { readonly name: string; readonly tokenHash: Buffer } | null
}

interface DeliveryRow {
  readonly purpose: string
  readonly id: string
  readonly text: string
  readonly template: unknown
  readonly files: number
  readonly visibility: string
  readonly channel: string
  readonly author_name: string
  readonly company: string
  readonly parent_id: string | null
  readonly presence_id: string | null
  readonly thread_id: string
  readonly person_id: string | null
  readonly earlier: readonly string[]
  readonly own: readonly string[]
  readonly conversation_id: string | null
  readonly page_name: string | null
  readonly email: string | null
  readonly token_hash: Buffer | null
}

const mostEarlier = 40

export async function deliveryOf(db: Db, workspaceId: string, outboxId: string): Promise<Delivery | null> {
  const row = await readRow(db, workspaceId, outboxId)
  if (row === undefined) return null
  const account = await accountOf(db, workspaceId, row.presence_id)
  const above = await parentById(db, workspaceId, row.parent_id)
  const heard = await heardFacts(db, workspaceId, {
    personId: row.person_id,
    identityId: above?.row.identity_id ?? null,
    presenceId: row.presence_id,
    parentId: row.parent_id,
    threadId: above?.row.thread_id ?? row.thread_id,
    ownId: row.id,
  })
  const { conversation_id: id, email, token_hash: tokenHash, page_name: name } = row
  return {
    outboxId,
    purpose: purposeOf(row.purpose),
    text: row.text,
    template: FilledTemplate.nullable().parse(row.template),
    files: row.files,
    visibility: Visibility.parse(row.visibility),
    speaker: row.author_name,
    company: row.company,
    account: {
      presenceId: row.presence_id,
      channel: row.channel,
      connector: account?.connector ?? null,
    },
    facts: {
      channel: row.channel,
      presence: account?.handle ?? null,
      parent: above?.parent ?? null,
      addresses: above?.parent.addresses ?? [],
      heard,
      conversation: id === null ? null : { id, email },
    },
    earlierExternalIds: row.earlier,
    ownExternalIds: row.own,
    page: tokenHash === null || name === null ? null : { name, tokenHash },
  }
}

async function readRow(db: Db, workspaceId: string, outboxId: string): Promise<DeliveryRow | undefined> {
  const found = await sql<DeliveryRow>`
    select o.purpose, e.id, coalesce(o.text, e.text) as text, o.template, o.files, e.visibility, e.channel, e.author_name, e.parent_id,
      e.presence_id, e.thread_id, c.person_id, ws.name as company,
      w.id as conversation_id, w.name as page_name, w.email, w.token_hash,
      array(select b.external_id from engagements b where b.workspace_id = e.workspace_id
        and b.thread_id = coalesce(p.thread_id, e.thread_id) and b.source = e.source
        and b.published_at < e.published_at
        order by b.published_at, b.id limit ${mostEarlier}) as earlier,
      array(select e.external_id union all (select n.external_id from external_names n
        where n.workspace_id = e.workspace_id and n.engagement_id = e.id order by n.position)) as own
    from outbox o
    join engagements e on e.workspace_id = o.workspace_id and e.id = o.engagement_id
    join workspaces ws on ws.id = o.workspace_id
    left join engagements p on p.workspace_id = e.workspace_id and p.id = e.parent_id
    left join cases c on c.workspace_id = o.workspace_id and c.id = o.case_id
    left join thread_names n on n.workspace_id = e.workspace_id and n.thread_id = e.thread_id and n.source = 'web'
    left join web_conversations w on w.workspace_id = n.workspace_id and w.thread_external_id = n.external_id
    where o.workspace_id = ${workspaceId} and o.id = ${outboxId} limit 1`.execute(db)
  return found.rows[0]
}

function purposeOf(text: string): Purpose {
  if (!(text in actOfPurpose)) throw new Error(`an outbox row with the purpose ${text}`)
  return text as Purpose
}
