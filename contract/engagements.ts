import { z } from 'zod'
import { Done, endpoint, Id, Instant } from './endpoint.ts'
import {
  AcceptedItem,
  Direction,
  EngagementInput,
  MediaReference,
  ObjectKind,
  Visibility,
} from './engagement.ts'
import { Label, Reading, Sentiment } from './reading.ts'

/**
 * queued: waits to leave. sending: on its way. sent: the network took it. delivered, read: the network says so. failed:
 * refused, at once or later. unknown: it may have left or not; read back where the network can be asked, never sent
 * again by itself. not-connected: kept here only. cancelled: given up by a member.
 */
export const DeliveryState = z.enum([
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'not-connected',
  'cancelled',
])
export type DeliveryState = z.infer<typeof DeliveryState>

export const Delivery = z.object({
  state: DeliveryState,
  /** A sentence for members, such as the reason of a refusal; may be empty. */
  detail: z.string(),
  /** When it came to stand so. */
  at: Instant,
  /** Not tried again before; null where nothing waits. */
  notBefore: Instant.nullable(),
  /** The mail that tells somebody of an answer on their page did not leave. */
  isNoticeStopped: z.boolean(),
  canRetry: z.boolean(),
  canGiveUp: z.boolean(),
})
export type Delivery = z.infer<typeof Delivery>

const PendingChange = z.object({
  what: z.enum(['edit', 'delete']),
  state: DeliveryState,
  detail: z.string(),
  /** The new words of an edit. */
  text: z.string().nullable(),
  canRetry: z.boolean(),
  canGiveUp: z.boolean(),
})

/** One engagement as the desk, a timeline or a report shows it. */
export const Engagement = z.object({
  id: Id,
  type: z.string(),
  kind: ObjectKind,
  channel: z.string(),
  direction: Direction,
  visibility: Visibility,
  author: z.object({
    name: z.string(),
    handle: z.string().nullable(),
    personId: Id.nullable(),
    memberId: Id.nullable(),
  }),
  presenceId: Id.nullable(),
  threadId: Id,
  parentId: Id.nullable(),
  /** The parent is named but was never captured. */
  isParentMissing: z.boolean(),
  subject: z.string().nullable(),
  text: z.string(),
  language: z.string(),
  sentiment: Sentiment.nullable(),
  isSentimentUnsure: z.boolean(),
  labels: z.array(Label),
  media: z.array(MediaReference),
  publishedAt: Instant,
  receivedAt: Instant,
  editedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
  isAutomatic: z.boolean(),
  caseId: Id.nullable(),
  /** For engagements that we sent from here. */
  delivery: Delivery.nullable(),
  /** The latest change of words of ours that is not through, or did not go through. */
  change: PendingChange.nullable(),
})
export type Engagement = z.infer<typeof Engagement>

export const StoredReading = Reading.extend({
  at: Instant,
  isCurrent: z.boolean(),
  /** Name of the member who corrected it; null where a model read it. */
  correctedBy: z.string().nullable(),
})
export type StoredReading = z.infer<typeof StoredReading>

const ingest = endpoint('engagements.ingest')
  .route({
    method: 'POST',
    path: '/engagements',
    summary: 'Hand in up to 1,000 engagements',
    description:
      'Answers after the commit. Handing in the same engagement again changes nothing. Authenticate with an API key ' +
      '(Authorization: Bearer) or with a Standard Webhooks signature and the header Horseshoe-Source.',
  })
  .input(z.object({ engagements: z.array(EngagementInput).min(1).max(1000) }))
  .output(z.object({ results: z.array(AcceptedItem) }))
const get = endpoint('cases.read')
  .route({
    method: 'GET',
    path: '/engagements/{id}',
    summary: 'One engagement with its readings, versions and raw form',
  })
  .input(z.object({ id: Id }))
  .output(
    z.object({
      engagement: Engagement,
      readings: z.array(StoredReading),
      versions: z.array(z.object({ version: z.number().int(), at: Instant, text: z.string() })),
      raw: z.unknown(),
    }),
  )
const log = endpoint('engagements.log')
  .route({ method: 'POST', path: '/engagements/log', summary: 'Log a call, visit, letter or event by hand' })
  .input(
    z.object({
      kind: z.enum(['Call', 'Visit', 'Letter', 'Event']),
      direction: Direction,
      personId: Id.optional(),
      /** Where the person is not known yet. */
      person: z
        .object({
          name: z.string().trim().min(1).max(200),
          email: z.email().optional(),
          phone: z.string().max(40).optional(),
        })
        .optional(),
      caseId: Id.optional(),
      text: z.string().trim().min(1).max(20_000),
      at: Instant,
    }),
  )
  .output(z.object({ id: Id }))
const correctReading = endpoint('readings.correct')
  .route({ method: 'POST', path: '/engagements/{id}/reading', summary: 'Correct what was understood' })
  .input(
    z.object({
      id: Id,
      sentiment: Sentiment,
      labels: z.array(Label),
      language: z.string().max(35).optional(),
    }),
  )
  .output(StoredReading)

export const engagements = { ingest, get, log, correctReading }

export const ImportFormat = z.enum([
  'csv',
  'ndjson',
  'mbox',
  'activitystreams',
  'facebook',
  'google-reviews',
  'instagram',
  'linkedin',
  'reddit',
  'tiktok',
  'trustpilot',
  'whatsapp',
  'x',
  'twcs',
])
export type ImportFormat = z.infer<typeof ImportFormat>
export const ImportState = z.enum(['waiting', 'running', 'finishing', 'done', 'cancelled', 'failed'])

export const ImportRun = z.object({
  id: Id,
  format: ImportFormat,
  fileName: z.string(),
  state: ImportState,
  bytes: z.number().int(),
  bytesRead: z.number().int(),
  accepted: z.number().int(),
  duplicates: z.number().int(),
  refused: z.number().int(),
  /** Accepted but not yet recognised, read and decided. */
  pending: z.number().int(),
  notices: z.array(z.string()),
  error: z.string().nullable(),
  startedBy: z.string(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})
export type ImportRun = z.infer<typeof ImportRun>

const ImportId = z.object({ id: Id })
const listImports = endpoint('engagements.import')
  .route({ method: 'GET', path: '/imports', summary: 'Imports, newest first' })
  .output(z.object({ items: z.array(ImportRun) }))
const getImport = endpoint('engagements.import')
  .route({ method: 'GET', path: '/imports/{id}', summary: 'Progress and result of an import' })
  .input(ImportId)
  .output(ImportRun)
const cancelImport = endpoint('engagements.import')
  .route({ method: 'POST', path: '/imports/{id}/cancel', summary: 'Stop an import; what was accepted stays' })
  .input(ImportId)
  .output(Done)
const refusals = endpoint('engagements.import')
  .route({ method: 'GET', path: '/imports/{id}/refusals', summary: 'Refused records with line and reason' })
  .input(
    ImportId.extend({
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
  )
  .output(
    z.object({
      items: z.array(z.object({ line: z.number().int(), reason: z.string(), excerpt: z.string() })),
    }),
  )

/** The upload itself (`POST /imports?format=&name=` with the file as body) and the CSV of refusals are streams, beside the contract. */
export const imports = { list: listImports, get: getImport, cancel: cancelImport, refusals }
