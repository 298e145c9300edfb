// Files of customers: a message only names them, and for a few days. They are fetched while a push is taken, and
// stand behind the message as events of their own.
import { failureOf } from '../ask-json.ts'
import type { Normalised, RawEvent } from '../channel.ts'
import { isObject } from '../read-json.ts'
import type { Graph } from './graph.ts'

const kinds = ['image', 'video', 'audio', 'document', 'sticker'] as const
/** Tried again with the whole push; of all else a file must not hold up the words. */
const passing = new Set<string>(['network.down', 'rate', 'auth.expired', 'auth.revoked'])

/** The file of a message as an event; none where it has none. */
export async function fileOf(graph: Graph, event: RawEvent): Promise<readonly RawEvent[]> {
  if (!event.key.startsWith('message:')) return []
  const body: unknown = JSON.parse(Buffer.from(event.body).toString('utf8'))
  const message = isObject(body) && isObject(body['message']) ? body['message'] : {}
  for (const kind of kinds) {
    const file = message[kind]
    if (!isObject(file) || typeof file['id'] !== 'string' || typeof message['id'] !== 'string') continue
    const asked = await graph.get(encodeURIComponent(file['id']))
    if (!asked.ok && passing.has(asked.error)) throw failureOf(asked)
    const url = asked.ok && isObject(asked.body) ? asked.body['url'] : undefined
    if (typeof url !== 'string') return []
    const facts = {
      file: (typeof file['filename'] === 'string' ? file['filename'] : kind).slice(0, 255),
      mediaType: (typeof file['mime_type'] === 'string'
        ? file['mime_type']
        : 'application/octet-stream'
      ).slice(0, 127),
      externalId: message['id'],
    }
    return [
      { key: `file:${message['id']}`.slice(0, 512), at: event.at, body: await graph.download(url), facts },
    ]
  }
  return []
}

export function readFile({ facts = {}, body }: RawEvent): Normalised {
  const { file: name = 'file', mediaType = 'application/octet-stream', externalId = '' } = facts
  return { activities: [], attachments: [{ externalId, name, mediaType, bytes: body }] }
}
