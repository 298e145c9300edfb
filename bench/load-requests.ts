// What the generator sends: engagements by key or signed, and pushes as the networks sign them.
import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { millionEngagements } from '../server/sample/million.ts'

/** Who sends, and what proves it. */
export type Sender =
  | { readonly by: 'key'; readonly key: string }
  | { readonly by: 'signature'; readonly sourceId: string; readonly secret: string }
  | { readonly by: 'whatsapp'; readonly hook: string; readonly phone: string; readonly appSecret: string }
  | { readonly by: 'telegram'; readonly hook: string; readonly secretToken: string }

export interface LoadRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Keys under which its events must stand in the store once it is acknowledged; null where the answer says ids. */
  readonly keys: readonly string[] | null
}

interface Wanted {
  readonly sender: Sender
  readonly count: number
  /** Engagements in each. */
  readonly batch: number
  /** Of the texts, also part of the ids, so that two loads never send the same. */
  readonly seed: number
}

export function makeRequests({ sender, count, batch, seed }: Wanted): LoadRequest[] {
  const said = (): readonly Said[] => textsOf(seed, count).map((text, index) => ({ text, index, seed }))
  if (sender.by === 'whatsapp') return said().map((each) => pushOfWhatsapp(sender, each))
  if (sender.by === 'telegram') return said().map((each) => pushOfTelegram(sender, each))
  return engagementsOf({ count, batch, seed }).map((engagements, index) => {
    const body = JSON.stringify({ engagements })
    const proof = sender.by === 'key' ? keyOf(sender.key) : signatureOf(sender, `msg_${seed}-${index}`, body)
    return { path: '/api/v1/engagements', headers: json(proof), body: Buffer.from(body), keys: null }
  })
}

function json(more: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { 'content-type': 'application/json', ...more }
}

function keyOf(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` }
}

/** https://github.com/standard-webhooks/standard-webhooks */
function signatureOf(
  { sourceId, secret }: Extract<Sender, { by: 'signature' }>,
  id: string,
  body: string,
): Readonly<Record<string, string>> {
  const at = new Date()
  return {
    'horseshoe-source': sourceId,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  }
}

function engagementsOf({ count, batch, seed }: Omit<Wanted, 'sender'>): readonly (readonly object[])[] {
  const engagements = millionEngagements({ seed, count: count * batch, now: Date.now() })
  return Array.from({ length: count }, () =>
    Array.from({ length: batch }, () => {
      const { value } = engagements.next()
      if (!value) throw new Error('the generator ended early')
      const { parentExternalId: parent } = value
      const named = parent === undefined ? {} : { parentExternalId: `${seed}-${parent}` }
      return { ...value, ...named, externalId: `${seed}-${value.externalId}` }
    }),
  )
}

function textsOf(seed: number, count: number): readonly string[] {
  return Array.from(millionEngagements({ seed, count, now: Date.now() }), ({ text }) => text)
}

interface Said {
  readonly text: string
  readonly index: number
  readonly seed: number
}

/** One message in one push, as Meta sends them when they come one by one. */
function pushOfWhatsapp(
  { hook, phone, appSecret }: Extract<Sender, { by: 'whatsapp' }>,
  { text, index, seed }: Said,
): LoadRequest {
  const from = `4179${String(1_000_000 + (index % 5_000))}`
  const id = `wamid.bench-${seed}-${index}`
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '41446681800', phone_number_id: phone },
    contacts: [{ profile: { name: `Person ${from}` }, wa_id: from }],
    messages: [
      { from, id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: text } },
    ],
  }
  const body = Buffer.from(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '419561257915477', changes: [{ value, field: 'messages' }] }],
    }),
  )
  const signature = createHmac('sha256', appSecret).update(body).digest('hex')
  const headers = json({ 'x-hub-signature-256': `sha256=${signature}` })
  return { path: hook, headers, body, keys: [`message:${id}`] }
}

function pushOfTelegram(
  { hook, secretToken }: Extract<Sender, { by: 'telegram' }>,
  { text, index, seed }: Said,
): LoadRequest {
  const id = 50_000_000 + (index % 5_000)
  const person = { id, first_name: `Person ${id}`, username: `person_${id}` }
  const update_id = seed * 1_000_000 + index
  const message = {
    message_id: update_id,
    from: { ...person, is_bot: false },
    chat: { ...person, type: 'private' },
    date: Math.floor(Date.now() / 1000),
    text,
  }
  return {
    path: hook,
    headers: json({ 'x-telegram-bot-api-secret-token': secretToken }),
    body: Buffer.from(JSON.stringify({ update_id, message })),
    keys: [String(update_id)],
  }
}
