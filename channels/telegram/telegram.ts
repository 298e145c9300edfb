import { createHmac } from 'node:crypto'
import { failureOf, type Asked } from '../ask-json.ts'
import { ChannelFailure } from '../channel.ts'
import type {
  Channel,
  Checked,
  HookRequest,
  Lease,
  Link,
  Plug,
  RawEvent,
  Received,
  Streamed,
} from '../channel.ts'
import type { Ports } from '../ports.ts'
import { isObject } from '../read-json.ts'
import { isSameSecret } from '../same-secret.ts'
import { previewText } from '../text-length.ts'
import { act, canAct } from './act.ts'
import { openBot, type Bot } from './bot-api.ts'
import { filesOf, readFile } from './files.ts'
import { manifest } from './manifest.ts'
import { readUpdate } from './read-update.ts'

/** A bot on Telegram: hears by long polls or pushes, answers people and groups. */
export const telegram: Plug = {
  manifest,
  open: (ports, _settings, link) => (link === null ? null : openTelegram(ports, link)),
}

/** What Telegram sends us; it leaves out reactions unless they are named. */
const wanted = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'message_reaction',
  'my_chat_member',
]

/** How long Telegram holds an answer back while nothing happens. */
const longPollSeconds = 25

function openTelegram(ports: Ports, link: Link): Channel {
  const bot = openBot(ports, link)
  const ourId = link.account?.id ?? (link.secrets['token'] ?? '').split(':')[0] ?? ''
  return {
    manifest,
    check: () => check(bot),
    subscribe: () => subscribe(bot, link),
    unsubscribe: async () => void (await must(bot.call('deleteWebhook'))),
    receive: (request) => receive(bot, link, request),
    stream: (cursor, signal) => listen(bot, cursor, signal),
    normalise: (event) => (event.facts?.['file'] === undefined ? readUpdate(event, ourId) : readFile(event)),
    canAct,
    preview: (text) => previewText(text, manifest.text),
    nameFor: () => null,
    act: (command, key) => act(ports, bot, command, key),
    readBack: async () => 'cannot-say',
  }
}

async function must(asking: Promise<Asked>): Promise<unknown> {
  const asked = await asking
  if (!asked.ok) throw failureOf(asked)
  return asked.body
}

async function check(bot: Bot): Promise<Checked> {
  const asked = await bot.call('getMe')
  if (!asked.ok) {
    return { state: asked.error.startsWith('auth.') ? 'needs-reauth' : 'unreachable', detail: asked.detail }
  }
  const me = isObject(asked.body) ? asked.body : {}
  const { id, username, first_name: name } = me
  if (typeof id !== 'number' || typeof username !== 'string') {
    return { state: 'misconfigured', detail: 'At this address is no Bot API of Telegram.' }
  }
  const hearsGroups = me['can_read_all_group_messages'] === true
  return {
    state: 'ok',
    account: {
      id: String(id),
      handle: username,
      name: typeof name === 'string' ? name : username,
      url: `https://t.me/${username}`,
      avatarUrl: null,
    },
    detail: `Connected as @${username}.`,
    permissions: [
      'messages to the bot',
      hearsGroups ? 'all messages in its groups' : 'in groups only what names the bot or answers it',
    ],
  }
}

async function subscribe(bot: Bot, link: Link): Promise<Lease> {
  const asked = { url: link.hookUrl, secret_token: secretOf(link), allowed_updates: wanted }
  await must(bot.call('setWebhook', asked))
  return { until: null }
}

/** Telegram sends it with each push; it follows from the token, so that a new token makes the old one worthless. */
function secretOf(link: Link): string {
  return createHmac('sha256', link.secrets['token'] ?? '')
    .update(`telegram hook ${link.id}`)
    .digest('base64url')
}

async function receive(bot: Bot, link: Link, request: HookRequest): Promise<Received> {
  const given = request.headers['x-telegram-bot-api-secret-token'] ?? ''
  if (!isSameSecret(given, secretOf(link))) {
    return { result: 'reject', status: 401, reason: 'not the secret that Telegram was given' }
  }
  if (request.method !== 'POST') return { result: 'reject', status: 400, reason: 'Telegram pushes by POST' }
  let update: unknown
  try {
    update = JSON.parse(Buffer.from(request.body).toString('utf8'))
  } catch {
    return { result: 'reject', status: 400, reason: 'no JSON' }
  }
  const event = eventOf(update)
  if (event === null) return { result: 'reject', status: 400, reason: 'no update' }
  return { result: 'accept', events: [event, ...(await filesOf(bot, update))] }
}

function eventOf(update: unknown): RawEvent | null {
  if (!isObject(update) || typeof update['update_id'] !== 'number') return null
  return { key: `${update['update_id']}`, at: timeOf(update), body: Buffer.from(JSON.stringify(update)) }
}

function timeOf(update: Readonly<Record<string, unknown>>): number | null {
  for (const value of Object.values(update)) {
    if (!isObject(value)) continue
    const seconds = value['edit_date'] ?? value['date']
    if (typeof seconds === 'number') return seconds * 1_000
  }
  return null
}

/** The next question confirms what the last one brought; so it is asked only when that was committed. */
async function* listen(bot: Bot, cursor: string | null, signal: AbortSignal): AsyncGenerator<Streamed> {
  let next = readCursor(cursor)
  while (!signal.aborted) {
    const asked = {
      timeout: longPollSeconds,
      allowed_updates: wanted,
      ...(next === null ? {} : { offset: next }),
    }
    const polled = await bot.longCall('getUpdates', asked, longPollSeconds * 1_000, signal)
    if (signal.aborted) return
    if (!polled.ok) throw failureOf(polled)
    const updates = readUpdates(polled.body)
    const events: RawEvent[] = []
    for (const { event, update, number } of updates) {
      events.push(event, ...(await filesOf(bot, update)))
      next = number + 1
    }
    yield { events, cursor: next === null ? cursor : `1:${next}` }
  }
}

/** `1:` and the number of the next update; what another version wrote asks for all that Telegram still has. */
function readCursor(cursor: string | null): number | null {
  const number = /^1:(\d+)$/.exec(cursor ?? '')?.[1]
  return number === undefined ? null : Number(number)
}

function readUpdates(body: unknown) {
  if (!Array.isArray(body)) {
    throw new ChannelFailure('contract.violation', 'Telegram answered in a form that is not known here.')
  }
  return body.flatMap((update: unknown) => {
    const event = eventOf(update)
    return event === null ? [] : [{ event, update, number: Number(event.key) }]
  })
}
