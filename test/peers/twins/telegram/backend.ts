import assert from 'node:assert/strict'
import type { Backend, Customer, Said, Seen } from '../../../../channels/conformance/backend.ts'
import { telegram } from '../../../../channels/telegram/telegram.ts'
import { openTestPorts } from '../../../ports.ts'
import { openChassis, type Chassis } from '../chassis.ts'
import { openTelegramContract } from './contract.ts'
import {
  bot,
  TelegramNetwork,
  token,
  type Standing,
  type TelegramChat,
  type TelegramUser,
} from './network.ts'

export interface TelegramBackend extends Backend {
  readonly network: TelegramNetwork
  readonly chassis: Chassis
  /** A group that the bot is in; with an address it is public. */
  group(title: string, address?: string): TelegramChat
  /** Somebody says something in a group. */
  sayIn(chat: TelegramChat, name: string, text: string, more?: object): Said
}

export async function openTelegramBackend(aheadMs = 0): Promise<TelegramBackend> {
  const contract = openTelegramContract()
  let isTokenBad = (): boolean => false
  let network: TelegramNetwork | undefined
  const chassis = await openChassis((clock) => {
    network = new TelegramNetwork(clock, contract, () => isTokenBad())
    return network
  }, aheadMs)
  assert(network)
  const side = network
  isTokenBad = () => chassis.tokenFault() !== null
  let people = 40_000_000
  function newUser(name: string): TelegramUser {
    people += 1
    return {
      id: people,
      is_bot: false,
      first_name: name,
      username: `${name.split(' ')[0]?.toLowerCase()}_${people}`,
    }
  }
  return {
    kind: 'twin',
    network: side,
    chassis,
    plug: telegram,
    ports: openTestPorts({ trusted: [chassis.hostPort], now: chassis.now }),
    settings: { smtp: undefined },
    link: {
      id: 'link-telegram',
      account: {
        id: String(bot.id),
        handle: bot.username,
        name: bot.first_name,
        url: `https://t.me/${bot.username}`,
        avatarUrl: null,
      },
      config: { server: chassis.url },
      secrets: { token },
      hookUrl: 'https://desk.example/hooks/telegram/s3cret',
    },
    newCustomer: async (name) => newCustomer(side, newUser(name)),
    onPush: (take) => side.pushes.to(take),
    forge: (push) => {
      const secret = push.headers['x-telegram-bot-api-secret-token'] ?? ''
      const withSecret = (value: string) => ({
        ...push,
        headers: { ...push.headers, 'x-telegram-bot-api-secret-token': value },
      })
      return [
        { what: 'with a wrong secret', request: withSecret(`${secret.slice(0, -1)}!`) },
        { what: 'with a part of the secret', request: withSecret(secret.slice(0, 10)) },
        { what: 'with the bot token for a secret', request: withSecret(token) },
        { what: 'with no secret', request: withSecret('') },
      ]
    },
    fault: chassis.fault,
    wait: chassis.wait,
    accepts: async (text) => text.trim().length <= 4_096,
    group(title, address) {
      people += 1
      const chat: TelegramChat = {
        id: -people,
        type: address === undefined ? 'group' : 'supergroup',
        title,
        ...(address === undefined ? {} : { username: address }),
      }
      side.chats.set(chat.id, chat)
      return chat
    },
    sayIn: (chat, name, text, more = {}) => saySo(side, chat, newUser(name), { text, more }),
    close: async () => {
      side.pushes.close()
      await chassis.close()
      assert.deepEqual(contract.broken, [], 'the contract of Telegram was broken')
    },
  }
}

interface Words {
  readonly text: string
  readonly replyTo?: number
  readonly rest?: Record<string, unknown>
  readonly more?: object
}

function saySo(
  network: TelegramNetwork,
  chat: TelegramChat,
  from: TelegramUser,
  { text, replyTo, rest, more = {} }: Words,
): Said {
  const standing: Standing = {
    id: network.nextMessage(),
    chat,
    from,
    text,
    replyTo: replyTo ?? null,
    rest: rest ?? {},
  }
  network.messages.push(standing)
  network.tell({ message: { ...network.worded(standing), ...more } })
  return { externalId: `${chat.id}:${standing.id}` }
}

function newCustomer(network: TelegramNetwork, user: TelegramUser): Customer {
  const chat: TelegramChat = {
    id: user.id,
    type: 'private',
    first_name: user.first_name,
    ...(user.username === undefined ? {} : { username: user.username }),
  }
  network.chats.set(chat.id, chat)
  const numberOf = ({ externalId }: Said): number => Number(externalId.split(':')[1])
  const say = async (text: string): Promise<Said> => saySo(network, chat, user, { text })
  return {
    handle: user.username ?? '',
    name: user.first_name,
    say,
    direct: say,
    reply: async (to, text) => saySo(network, chat, user, { text, replyTo: numberOf(to) }),
    like: async (what) => {
      const sign = { type: 'emoji', emoji: '❤' }
      const place = { chat, message_id: numberOf(what), user, date: network.seconds() }
      network.tell({ message_reaction: { ...place, old_reaction: [], new_reaction: [sign] } })
    },
    edit: async (what, text) => {
      const standing = network.find(chat.id, numberOf(what))
      assert(standing)
      standing.text = text
      network.tell({ edited_message: { ...network.worded(standing), edit_date: network.seconds() } })
    },
    remove: async (what) => {
      const standing = network.find(chat.id, numberOf(what))
      if (standing !== undefined) network.messages.splice(network.messages.indexOf(standing), 1)
    },
    block: async () => {
      network.blocked.add(chat.id)
      const member = { user: bot, status: 'member' }
      const banned = { user: bot, status: 'kicked', until_date: 0 }
      network.tell({
        my_chat_member: {
          chat,
          from: user,
          date: network.seconds(),
          old_chat_member: member,
          new_chat_member: banned,
        },
      })
    },
    attach: async (text, file) => {
      const file_id = `in-${network.files.size}`
      network.files.set(file_id, Buffer.from(file.bytes))
      const stored = { file_id, file_unique_id: file_id, file_size: file.bytes.length }
      const document = { ...stored, file_name: file.name, mime_type: file.mediaType }
      return saySo(network, chat, user, { text, rest: { document, caption: text } })
    },
    inbox: async (): Promise<readonly Seen[]> =>
      network.messages
        .filter((message) => message.chat.id === chat.id && message.from.id === bot.id)
        .map(({ text, replyTo }) => ({
          text,
          below: replyTo === null ? null : `${chat.id}:${replyTo}`,
          isPrivate: true,
        })),
  }
}
