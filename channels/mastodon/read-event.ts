// What a notification, a post or an event of the stream means. Pure.
import type { EngagementInput } from '../../contract/engagement.ts'
import type { Normalised, RawEvent } from '../channel.ts'
import { postToText } from '../post-text.ts'
import { idOf, nameOf, objectOf, objectsOf, textOf, type Api, type Json } from './api.ts'

const nothing: Normalised = { activities: [] }
const circles: Readonly<Record<string, EngagementInput['visibility']>> = {
  public: 'public',
  unlisted: 'unlisted',
  private: 'followers',
  direct: 'direct',
}
/** About other things than what people say to us. */
const silent = new Set([
  'poll',
  'moderation_warning',
  'severed_relationships',
  'admin.sign_up',
  'admin.report',
])

export function readEvent(api: Api, event: RawEvent): Normalised {
  const text = new TextDecoder().decode(event.body)
  if (event.facts?.kind === 'delete') return readDelete(api, text.trim(), event)
  const body = parse(text)
  switch (event.facts?.kind) {
    case 'notification':
      return readNotification(api, body)
    case 'status':
      return only(readStatus(api, body, 'Create'))
    case 'edit':
      return only(readStatus(api, body, 'Update'))
    default:
      return { activities: [], unknown: [`event ${event.facts?.kind ?? 'without a kind'}`] }
  }
}

function parse(text: string): Json {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return {}
  }
}

function only(activity: EngagementInput | null): Normalised {
  return activity === null
    ? { activities: [], unknown: ['post without a name, author or time'] }
    : { activities: [activity] }
}

function readNotification(api: Api, notification: Json): Normalised {
  const type = textOf(notification.type)
  switch (type) {
    case 'mention':
    case 'quote':
    case 'status':
      return only(readStatus(api, objectOf(notification.status), 'Create'))
    case 'update':
    case 'quoted_update':
      return only(readStatus(api, objectOf(notification.status), 'Update'))
    case 'favourite':
    case 'emoji_reaction':
    case 'pleroma:emoji_reaction':
      return only(readSign(api, notification, 'Like'))
    case 'reblog':
      return only(readSign(api, notification, 'Announce'))
    case 'follow':
    case 'follow_request':
      return only(readSign(api, notification, 'Follow'))
    default:
      return silent.has(type) ? nothing : { activities: [], unknown: [`notification ${type}`] }
  }
}

function readSign(
  api: Api,
  notification: Json,
  type: 'Like' | 'Announce' | 'Follow',
): EngagementInput | null {
  const id = idOf(notification)
  const author = authorOf(api, notification.account)
  const at = instant(notification.created_at)
  const on = idOf(notification.status)
  if (id === null || author === null || at === null || (on === null && type !== 'Follow')) return null
  return {
    ...common(api, nameOf(api, `notification-${id}`), author, at),
    type,
    text: textOf(notification.emoji).slice(0, 100),
    ...(on === null ? {} : { parentExternalId: nameOf(api, on) }),
  }
}

function readDelete(api: Api, id: string, { at, facts }: RawEvent): Normalised {
  if (!/^[\w-]{1,100}$/.test(id)) return { activities: [], unknown: ['deletion without a name'] }
  const when = new Date(at ?? Number(facts?.receivedAt ?? 0)).toISOString()
  // The stream says what is gone and not whose it was; the author of what is known stays as it is.
  const author = { externalId: nameOf(api, 'unsaid') }
  return { activities: [{ ...common(api, nameOf(api, id), author, when), type: 'Delete' }] }
}

function readStatus(api: Api, status: Json, type: 'Create' | 'Update'): EngagementInput | null {
  const id = idOf(status)
  const author = authorOf(api, status.account)
  const at = instant(status.created_at)
  if (id === null || author === null || at === null) return null
  const isOurs = author.externalId === api.link.account?.id
  const parent = textOf(status.in_reply_to_id)
  const warning = textOf(status.spoiler_text).slice(0, 998)
  const language = textOf(status.language).slice(0, 35)
  const mentions = objectsOf(status.mentions).map((each) => ({
    handle: fullHandle(api, each),
    href: textOf(each.url),
  }))
  return {
    ...common(api, nameOf(api, id), author, at),
    type,
    kind: status.poll === null || status.poll === undefined ? 'Note' : 'Question',
    direction: isOurs ? 'out' : 'in',
    mentions: [...new Set(mentions.map(({ handle }) => handle))]
      .filter((handle) => handle !== '')
      .slice(0, 100),
    visibility: circles[textOf(status.visibility)] ?? 'direct',
    ...(parent === '' ? {} : { parentExternalId: nameOf(api, parent) }),
    ...(warning === '' ? {} : { subject: warning }),
    text: wordsOf(status, mentions).slice(0, 100_000),
    ...(language === '' ? {} : { language }),
    media: mediaOf(status),
    ...(type === 'Create' ? {} : { updatedAt: instant(status.edited_at) ?? at }),
  }
}

function wordsOf(status: Json, mentions: Parameters<typeof postToText>[1]): string {
  const options = objectsOf(objectOf(status.poll).options).map(({ title }) => `- ${textOf(title)}`)
  return [postToText(textOf(status.content), mentions), ...options].join('\n').trim()
}

function mediaOf(status: Json): EngagementInput['media'] {
  return objectsOf(status.media_attachments)
    .flatMap((each) => {
      const url = textOf(each.url) || textOf(each.remote_url)
      if (!/^https?:\/\//.test(url) || !URL.canParse(url) || url.length > 2048) return []
      const alt = textOf(each.description).slice(0, 2000)
      return [{ url, ...(alt === '' ? {} : { alt }) }]
    })
    .slice(0, 20)
}

function common(
  api: Api,
  externalId: string,
  author: EngagementInput['author'],
  publishedAt: string,
): EngagementInput {
  const presence = api.link.account?.handle
  return {
    type: 'Create',
    kind: 'Note',
    source: 'mastodon',
    channel: 'mastodon',
    externalId,
    direction: 'in',
    author,
    ...(presence === undefined ? {} : { presence }),
    mentions: [],
    visibility: 'public',
    text: '',
    media: [],
    publishedAt,
    automatic: false,
  }
}

function authorOf(api: Api, account: unknown): EngagementInput['author'] | null {
  const id = idOf(account)
  if (id === null) return null
  const { display_name: name } = objectOf(account)
  const handle = fullHandle(api, objectOf(account)).slice(0, 512)
  return {
    externalId: nameOf(api, id),
    ...(handle === '' ? {} : { handle }),
    ...(textOf(name) === '' ? {} : { name: textOf(name).slice(0, 512) }),
  }
}

/** On their own server people are called by the first half of their handle alone. */
function fullHandle(api: Api, account: Json): string {
  const acct = textOf(account.acct)
  if (acct === '' || acct.includes('@')) return acct
  return `${acct}@${api.link.account?.handle.split('@')[1] ?? api.host}`
}

function instant(value: unknown): string | null {
  const at = Date.parse(textOf(value))
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
