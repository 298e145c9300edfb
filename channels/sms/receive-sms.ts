// What Kannel calls us for (user's guide 1.4.5, "SMS services" and "Delivery reports"): a message, posted as it was
// written, or a report of one of ours. It signs nothing, so a key in the address proves it, together with TLS.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { EngagementInput } from '../../contract/engagement.ts'
import type { HookRequest, Normalised, RawEvent, Receipt, Received } from '../channel.ts'
import { readOptWord } from './opt-words.ts'
import { toE164 } from './phone-number.ts'

export interface Receiving {
  /** All that count. */
  readonly keys: readonly string[]
  readonly sender: string
  readonly country: string
  readonly presence: string
  readonly now: number
}

const dayMs = 86_400_000
/** Kannel keeps messages while nobody answers it, and calls again. Within that a call that is repeated is one event. */
const oldest = 3 * dayMs
const newest = 15 * 60_000
/** More than any telephone sends; what an engagement holds, in two bytes a sign. */
const mostBytes = 256 * 1024

function reject(status: 400 | 401 | 403 | 413, reason: string): Received {
  return { result: 'reject', status, reason }
}

export function receive(receiving: Receiving, request: HookRequest): Received {
  const { query, body } = request
  if (!isKnown(receiving.keys, query['key'] ?? '')) return reject(401, 'not the key of this connection')
  if (body.length > mostBytes) return reject(413, 'too large')
  const at = Number(query['at'] ?? Number.NaN) * 1_000
  if (!Number.isFinite(at)) return reject(400, 'no time')
  if (at < receiving.now - oldest || at > receiving.now + newest)
    return reject(400, 'too old, or of tomorrow')
  if (request.method === 'GET' && query['dlr'] !== undefined) return report(query, at)
  if (request.method === 'POST') return message(receiving, request, at)
  return reject(400, 'neither a message nor a report')
}

/** In the same time whatever is given: what is compared is as long as a hash. */
function isKnown(keys: readonly string[], given: string): boolean {
  const digest = (key: string): Buffer => createHash('sha256').update(key).digest()
  const wanted = digest(given)
  const found = keys.filter((key) => timingSafeEqual(digest(key), wanted))
  return given.length >= 12 && found.length > 0
}

const name = /^[\w.:-]{1,200}$/

function report(query: HookRequest['query'], at: number): Received {
  const { dlr = '', act = '', reply = '' } = query
  if (!/^\d{1,3}$/.test(dlr) || !name.test(act)) return reject(400, 'no report')
  const facts = { what: 'report', dlr, act, reply: reply.slice(0, 300), at: String(at) }
  return { result: 'accept', events: [{ key: `report:${act}:${dlr}`, at, body: new Uint8Array(), facts }] }
}

function message(
  { sender, country, presence }: Receiving,
  { query, headers, body }: HookRequest,
  at: number,
): Received {
  const { from = '', to = '', id = '' } = query
  if (!/^[\w-]{8,64}$/.test(id) || from.trim() === '' || from.length > 40) return reject(400, 'no message')
  // Whoever calls from another number of the same Kannel is not ours; refusing would make it call again and again.
  if (numberOf(to, country) !== numberOf(sender, country)) return { result: 'accept', events: [] }
  const charset = /charset\s*=\s*"?([\w-]{1,40})/i.exec(headers['content-type'] ?? '')?.[1] ?? ''
  const facts = {
    what: 'message',
    from,
    id,
    charset: charset.toLowerCase(),
    country,
    sender: numberOf(sender, country),
    presence,
    at: String(at),
  }
  return { result: 'accept', events: [{ key: `message:${id}`, at, body, facts }] }
}

function numberOf(written: string, country: string): string {
  return toE164(written, country) ?? written.trim()
}

export function normalise(event: RawEvent): Normalised {
  const facts = event.facts ?? {}
  if (facts['what'] === 'report') return readReport(facts)
  return facts['what'] === 'message' ? readMessage(event.body, facts) : { activities: [], unknown: ['call'] }
}

/** 1 delivered, 2 not delivered, 16 refused by the centre; 4 and 8 say only that it is on its way. */
function readReport({
  dlr = '',
  act = '',
  reply = '',
  at = '0',
}: Readonly<Record<string, string>>): Normalised {
  const state = states[dlr]
  if (state === undefined) return { activities: [], unknown: [`dlr:${dlr}`] }
  if (state === null) return { activities: [] }
  const said = reply.replace(/[^\x20-\x7e]/g, '').trim()
  const detail =
    state === 'delivered' ? 'The telephone has it.' : `It did not arrive${said === '' ? '.' : `: ${said}`}`
  const receipt: Receipt = { networkId: act, state, detail, at: timeOf(at) }
  return { activities: [], receipts: [receipt] }
}

const states: Readonly<Record<string, 'delivered' | 'failed' | null>> = {
  1: 'delivered',
  2: 'failed',
  4: null,
  8: null,
  16: 'failed',
}

function readMessage(body: Uint8Array, facts: Readonly<Record<string, string>>): Normalised {
  const { from = '', id = '', country = '', sender = '', presence = '' } = facts
  const words = decode(body, facts['charset'] ?? '')
  if (words === null || id === '') return { activities: [], unknown: ['binary message'] }
  const number = toE164(from, country)
  // A word as the sender, or a short code: it is somebody, but nobody whom one can answer.
  const author = number ?? from.trim()
  if (author === '') return { activities: [], unknown: ['message from nobody'] }
  const at = timeOf(facts['at'] ?? '0')
  const asks = readOptWord(words)
  const activity: EngagementInput = {
    type: 'Create',
    kind: 'Message',
    source: 'sms',
    channel: 'sms',
    externalId: id,
    direction: 'in',
    author: { externalId: author.slice(0, 512), handle: author.slice(0, 512) },
    ...(presence === '' ? {} : { presence }),
    mentions: [],
    visibility: 'direct',
    threadExternalId: `${sender} ${author}`.slice(0, 512),
    text: words,
    media: [],
    publishedAt: new Date(at).toISOString(),
    // Whoever only says STOP or START waits for no answer.
    automatic: asks === 'stop' || asks === 'start',
  }
  const mayWrite = asks === 'start'
  const consents =
    asks === null || asks === 'help' || number === null ? [] : [{ address: number, mayWrite, at }]
  return { activities: [activity], consents }
}

/** Null where it is no text. */
function decode(body: Uint8Array, charset: string): string | null {
  if (charset === '') return null
  try {
    const text = new TextDecoder(charset).decode(body)
    return text.toWellFormed().replaceAll('\0', '').slice(0, 100_000).toWellFormed()
  } catch {
    return null
  }
}

function timeOf(written: string): number {
  const at = Number(written)
  return Number.isFinite(at) ? Math.min(Math.max(0, at), 8e15) : 0
}
