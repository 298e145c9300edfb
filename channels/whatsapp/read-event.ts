// What a message or a status of WhatsApp means. Pure.
// https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
import { z } from 'zod'
import type { EngagementInput } from '../../contract/engagement.ts'
import type { Normalised, RawEvent } from '../channel.ts'
import { fit, isObject, readObject, type Json } from '../read-json.ts'
import { meaningOf } from './graph.ts'

const Seconds = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform((text) => Number(text) * 1_000)

const Id = z.string().min(1).max(512)

const Metadata = z.object({ display_phone_number: z.string(), phone_number_id: Id })

const Heard = z.object({
  metadata: Metadata,
  contacts: z
    .array(z.object({ wa_id: z.string().optional(), profile: z.object({ name: z.string() }).optional() }))
    .optional(),
  message: z.looseObject({
    id: Id,
    from: Id,
    timestamp: Seconds,
    type: z.string(),
    context: z.object({ id: Id.optional() }).optional(),
  }),
})
type Heard = z.infer<typeof Heard>

const Told = z.object({
  status: z.object({
    id: Id,
    status: z.string(),
    timestamp: Seconds,
    recipient_id: z.string(),
    errors: z.array(z.object({ code: z.number(), title: z.string().optional() })).optional(),
  }),
})

const Reaction = z.object({ message_id: Id, emoji: z.string().optional() })

const captioned = (part: Json): string => textOf(part['caption'])
const titled = (part: Json): string => {
  const chosen = part['list_reply'] ?? part['button_reply'] ?? part['nfm_reply']
  return isObject(chosen) ? textOf(chosen['title'] ?? chosen['body']) : ''
}
const named = (part: Json): string => textOf(isObject(part['name']) ? part['name']['formatted_name'] : '')

/** The words of a message by its type; a type that is not here is not known. */
const readers: Readonly<Record<string, (part: Json, list: readonly unknown[]) => string>> = {
  text: (part) => textOf(part['body']),
  image: captioned,
  video: captioned,
  document: captioned,
  audio: () => '',
  sticker: () => '',
  button: (part) => textOf(part['text']),
  interactive: titled,
  location: (part) =>
    ['Place', part['name'], part['address'], part['latitude'], part['longitude']]
      .filter((piece) => piece !== undefined && piece !== null)
      .map(textOf)
      .join(' '),
  contacts: (_, list) => `Contact ${list.map((one) => (isObject(one) ? named(one) : '')).join(', ')}`,
  order: (part) => {
    const items = Array.isArray(part['product_items']) ? part['product_items'].length : 0
    return `${textOf(part['text'])} Order of ${items} products`.trim()
  },
}

const mostText = 100_000

export function readEvent(event: RawEvent): Normalised {
  const body = readObject(event, 'WhatsApp')
  if (body['status'] !== undefined) return readStatus(body)
  if (body['message'] === undefined) return { activities: [], unknown: [`field ${textOf(body['field'])}`] }
  const heard = fit(Heard, body, 'A message of WhatsApp')
  const { type } = heard.message
  if (type === 'reaction') return readReaction(heard)
  // Somebody has a new number: Meta says so, and it is no word of theirs.
  if (type === 'system') return { activities: [] }
  const reader = readers[type]
  if (reader === undefined) return { activities: [], unknown: [`message ${type.slice(0, 100)}`] }
  const part = heard.message[type]
  const text = reader(isObject(part) ? part : {}, Array.isArray(part) ? part : [])
  return { activities: [{ ...activityOf(heard), text: text.slice(0, mostText) }] }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function activityOf({ metadata, contacts = [], message }: Heard): EngagementInput {
  const profile = contacts.find(({ wa_id: id }) => id === message.from)?.profile
  const above = message.context?.id
  return {
    type: 'Create',
    kind: 'Message',
    source: 'whatsapp',
    externalId: message.id,
    channel: 'whatsapp',
    direction: 'in',
    author: {
      externalId: message.from,
      handle: `+${message.from}`.slice(0, 512),
      ...(profile === undefined || profile.name === '' ? {} : { name: profile.name.slice(0, 512) }),
    },
    mentions: [],
    visibility: 'direct',
    ...(above === undefined ? {} : { parentExternalId: above }),
    threadExternalId: `${metadata.phone_number_id}:${message.from}`.slice(0, 512),
    text: '',
    media: [],
    publishedAt: new Date(message.timestamp).toISOString(),
    automatic: false,
  }
}

/** One person has one sign on one message; taken back it is gone. */
function readReaction(heard: Heard): Normalised {
  const { message_id: on, emoji = '' } = fit(Reaction, heard.message['reaction'], 'A reaction of WhatsApp')
  const externalId = `${on}:sign:${heard.message.from}`.slice(0, 512)
  return {
    activities: [
      {
        ...activityOf(heard),
        type: emoji === '' ? 'Delete' : 'Like',
        externalId,
        parentExternalId: on,
        text: emoji.slice(0, 64),
      },
    ],
  }
}

function readStatus(body: Json): Normalised {
  const { id, status, timestamp: at, errors = [] } = fit(Told, body, 'A status of WhatsApp').status
  if (status === 'sent') return { activities: [] }
  if (status === 'delivered' || status === 'read') {
    return { activities: [], receipts: [{ networkId: id, state: status, detail: '', at }] }
  }
  if (status !== 'failed') return { activities: [], unknown: [`status ${status.slice(0, 100)}`] }
  const [first] = errors
  const detail =
    first === undefined ? '' : (meaningOf(first.code)?.[1] ?? first.title ?? `code ${first.code}`)
  return { activities: [], receipts: [{ networkId: id, state: 'failed', detail, at }] }
}
