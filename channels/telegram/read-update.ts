// What an update of Telegram means. Pure. https://core.telegram.org/bots/api#update
import { z } from 'zod'
import type { EngagementInput } from '../../contract/engagement.ts'
import type { Consent, Normalised, RawEvent } from '../channel.ts'
import { fit, isObject, readObject } from '../read-json.ts'

const Id = z.number().int()
const Seconds = z.number().int().min(0).max(8_000_000_000)

const User = z.object({
  id: Id,
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().min(1).optional(),
})
type User = z.infer<typeof User>

const Chat = z.object({
  id: Id,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: z.string().optional(),
  username: z.string().min(1).optional(),
})
type Chat = z.infer<typeof Chat>

const Entity = z.object({ type: z.string(), offset: Id, length: Id })

export const Message = z.object({
  message_id: Id,
  date: Seconds,
  edit_date: Seconds.optional(),
  chat: Chat,
  from: User.optional(),
  sender_chat: Chat.optional(),
  message_thread_id: Id.optional(),
  reply_to_message: z.object({ message_id: Id }).optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(Entity).optional(),
  via_bot: User.optional(),
})
export type Message = z.infer<typeof Message>

const Reaction = z.object({
  chat: Chat,
  message_id: Id,
  user: User.optional(),
  date: Seconds,
  new_reaction: z.array(z.looseObject({ type: z.string() })),
})

const Membership = z.object({
  chat: Chat,
  from: User,
  date: Seconds,
  new_chat_member: z.looseObject({ status: z.string() }),
})

/** What stands for a message that carries something else than words. */
const tokens: Readonly<Record<string, (value: Readonly<Record<string, unknown>>) => string>> = {
  photo: () => '',
  document: () => '',
  video: () => '',
  voice: () => '',
  audio: () => '',
  animation: () => '',
  video_note: () => '',
  sticker: ({ emoji }) => (typeof emoji === 'string' ? emoji : 'Sticker'),
  location: ({ latitude, longitude }) => `Place ${String(latitude)}, ${String(longitude)}`,
  contact: ({ first_name, phone_number }) => `Contact ${String(first_name)} ${String(phone_number)}`,
  poll: ({ question }) => `Poll: ${String(question)}`,
  dice: ({ emoji, value }) => `${String(emoji)} ${String(value)}`,
}

/** Events of a chat itself, which say nothing to us. */
const services =
  /^(new_chat_|left_chat_|group_chat_created|supergroup_chat_created|channel_chat_created|migrate_|pinned_message|forum_topic_|video_chat_|message_auto_delete|write_access_allowed)/

const mostText = 100_000

export function readUpdate(event: RawEvent, ourId: string): Normalised {
  const update = readObject(event, 'Telegram')
  for (const [kind, type] of [
    ['message', 'Create'],
    ['channel_post', 'Create'],
    ['edited_message', 'Update'],
    ['edited_channel_post', 'Update'],
  ] as const) {
    if (update[kind] !== undefined) return readMessage(update[kind], type, ourId)
  }
  if (update['message_reaction'] !== undefined) return readReaction(update['message_reaction'])
  if (update['my_chat_member'] !== undefined) return readMembership(update['my_chat_member'])
  const kinds = Object.keys(update).filter((name) => name !== 'update_id')
  return { activities: [], unknown: kinds.length === 0 ? ['an update of nothing'] : kinds }
}

function readMessage(value: unknown, type: 'Create' | 'Update', ourId: string): Normalised {
  const message = fit(Message, value, 'A message of Telegram')
  const raw = isObject(value) ? value : {}
  const text = message.text ?? message.caption ?? tokenOf(raw)
  if (text === null) {
    const strange = Object.keys(raw).filter((name) => !isUsual(name))
    return Object.keys(raw).some((name) => services.test(name))
      ? { activities: [] }
      : { activities: [], unknown: strange.length === 0 ? ['a message of nothing'] : strange }
  }
  return { activities: [activityOf(message, type, text, ourId)] }
}

const usual = new Set([
  'message_id',
  'date',
  'chat',
  'from',
  'edit_date',
  'reply_to_message',
  'message_thread_id',
])
const isUsual = (name: string): boolean => usual.has(name)

function tokenOf(raw: Readonly<Record<string, unknown>>): string | null {
  for (const [name, token] of Object.entries(tokens)) {
    const value = raw[name]
    if (value !== undefined && value !== null) return token(isObject(value) ? value : {})
  }
  return null
}

function activityOf(
  message: Message,
  type: 'Create' | 'Update',
  text: string,
  ourId: string,
): EngagementInput {
  const { chat, date, edit_date: edited, message_thread_id: topic, reply_to_message: above } = message
  const sender = message.from ?? message.sender_chat ?? chat
  return {
    type,
    kind: chat.type === 'private' ? 'Message' : 'Note',
    source: 'telegram',
    externalId: nameOf(chat.id, message.message_id),
    channel: 'telegram',
    direction: String(sender.id) === ourId ? 'out' : 'in',
    author: authorOf(sender),
    mentions: mentionsOf(message),
    visibility: visibilityOf(chat),
    ...(above === undefined ? {} : { parentExternalId: nameOf(chat.id, above.message_id) }),
    threadExternalId: topic === undefined ? `${chat.id}` : `${chat.id}:topic:${topic}`,
    ...(chat.title === undefined ? {} : { subject: chat.title.slice(0, 998) }),
    text: text.slice(0, mostText),
    media: [],
    publishedAt: timeOf(date),
    ...(edited === undefined ? {} : { updatedAt: timeOf(edited) }),
    automatic: message.via_bot !== undefined,
  }
}

/** A message is numbered within its chat. */
export function nameOf(chatId: number, messageId: number): string {
  return `${chatId}:${messageId}`
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString()
}

function authorOf(sender: User | Chat): EngagementInput['author'] {
  const name = fullName(sender)
  return {
    externalId: String(sender.id),
    ...(sender.username === undefined ? {} : { handle: sender.username.slice(0, 512) }),
    ...(name === '' ? {} : { name: name.slice(0, 512) }),
  }
}

function fullName(sender: User | Chat): string {
  if ('type' in sender) return sender.title ?? ''
  return [sender.first_name, sender.last_name].filter((part) => part !== undefined).join(' ')
}

/** What is said in a group without a public name only its members see. */
function visibilityOf({ type, username }: Chat): EngagementInput['visibility'] {
  if (type === 'private') return 'direct'
  return username === undefined ? 'followers' : 'public'
}

function mentionsOf({ text = '', entities = [] }: Message): string[] {
  return entities
    .filter(({ type }) => type === 'mention')
    .map(({ offset, length }) => text.slice(offset, offset + length).replace(/^@/, ''))
    .filter((name) => name !== '' && name.length <= 512)
    .slice(0, 100)
}

/** One person has one sign on one message; taken back it is gone. */
function readReaction(value: unknown): Normalised {
  const {
    chat,
    message_id: message,
    user,
    date,
    new_reaction: signs,
  } = fit(Reaction, value, 'A reaction of Telegram')
  if (user === undefined) return { activities: [] }
  const [sign] = signs
  const emoji = typeof sign?.['emoji'] === 'string' ? sign['emoji'].slice(0, 64) : ''
  return {
    activities: [
      {
        type: sign === undefined ? 'Delete' : 'Like',
        kind: 'Note',
        source: 'telegram',
        externalId: `${nameOf(chat.id, message)}:sign:${user.id}`,
        channel: 'telegram',
        direction: 'in',
        author: authorOf(user),
        mentions: [],
        visibility: visibilityOf(chat),
        parentExternalId: nameOf(chat.id, message),
        text: emoji,
        media: [],
        publishedAt: timeOf(date),
        automatic: false,
      },
    ],
  }
}

/** Who blocks the bot does not want to hear from it; who unblocks it does again. */
function readMembership(value: unknown): Normalised {
  const { chat, from, date, new_chat_member: now } = fit(Membership, value, 'A membership of Telegram')
  if (chat.type !== 'private') return { activities: [] }
  const consent: Consent = { address: String(from.id), mayWrite: now.status !== 'kicked', at: date * 1_000 }
  return { activities: [], consents: [consent] }
}
