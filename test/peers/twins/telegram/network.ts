// Telegram's side: chats, updates, long polls, a webhook, and the refusals in Telegram's words.
import { once, EventEmitter } from 'node:events'
import type { HookRequest } from '../../../../channels/channel.ts'
import type { Call, Network, TwinAnswer } from '../chassis.ts'
import type { Contract } from '../contract.ts'
import { Pushes } from '../pushes.ts'
import { Rates } from '../rate.ts'

type Json = Record<string, unknown>

export interface TelegramUser {
  readonly id: number
  readonly is_bot: boolean
  readonly first_name: string
  readonly username?: string
}

export interface TelegramChat {
  readonly id: number
  readonly type: 'private' | 'group' | 'supergroup'
  readonly first_name?: string
  readonly title?: string
  readonly username?: string
}

/** A message as it stands in its chat; edited in place, gone when deleted. */
export interface Standing {
  readonly id: number
  readonly chat: TelegramChat
  readonly from: TelegramUser
  text: string
  readonly replyTo: number | null
  readonly rest: Json
}

export const bot = {
  id: 7_000_000_001,
  is_bot: true,
  first_name: 'Horseshoe',
  username: 'horseshoe_bot',
} as const

export const token = `${bot.id}:AAtwin-token-of-the-bot`

const me = {
  ...bot,
  can_join_groups: true,
  can_read_all_group_messages: true,
  supports_inline_queries: false,
  can_connect_to_business: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
}

const most = { text: 4_096, caption: 1_024 }
const perChat = { calls: 3, perMs: 3_000 }
const perGroup = { calls: 20, perMs: 60_000 }
const perBot = { calls: 30, perMs: 1_000 }

export class TelegramNetwork implements Network {
  readonly #clock: { now(): number }
  readonly #contract: Contract
  readonly #isTokenBad: () => boolean
  readonly pushes = new Pushes()
  readonly messages: Standing[] = []
  readonly chats = new Map<number, TelegramChat>()
  readonly blocked = new Set<number>()
  readonly files = new Map<string, Buffer>()
  /** Signs of the bot, by chat and message. */
  readonly signs = new Map<string, string>()
  readonly #rates = new Rates()
  readonly #came = new EventEmitter()
  #updates: { readonly update_id: number; readonly body: Json }[] = []
  #lastUpdate = 500_000_000
  #lastMessage = 100
  #webhook: { readonly url: string; readonly secret: string } | null = null
  #polls = 0

  constructor(clock: { now(): number }, contract: Contract, isTokenBad: () => boolean) {
    this.#clock = clock
    this.#contract = contract
    this.#isTokenBad = isTokenBad
    this.#came.setMaxListeners(1_000)
  }

  seconds(): number {
    return Math.floor(this.#clock.now() / 1_000)
  }

  nextMessage(): number {
    this.#lastMessage += 1
    return this.#lastMessage
  }

  /** Something happened: it is polled, or pushed where a webhook is set. */
  tell(body: Json): void {
    this.#lastUpdate += 1
    const update = { update_id: this.#lastUpdate, ...body }
    this.#contract.judge('update', update)
    this.#updates.push({ update_id: this.#lastUpdate, body: update })
    this.#came.emit('update')
    this.#pushAll()
  }

  #pushAll(): void {
    if (this.#webhook === null) return
    const waiting = this.#updates
    this.#updates = []
    for (const { body } of waiting) this.pushes.send(() => this.#request(body))
  }

  #request(body: Json): HookRequest {
    return {
      method: 'POST',
      query: {},
      headers: {
        'content-type': 'application/json',
        'x-telegram-bot-api-secret-token': this.#webhook?.secret ?? '',
      },
      body: Buffer.from(JSON.stringify(body)),
    }
  }

  refuse(status: number, headers: Readonly<Record<string, string>>): TwinAnswer {
    const seconds = Number(headers['retry-after'] ?? 1)
    if (status === 429) return this.#tooMany(seconds * 1_000)
    return wrong(status, status === 500 ? 'Internal Server Error' : 'Bad Gateway')
  }

  #tooMany(ms: number): TwinAnswer {
    const seconds = Math.ceil(ms / 1_000)
    return wrong(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
  }

  async answer(call: Call): Promise<TwinAnswer> {
    const [, given, method = '', file] = /^\/(?:file\/)?bot([^/]+)\/([^/]+)(?:\/(.+))?$/.exec(call.path) ?? []
    if (given !== token || this.#isTokenBad()) return wrong(401, 'Unauthorized')
    if (call.path.startsWith('/file/')) return this.#file(`${method}/${file ?? ''}`)
    const params = await readParams(call)
    const complaint = knows(method) ? this.#contract.judge(`request ${method}`, params) : 'method not found'
    if (complaint !== null) return wrong(400, `Bad Request: ${complaint}`)
    const answer = await this.#do(method, params, call.signal)
    const body = answer.body as { readonly ok: boolean; readonly result?: unknown }
    this.#contract.judge(body.ok ? `result ${method}` : 'error', body.ok ? body.result : body)
    return answer
  }

  async #do(method: string, params: Json, signal: AbortSignal): Promise<TwinAnswer> {
    switch (method) {
      case 'getMe':
        return right(me)
      case 'getUpdates':
        return this.#poll(params, signal)
      case 'setWebhook':
        this.#webhook = { url: String(params['url']), secret: wordsOf(params['secret_token']) }
        this.#pushAll()
        return right(true)
      case 'deleteWebhook':
        this.#webhook = null
        return right(true)
      case 'getWebhookInfo':
        return right({
          url: this.#webhook?.url ?? '',
          has_custom_certificate: false,
          pending_update_count: 0,
        })
      case 'getFile':
        return this.#getFile(String(params['file_id']))
      case 'editMessageText':
        return this.#edit(params)
      case 'deleteMessage':
        return this.#delete(params)
      case 'setMessageReaction':
        return this.#sign(params)
      default:
        return this.#send(method, params)
    }
  }

  /** One poll at a time: a second one ends the first. */
  async #poll(params: Json, signal: AbortSignal): Promise<TwinAnswer> {
    if (this.#webhook !== null) {
      return wrong(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first",
      )
    }
    this.#polls += 1
    const mine = this.#polls
    this.#came.emit('update')
    const offset = Number(params['offset'] ?? 0)
    this.#updates = this.#updates.filter(({ update_id }) => update_id >= offset)
    const end = Date.now() + Number(params['timeout'] ?? 0) * 1_000
    while (this.#updates.length === 0 && Date.now() < end && !signal.aborted) {
      const late = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, end - Date.now()))])
      await once(this.#came, 'update', { signal: late }).catch(() => undefined)
      if (mine !== this.#polls) {
        return wrong(
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        )
      }
    }
    return right(this.#updates.slice(0, Number(params['limit'] ?? 100)).map(({ body }) => body))
  }

  #send(method: string, params: Json): TwinAnswer {
    const chatId = Number(params['chat_id'])
    const chat = this.chats.get(chatId)
    if (chat === undefined) return wrong(400, 'Bad Request: chat not found')
    if (this.blocked.has(chatId)) return wrong(403, 'Forbidden: bot was blocked by the user')
    const text = wordsOf(params[method === 'sendMessage' ? 'text' : 'caption']).trim()
    if (method === 'sendMessage' && text === '') return wrong(400, 'Bad Request: message text is empty')
    if (method === 'sendMessage' && text.length > most.text)
      return wrong(400, 'Bad Request: message is too long')
    if (method !== 'sendMessage' && text.length > most.caption) {
      return wrong(400, 'Bad Request: message caption is too long')
    }
    const wait = this.#wait(chat)
    if (wait > 0) return this.#tooMany(wait)
    const below = this.#below(params, chatId)
    if (below === undefined) return wrong(400, 'Bad Request: message to be replied not found')
    const rest = this.#stored(method, params, text)
    const standing = { id: this.nextMessage(), chat, from: bot, text, replyTo: below, rest }
    this.messages.push(standing)
    return right(this.worded(standing))
  }

  #wait(chat: TelegramChat): number {
    const now = this.#clock.now()
    const chatWait =
      chat.type === 'private'
        ? this.#rates.take(`chat ${chat.id}`, perChat, now)
        : this.#rates.take(`group ${chat.id}`, perGroup, now)
    return chatWait > 0 ? chatWait : this.#rates.take('bot', perBot, now)
  }

  /** Null where it stands alone, undefined where what it answers is gone and it may not. */
  #below(params: Json, chatId: number): number | null | undefined {
    const above = params['reply_parameters'] as
      | { readonly message_id: number; readonly allow_sending_without_reply?: boolean }
      | undefined
    if (above === undefined) return null
    if (this.find(chatId, above.message_id) !== undefined) return above.message_id
    return above.allow_sending_without_reply === true ? null : undefined
  }

  #stored(method: string, params: Json, caption: string): Json {
    if (method === 'sendMessage') return {}
    const file_id = `file-${this.files.size}`
    this.files.set(file_id, Buffer.from(String(params[method === 'sendPhoto' ? 'photo' : 'document'])))
    const words = caption === '' ? {} : { caption }
    const file = { file_id, file_unique_id: file_id, file_size: 100 }
    return method === 'sendPhoto'
      ? { photo: [{ ...file, width: 1, height: 1 }], ...words }
      : { document: file, ...words }
  }

  #edit(params: Json): TwinAnswer {
    const standing = this.find(Number(params['chat_id']), Number(params['message_id']))
    if (standing === undefined) return wrong(400, 'Bad Request: message to edit not found')
    if (standing.from.id !== bot.id) return wrong(400, "Bad Request: message can't be edited")
    const text = String(params['text']).trim()
    if (text === standing.text) return wrong(400, 'Bad Request: message is not modified')
    if (text.length > most.text) return wrong(400, 'Bad Request: message is too long')
    standing.text = text
    return right({ ...this.worded(standing), edit_date: this.seconds() })
  }

  #delete(params: Json): TwinAnswer {
    const standing = this.find(Number(params['chat_id']), Number(params['message_id']))
    if (standing === undefined) return wrong(400, 'Bad Request: message to delete not found')
    this.messages.splice(this.messages.indexOf(standing), 1)
    return right(true)
  }

  #sign(params: Json): TwinAnswer {
    const [chat, message] = [Number(params['chat_id']), Number(params['message_id'])]
    if (this.find(chat, message) === undefined) return wrong(400, 'Bad Request: message to react not found')
    const [sign] = (params['reaction'] ?? []) as readonly { readonly emoji: string }[]
    this.signs.set(`${chat}:${message}`, sign?.emoji ?? '')
    return right(true)
  }

  #getFile(id: string): TwinAnswer {
    const file = this.files.get(id)
    if (file === undefined) return wrong(400, 'Bad Request: invalid file_id')
    return right({ file_id: id, file_unique_id: id, file_size: file.length, file_path: `documents/${id}` })
  }

  #file(path: string): TwinAnswer {
    const file = this.files.get(path.replace('documents/', ''))
    if (file === undefined) return wrong(404, 'Not Found')
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: file }
  }

  find(chatId: number, messageId: number): Standing | undefined {
    return this.messages.find(({ id, chat }) => id === messageId && chat.id === chatId)
  }

  /** A message in Telegram's words. */
  worded({ id, chat, from, text, replyTo, rest }: Standing): Json {
    const above = replyTo === null ? undefined : this.find(chat.id, replyTo)
    return {
      message_id: id,
      date: this.seconds(),
      chat,
      from,
      ...(Object.keys(rest).length === 0 ? { text } : rest),
      ...(above === undefined ? {} : { reply_to_message: this.worded({ ...above, replyTo: null }) }),
    }
  }
}

const known =
  /^(getMe|getUpdates|setWebhook|deleteWebhook|getWebhookInfo|getFile|editMessageText|deleteMessage|setMessageReaction|sendMessage|sendPhoto|sendDocument)$/

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function knows(method: string): boolean {
  return known.test(method)
}

function right(result: unknown): TwinAnswer {
  return { status: 200, body: { ok: true, result } }
}

function wrong(status: number, description: string, parameters?: Json): TwinAnswer {
  const more = parameters === undefined ? {} : { parameters }
  return { status, body: { ok: false, error_code: status, description, ...more } }
}

/** JSON, or a form with a file in it; in a form everything is a string, and objects are JSON. */
async function readParams({ headers, body }: Call): Promise<Json> {
  const type = headers['content-type'] ?? ''
  if (!type.startsWith('multipart/'))
    return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Json)
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const params: Json = {}
  for (const [name, value] of form.entries()) {
    if (typeof value !== 'string') params[name] = await value.text()
    else params[name] = value.startsWith('{') ? JSON.parse(value) : value
  }
  return params
}
