import { insertRows } from '../platform/db/rows.ts'
import type { Batch, Passing } from './batch.ts'

/** Stores the new engagements of a batch with everything that the stages found out. */
export async function storePassing(batch: Batch): Promise<void> {
  await insertRows(
    batch.db,
    'engagements',
    batch.passing.map((item) => toRow(batch.workspaceId, item)),
  )
}

function toRow(workspaceId: string, item: Passing) {
  const { input, reading } = item
  return {
    workspace_id: workspaceId,
    id: item.id,
    arrival_id: item.arrivalId,
    source: input.source,
    external_id: input.externalId,
    type: input.type,
    kind: input.kind,
    channel: item.channel,
    direction: input.direction,
    visibility: input.visibility,
    presence_id: item.presenceId,
    identity_id: item.identityId,
    person_id: item.personId,
    member_id: item.memberId,
    author_name: input.author.name ?? input.author.handle ?? input.author.externalId,
    author_handle: input.author.handle ?? null,
    thread_id: item.threadId,
    parent_id: item.parentId,
    parent_external_id: input.parentExternalId ?? null,
    subject: input.subject ?? null,
    text: input.text,
    language: languageOf(item),
    sentiment: reading?.sentiment ?? null,
    sentiment_probability: reading?.probability ?? null,
    is_sentiment_unsure: reading?.abstain ?? false,
    labels: reading?.labels ?? [],
    mentions: input.mentions,
    media: input.media,
    is_automatic: input.automatic,
    is_historical: item.isHistorical,
    version: 1,
    published_at: item.at,
    received_at: item.receivedAt,
    case_id: item.caseId,
    import_id: item.importId,
  }
}

/** What the reader heard; where it could not say, what the source says. */
function languageOf({ input, reading }: Passing): string {
  if (reading !== null && reading.language !== 'und') return reading.language
  return input.language ?? 'und'
}
