// What members see of what left, or did not, from the rows of the outbox for one engagement.
import { z } from 'zod'
import type { DeliveryState, Engagement } from '../../contract/engagements.ts'

const Instant = z.string().transform((text) => new Date(text).toISOString())
const Row = z.object({
  purpose: z.string(),
  state: z.enum(['queued', 'sending', 'sent', 'failed', 'unknown', 'not-connected', 'cancelled']),
  detail: z.string(),
  text: z.string().nullable(),
  not_before: Instant.nullable(),
  changed_at: Instant,
  delivered_at: Instant.nullable(),
  read_at: Instant.nullable(),
  refused_at: Instant.nullable(),
  receipt_detail: z.string(),
})
type Row = z.infer<typeof Row>

const changes = new Set(['edit', 'delete'])
const stopped = new Set<DeliveryState>(['failed', 'unknown', 'not-connected', 'cancelled'])
const waiting = new Set<DeliveryState>(['queued', 'unknown'])

/** `rows`: of the outbox, oldest first; null where nothing ever left. */
export function sayDelivery(rows: unknown): Pick<Engagement, 'delivery' | 'change'> {
  const found = Row.array()
    .nullable()
    .parse(rows ?? null)
  if (found === null) return { delivery: null, change: null }
  const words = found.find(({ purpose }) => purpose !== 'notice' && !changes.has(purpose))
  const notice = found.find(({ purpose }) => purpose === 'notice')
  const last = found.findLast(({ purpose }) => changes.has(purpose))
  return {
    delivery: words === undefined ? null : deliveryOf(words, notice),
    change: last === undefined || last.state === 'sent' || last.state === 'cancelled' ? null : changeOf(last),
  }
}

function deliveryOf(words: Row, notice: Row | undefined): NonNullable<Engagement['delivery']> {
  const { state, detail, at } = standingOf(words)
  const isNoticeStopped = notice !== undefined && isStopped(notice)
  return {
    state,
    detail: isNoticeStopped && notice.receipt_detail !== '' ? notice.receipt_detail : detail,
    at,
    notBefore: state === 'queued' ? words.not_before : null,
    isNoticeStopped,
    canRetry: stopped.has(state) || isNoticeStopped,
    canGiveUp: waiting.has(state),
  }
}

/** The mail did not leave, or came back. */
function isStopped({ state, refused_at: refusedAt, delivered_at: deliveredAt }: Row): boolean {
  if (refusedAt !== null && deliveredAt === null) return true
  return stopped.has(state) && state !== 'cancelled'
}

/** What the network said last counts; what was read was delivered, and what was delivered was not refused. */
function standingOf(row: Row): {
  readonly state: DeliveryState
  readonly detail: string
  readonly at: string
} {
  if (row.read_at !== null) return { state: 'read', detail: row.detail, at: row.read_at }
  if (row.delivered_at !== null) return { state: 'delivered', detail: row.detail, at: row.delivered_at }
  if (row.refused_at !== null) return { state: 'failed', detail: row.receipt_detail, at: row.refused_at }
  return { state: row.state, detail: row.detail, at: row.changed_at }
}

function changeOf(row: Row): NonNullable<Engagement['change']> {
  return {
    what: row.purpose === 'delete' ? 'delete' : 'edit',
    state: row.state,
    detail: row.detail,
    text: row.text,
    canRetry: stopped.has(row.state),
    canGiveUp: waiting.has(row.state) || row.state === 'failed',
  }
}
