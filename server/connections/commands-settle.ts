import type { EngagementInput, MediaReference } from '../../contract/engagement.ts'
import type { Attachment } from '../../channels/channel.ts'
import type { Manifest } from '../../channels/manifest.ts'
import { acceptWithin } from '../engagements/index.ts'
import { inScope, systemScope, type Db } from '../platform/db/scope.ts'
import { attachmentId } from './attachment-id.ts'
import { forgetTold } from './commands-forget.ts'
import type { ConnectionParts, StoredConnection } from './connection.ts'
import {
  addAttachments,
  addConsents,
  addMeanings,
  addReceipts,
  countUnknowns,
  type MeaningRow,
  type NewAttachment,
} from './store-meanings.ts'
import { dropRaw, type QueuedRaw } from './store-raw.ts'
import { safeName, safeType, withMedia, type Meaning } from './understand.ts'

/** A raw event and what it means. */
export interface Read {
  readonly raw: QueuedRaw
  readonly meaning: Meaning
}

interface ReadWithFiles extends Read {
  readonly files: readonly NewAttachment[]
}

interface Taken {
  readonly taken: readonly ReadWithFiles[]
  readonly manifest: Manifest
  readonly now: Date
}

const mostBytes = 50 * 1024 * 1024

/** Lets raw events take effect, all of it in one transaction with their leaving the queue. */
export async function settle(
  parts: ConnectionParts,
  connection: StoredConnection,
  manifest: Manifest,
  reads: readonly Read[],
): Promise<void> {
  if (reads.length === 0) return
  const { platform } = parts
  const { workspaceId, id: connectionId } = connection
  const withFiles: ReadWithFiles[] = []
  for (const read of reads) withFiles.push(await storeFiles(parts, connection, manifest, read))
  const now = new Date(platform.clock.now())
  await inScope(platform.database, systemScope(workspaceId), async (db) => {
    const ids = reads.map(({ raw }) => raw.id)
    const queued = await dropRaw(db, workspaceId, { connectionId, ids })
    const taken = withFiles.filter(({ raw }) => queued.has(raw.id))
    await addAttachments(
      db,
      workspaceId,
      taken.flatMap((read) => read.files),
      now,
    )
    await acceptAll(parts, db, connection, { taken, manifest, now })
    await addMeanings(
      db,
      workspaceId,
      taken.flatMap((read) => meaningsOf(connectionId, read)),
    )
    const meanings = taken.map(({ meaning }) => meaning)
    await forgetTold(db, workspaceId, { connectionId, source: manifest.source, meanings, now })
    await noteRest(parts, db, connection, { taken, manifest, now })
  })
}

async function acceptAll(
  parts: ConnectionParts,
  db: Db,
  connection: StoredConnection,
  { taken, manifest, now }: Taken,
): Promise<void> {
  for (const via of ['connector', 'backfill'] as const) {
    const inputs = taken
      .filter(({ raw }) => raw.isHistorical === (via === 'backfill'))
      .flatMap((read) => read.meaning.activities.map((activity) => referring(parts, read, activity)))
      .map((activity) => heardBy(connection, manifest, activity))
    if (inputs.length > 0) await acceptWithin(db, connection.workspaceId, inputs, { via, now })
  }
}

/** Belongs to the account that heard it, unless the channel names another or hands on what was said elsewhere. */
function heardBy(
  { account, presenceId }: StoredConnection,
  manifest: Manifest,
  activity: EngagementInput,
): EngagementInput {
  const isElsewhere = (activity.channel ?? activity.source) !== manifest.channel
  if (activity.presence !== undefined || isElsewhere || account === null || presenceId === null)
    return activity
  return { ...activity, presence: account.handle }
}

function referring(
  { platform }: ConnectionParts,
  { files }: ReadWithFiles,
  activity: EngagementInput,
): EngagementInput {
  const references = files
    .filter((file) => file.externalId === activity.externalId && activity.type !== 'Delete')
    .map((file): MediaReference => ({
      url: `${platform.publicUrl}/api/v1/attachments/${file.id}`,
      mediaType: file.mediaType.slice(0, 127),
      alt: file.name,
    }))
  return withMedia(activity, references)
}

function meaningsOf(connectionId: string, { raw, meaning }: ReadWithFiles): readonly MeaningRow[] {
  const rows = new Map<string, MeaningRow>()
  for (const { source, externalId, type } of meaning.activities) {
    const key = `${source} ${externalId}`
    const isDeletion = type === 'Delete' || rows.get(key)?.isDeletion === true
    rows.set(key, { source, externalId, eventId: raw.id, connectionId, isDeletion })
  }
  return [...rows.values()]
}

async function noteRest(
  { hooks }: ConnectionParts,
  db: Db,
  { workspaceId, id: connectionId }: StoredConnection,
  {
    taken,
    manifest,
    now,
  }: { readonly taken: readonly Read[]; readonly manifest: Manifest; readonly now: Date },
): Promise<void> {
  const receipts = taken.flatMap(({ meaning }) => meaning.receipts ?? [])
  if (receipts.length > 0) {
    await addReceipts(db, workspaceId, connectionId, receipts)
    await hooks.onReceipts(db, workspaceId, { connectionId, source: manifest.source, receipts })
  }
  const consents = taken.flatMap(({ meaning }) => meaning.consents ?? [])
  await addConsents(db, workspaceId, connectionId, consents)
  const answers = taken.flatMap(({ meaning }) => meaning.mailedAnswers ?? [])
  if (answers.length > 0) await hooks.onMailedAnswers?.(db, workspaceId, { connectionId, answers })
  await countUnknowns(db, workspaceId, connectionId, { unknowns: unknownsOf(taken), at: now })
}

function unknownsOf(taken: readonly Read[]) {
  const counts = new Map<string, { readonly count: number; readonly eventId: string }>()
  for (const { raw, meaning } of taken) {
    for (const kind of meaning.unknown ?? []) {
      const name = kind.slice(0, 200)
      counts.set(name, { count: (counts.get(name)?.count ?? 0) + 1, eventId: raw.id })
    }
  }
  return [...counts].map(([kind, counted]) => ({ kind, ...counted }))
}

/** Writes attachments before the transaction, under names that are the same each time: a crash in between doubles none. */
async function storeFiles(
  { platform }: ConnectionParts,
  { id: connectionId }: StoredConnection,
  manifest: Manifest,
  read: Read,
): Promise<ReadWithFiles> {
  const files: NewAttachment[] = []
  for (const [index, attachment] of (read.meaning.attachments ?? []).entries()) {
    const id = attachmentId(read.raw.id, index)
    const bytes = await platform.files.write(`attachments/${id}`, once(attachment.bytes), mostBytes)
    files.push({
      ...described(attachment),
      id,
      connectionId,
      eventId: read.raw.id,
      bytes,
      source: manifest.source,
    })
  }
  return { ...read, files }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function described(attachment: Attachment): Pick<NewAttachment, 'externalId' | 'name' | 'mediaType'> {
  return {
    externalId: attachment.externalId,
    name: safeName(attachment.name),
    mediaType: safeType(attachment),
  }
}
