// Files of customers: an update only names them. They are fetched while listening, so that reading needs no network,
// and stand behind the update as events of their own.
import { failureOf } from '../ask-json.ts'
import type { Normalised, RawEvent } from '../channel.ts'
import { isObject } from '../read-json.ts'
import type { Bot } from './bot-api.ts'
import { Message, nameOf } from './read-update.ts'

interface Named {
  readonly fileId: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
}

/** What a bot may fetch. https://core.telegram.org/bots/api#getfile */
const mostBytes = 20 * 1024 * 1024

/** The files of an update as events; none where it has none or they are too large for a bot. */
export async function filesOf(bot: Bot, update: unknown): Promise<readonly RawEvent[]> {
  if (!isObject(update)) return []
  const message = update['message'] ?? update['channel_post']
  const parsed = Message.safeParse(message)
  if (!parsed.success || !isObject(message)) return []
  const externalId = nameOf(parsed.data.chat.id, parsed.data.message_id)
  const events: RawEvent[] = []
  for (const file of filesIn(message)) {
    const body = file.size > mostBytes ? null : await fetchFile(bot, file.fileId)
    if (body === null) continue
    const facts = { file: file.name, mediaType: file.mediaType, externalId }
    events.push({ key: `file:${externalId}:${events.length}`, at: parsed.data.date * 1_000, body, facts })
  }
  return events
}

export function readFile({ facts = {}, body }: RawEvent): Normalised {
  const { file: name = 'file', mediaType = 'application/octet-stream', externalId = '' } = facts
  return { activities: [], attachments: [{ externalId, name, mediaType, bytes: body }] }
}

const kinds = ['document', 'video', 'voice', 'audio', 'animation', 'video_note'] as const

function filesIn(message: Readonly<Record<string, unknown>>): readonly Named[] {
  const found: Named[] = []
  const photos = message['photo']
  // The same picture in several sizes, the largest last.
  const largest: unknown = Array.isArray(photos) ? photos.at(-1) : undefined
  if (isObject(largest)) found.push(named(largest, 'photo.jpg', 'image/jpeg'))
  for (const kind of kinds) {
    const value = message[kind]
    // An animation comes as a document too, for old programs.
    if (!isObject(value) || (kind === 'document' && isObject(message['animation']))) continue
    found.push(named(value, kind, kind === 'voice' ? 'audio/ogg' : 'application/octet-stream'))
  }
  return found.filter(({ fileId }) => fileId !== '')
}

function named(value: Readonly<Record<string, unknown>>, name: string, mediaType: string): Named {
  const text = (field: string): string | undefined => {
    const given = value[field]
    return typeof given === 'string' ? given : undefined
  }
  return {
    fileId: text('file_id') ?? '',
    name: (text('file_name') ?? name).slice(0, 255),
    mediaType: (text('mime_type') ?? mediaType).slice(0, 127),
    size: Number(value['file_size'] ?? 0),
  }
}

/** Tried again with the whole update; of all else a file must not hold up the words. */
const passing = new Set<string>(['network.down', 'rate', 'auth.expired', 'auth.revoked'])

/** Null where Telegram does not give the file. */
async function fetchFile(bot: Bot, fileId: string): Promise<Uint8Array | null> {
  const asked = await bot.call('getFile', { file_id: fileId })
  if (!asked.ok) {
    if (passing.has(asked.error)) throw failureOf(asked)
    return null
  }
  const path = isObject(asked.body) ? asked.body['file_path'] : undefined
  return typeof path === 'string' ? bot.download(path) : null
}
