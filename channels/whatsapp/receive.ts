// Pushes of Meta: a question first whether the hook is ours, then bundles of messages and statuses, signed over the
// bytes as they come. https://developers.facebook.com/docs/graph-api/webhooks/getting-started
import { createHash, createHmac } from 'node:crypto'
import type { HookRequest, Link, RawEvent, Received } from '../channel.ts'
import { isObject } from '../read-json.ts'
import { isSameSecret } from '../same-secret.ts'

/** Follows from the app secret: Meta sends it back when it asks whether the hook is ours. */
export function verifyToken(link: Link): string {
  return createHmac('sha256', link.secrets['appSecret'] ?? '')
    .update(`whatsapp hook ${link.id}`)
    .digest('base64url')
}

export function receivePush(link: Link, request: HookRequest): Received {
  if (request.method === 'GET') return answerChallenge(link, request)
  if (request.method !== 'POST') return { result: 'reject', status: 400, reason: 'Meta pushes by POST' }
  if (!isSigned(link, request))
    return { result: 'reject', status: 401, reason: 'not signed with the app secret' }
  let body: unknown
  try {
    body = JSON.parse(Buffer.from(request.body).toString('utf8'))
  } catch {
    return { result: 'reject', status: 400, reason: 'no JSON' }
  }
  if (!isObject(body) || !Array.isArray(body['entry'])) {
    return { result: 'reject', status: 400, reason: 'no push of WhatsApp' }
  }
  return { result: 'accept', events: eventsOf(body['entry'], link.config['phone'] ?? '') }
}

function answerChallenge(link: Link, { query }: HookRequest): Received {
  const isOurs =
    query['hub.mode'] === 'subscribe' && isSameSecret(query['hub.verify_token'] ?? '', verifyToken(link))
  if (!isOurs) return { result: 'reject', status: 403, reason: 'not the token that Meta was given' }
  return {
    result: 'challenge',
    answer: { status: 200, contentType: 'text/plain', body: query['hub.challenge'] ?? '' },
  }
}

/** While the app secret is changed both are live. */
function isSigned(link: Link, { headers, body }: HookRequest): boolean {
  const given = headers['x-hub-signature-256'] ?? ''
  const secrets = [link.secrets['appSecret'], link.secrets['oldAppSecret']].filter(
    (secret) => secret !== undefined && secret !== '',
  )
  return secrets.some((secret) =>
    isSameSecret(
      given,
      `sha256=${createHmac('sha256', secret ?? '')
        .update(body)
        .digest('hex')}`,
    ),
  )
}

/** One event for each message and status; those of other numbers of the same account are not ours. */
function eventsOf(entries: readonly unknown[], phone: string): readonly RawEvent[] {
  return entries.flatMap((entry) => {
    const changes = isObject(entry) && Array.isArray(entry['changes']) ? entry['changes'] : []
    return changes.flatMap((change: unknown) => eventsOfChange(change, phone))
  })
}

function eventsOfChange(change: unknown, phone: string): readonly RawEvent[] {
  const value = isObject(change) ? change['value'] : null
  if (!isObject(change) || !isObject(value)) return []
  const metadata = isObject(value['metadata']) ? value['metadata'] : {}
  if (metadata['phone_number_id'] !== phone) return []
  const { messages, statuses, contacts } = value
  if (change['field'] !== 'messages' || (!Array.isArray(messages) && !Array.isArray(statuses))) {
    return [eventOf(`other:${digestOf(change)}`, null, { field: change['field'], value })]
  }
  const heard = (Array.isArray(messages) ? messages : []).map((message: unknown) =>
    eventOf(`message:${idOf(message)}`, timeOf(message), { metadata, contacts, message }),
  )
  const told = (Array.isArray(statuses) ? statuses : []).map((status: unknown) =>
    eventOf(`status:${idOf(status)}:${wordOf(status)}`, timeOf(status), { metadata, status }),
  )
  return [...heard, ...told]
}

function eventOf(key: string, at: number | null, body: object): RawEvent {
  return { key: key.slice(0, 512), at, body: Buffer.from(JSON.stringify(body)) }
}

function idOf(value: unknown): string {
  const id = isObject(value) ? value['id'] : undefined
  return typeof id === 'string' && id !== '' ? id : digestOf(value)
}

function wordOf(value: unknown): string {
  return isObject(value) && typeof value['status'] === 'string' ? value['status'] : ''
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
}

/** Seconds as a string. */
function timeOf(value: unknown): number | null {
  const seconds = isObject(value) ? Number(value['timestamp']) : Number.NaN
  return Number.isFinite(seconds) && seconds > 0 && seconds < 8e9 ? seconds * 1_000 : null
}
