import type { Asked, Wrong } from '../ask-json.ts'
import { actedOf } from '../ask-json.ts'
import type { Acted, CanAct, Command, OutgoingMedia, Target } from '../acting.ts'
import { multipart } from '../multipart.ts'
import type { Ports } from '../ports.ts'
import { sendOnce, type Step } from '../sent-once.ts'
import { previewText } from '../text-length.ts'
import { isObject } from '../read-json.ts'
import type { Bot } from './bot-api.ts'
import { manifest, mostCaption } from './manifest.ts'

/** A message by the name we gave it: `chat:message`. */
interface Place {
  readonly chat: string
  readonly message: number | null
}

function placeOf(externalId: string | null | undefined): Place | null {
  const [, chat, message] = /^(-?\d+):(\d+)$/.exec(externalId ?? '') ?? []
  return chat === undefined ? null : { chat, message: Number(message) }
}

/** Where an answer goes: into the chat of what is answered, else to the person. */
function chatOf(target: Target): Place | null {
  const above = placeOf(target.parentExternalId)
  if (above !== null) return above
  return /^-?\d+$/.test(target.address ?? '') ? { chat: target.address ?? '', message: null } : null
}

export function canAct(target: Target): CanAct {
  if (target.isOptedOut === true) {
    return { can: false, reason: 'this person blocked our bot or asked us not to write', until: null }
  }
  if (chatOf(target) === null) {
    return {
      can: false,
      reason: 'this person never wrote to our bot, so it may not write to them',
      until: null,
    }
  }
  return { can: true }
}

function refused(error: Wrong['error'], detail: string): Acted {
  return { result: 'refused', error, detail }
}

export async function act(ports: Ports, bot: Bot, command: Command, key: string): Promise<Acted> {
  const { what, target } = command
  if (what === 'reply' || what === 'notice') return say(ports, bot, command, key)
  if (what === 'edit') return edit(bot, command)
  if (what === 'delete') return remove(bot, target)
  if (what === 'like') return like(bot, target)
  return refused('target.forbidden', `Telegram knows no ${what} by bots.`)
}

async function say(ports: Ports, bot: Bot, command: Command, key: string): Promise<Acted> {
  const { target, text, what } = command
  const allowed = canAct(target)
  if (!allowed.can) return refused('target.forbidden', allowed.reason)
  const place = what === 'notice' ? chatOf({ ...target, parentExternalId: null }) : chatOf(target)
  if (place === null) return refused('target.gone', 'Nobody is known to whom this could go.')
  const media = command.media ?? []
  const tooLong = lengthProblem(text)
  if (tooLong !== null) return refused('content.rejected', tooLong)
  if (text.trim() === '' && media.length === 0) return refused('content.rejected', 'There is nothing in it.')
  return sendOnce(ports, key, stepsOf(bot, place, text, media), 'sent by the bot')
}

function lengthProblem(text: string): string | null {
  const { length, max } = previewText(text, manifest.text)
  return max !== null && length > max ? `Longer than ${max} signs.` : null
}

/** Short words stand below the first file; long ones before it. */
function stepsOf(bot: Bot, place: Place, text: string, media: readonly OutgoingMedia[]): readonly Step[] {
  const common = { chat_id: place.chat, ...belowOf(place) }
  const isCaption = media.length > 0 && text.length <= mostCaption
  const words: readonly Step[] =
    isCaption || text.trim() === ''
      ? []
      : [async () => madeBy(await bot.call('sendMessage', { ...common, text }), place)]
  const files = media.map((file, index): Step => {
    const caption = isCaption && index === 0 ? text : ''
    return async () => madeBy(await sendFile(bot, common, caption, file), place)
  })
  return [...words, ...files]
}

/** An answer outlives what it answers: where that is gone it stands alone. */
function belowOf({ message }: Place): object {
  return message === null
    ? {}
    : { reply_parameters: { message_id: message, allow_sending_without_reply: true } }
}

const mostPhoto = 10 * 1024 * 1024

async function sendFile(bot: Bot, common: object, caption: string, file: OutgoingMedia): Promise<Asked> {
  const isPhoto = /^image\/(jpeg|png|webp)$/.test(file.mediaType) && file.bytes.length <= mostPhoto
  const given = Object.entries(common).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  const fields = Object.fromEntries(caption === '' ? given : [...given, ['caption', caption]])
  const form = await multipart(fields, isPhoto ? 'photo' : 'document', file)
  return bot.upload(isPhoto ? 'sendPhoto' : 'sendDocument', form)
}

function madeBy(asked: Asked, { chat }: Place): Awaited<ReturnType<Step>> {
  if (!asked.ok) return asked
  const message = isObject(asked.body) ? asked.body['message_id'] : undefined
  if (typeof message === 'number') return { ok: true, networkId: `${chat}:${message}` }
  return {
    ok: false,
    error: 'contract.violation',
    detail: 'Telegram took it and did not say under which number.',
    mayHaveHappened: true,
  }
}

async function edit(bot: Bot, { target, text }: Command): Promise<Acted> {
  const [first] = target.ownExternalIds ?? []
  const place = placeOf(first)
  if (first === undefined || place === null)
    return refused('target.gone', 'It is not known which message to change.')
  const tooLong = lengthProblem(text)
  if (tooLong !== null) return refused('content.rejected', tooLong)
  const asked = await bot.call('editMessageText', { chat_id: place.chat, message_id: place.message, text })
  // Changed to what it was already: Telegram calls that an error.
  if (!asked.ok && asked.error !== 'duplicate') return actedOf(asked)
  return { result: 'done', networkId: first, detail: 'changed' }
}

async function remove(bot: Bot, { ownExternalIds = [] }: Target): Promise<Acted> {
  const [first = ''] = ownExternalIds
  if (ownExternalIds.length === 0) return refused('target.gone', 'It is not known which message to delete.')
  for (const id of ownExternalIds) {
    const place = placeOf(id)
    if (place === null) return refused('target.gone', 'It is not known which message to delete.')
    const asked = await bot.call('deleteMessage', { chat_id: place.chat, message_id: place.message })
    if (!asked.ok && asked.error !== 'target.gone') return actedOf(asked)
  }
  return { result: 'done', networkId: first, detail: 'deleted' }
}

async function like(bot: Bot, { parentExternalId }: Target): Promise<Acted> {
  const place = placeOf(parentExternalId)
  if (parentExternalId === null || place === null) return refused('target.gone', 'There is nothing to like.')
  const asked = await bot.call('setMessageReaction', {
    chat_id: place.chat,
    message_id: place.message,
    reaction: [{ type: 'emoji', emoji: '👍' }],
  })
  return asked.ok
    ? { result: 'done', networkId: `${parentExternalId}:sign`, detail: 'a thumb up' }
    : actedOf(asked)
}
