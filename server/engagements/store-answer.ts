import type { EngagementInput } from '../../contract/engagement.ts'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import { activityKey } from './activity-key.ts'
import { addArrivals } from './store.ts'

/** An answer that a member wrote here: everything that the loop would find out about it is known. */
export interface OwnAnswer {
  readonly id: string
  readonly input: EngagementInput
  readonly channel: string
  readonly memberId: string | null
  readonly authorName: string
  readonly presenceId: string | null
  readonly threadId: string
  readonly parentId: string | null
  /** Null where it belongs to none. */
  readonly caseId: string | null
  readonly at: Date
}

/**
 * Stores an answer of ours as an engagement at once, with its raw form. It does not wait for the loop, since the desk
 * shows it from this commit on.
 */
export async function addOwnAnswer(db: Db, workspaceId: string, answer: OwnAnswer): Promise<void> {
  const { id, input, memberId, at } = answer
  const { source } = input
  const arrival = {
    id,
    source,
    activityKey: activityKey(input),
    via: 'reply' as const,
    importId: null,
    memberId,
  }
  await addArrivals(db, workspaceId, [{ ...arrival, receivedAt: at, publishedAt: at, body: input }], null)
  await insertRows(db, 'engagements', [toRow(workspaceId, answer)])
}

function toRow(workspaceId: string, answer: OwnAnswer) {
  const { id, input, at } = answer
  return {
    workspace_id: workspaceId,
    id,
    arrival_id: id,
    source: input.source,
    external_id: input.externalId,
    type: input.type,
    kind: input.kind,
    channel: answer.channel,
    direction: 'out',
    visibility: input.visibility,
    presence_id: answer.presenceId,
    member_id: answer.memberId,
    author_name: answer.authorName,
    author_handle: input.author.handle ?? null,
    thread_id: answer.threadId,
    parent_id: answer.parentId,
    parent_external_id: input.parentExternalId ?? null,
    subject: input.subject ?? null,
    text: input.text,
    language: 'und',
    is_sentiment_unsure: false,
    labels: [],
    mentions: input.mentions,
    media: input.media,
    is_automatic: false,
    is_historical: false,
    version: 1,
    published_at: at,
    received_at: at,
    case_id: answer.caseId,
  }
}
