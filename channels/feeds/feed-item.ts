// What an item of a feed means. Whatever a feed calls its items, and whoever it says wrote them, counts within that
// feed only: so no feed can speak for another.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { EngagementInput } from '../../contract/engagement.ts'
import { htmlToText } from '../../lib/text/html-to-text.ts'
import type { Normalised, RawEvent } from '../channel.ts'
import type { FeedItem } from './read-feed.ts'

const text = z.string().catch('')

const Item = z.object({
  id: z.string().min(1),
  url: text,
  title: text,
  titleIsHtml: z.boolean().catch(true),
  content: text,
  contentIsHtml: z.boolean().catch(true),
  author: z.object({ name: text, url: text }).nullable().catch(null),
  published: text,
  updated: text,
  answers: text,
  media: z.array(z.object({ url: text, type: text }).catch({ url: '', type: '' })).catch([]),
})

export function itemName(feed: string, id: string): string {
  return bounded(`${feed} ${id}`)
}

/** Named by a hash where the name is too long. */
export function bounded(name: string): string {
  const plain = name.toWellFormed().replace(/[\0-\x1f\x7f]/g, '')
  return plain.length <= 512 ? plain : `sha256:${hash(name)}`
}

export function hash(words: string): string {
  return createHash('sha256').update(words.toWellFormed()).digest('base64url')
}

/** Another one where its words or its time are others. */
export function itemVersion(item: FeedItem): string {
  return hash(JSON.stringify([item.title, item.content, item.updated, item.answers])).slice(0, 16)
}

/** Ms since 1970; null where it is no time, or one of no use. */
export function readTime(written: string): number | null {
  const at = Date.parse(written)
  return Number.isNaN(at) || at < 0 || at > Date.UTC(2100, 0, 1) ? null : at
}

export function normaliseItem(event: RawEvent): Normalised {
  const item = Item.safeParse(readJson(event.body))
  if (!item.success) return { activities: [], unknown: ['item'] }
  const { feed = '', seenAt = '0', before = '' } = event.facts ?? {}
  const seen = Number.isFinite(Number(seenAt)) ? Math.min(Math.max(0, Number(seenAt)), 8e15) : 0
  const published = readTime(item.data.published) ?? readTime(item.data.updated) ?? seen
  const updated = readTime(item.data.updated)
  const create = created(item.data, event.facts ?? {}, Math.min(published, seen))
  // What is pushed is not compared with what came before: a newer time says that it was changed.
  const isChanged =
    before === 'said' || (before === 'unknown' && updated !== null && updated > published + 1_000)
  if (!isChanged) return { activities: [create] }
  const updatedAt = new Date(Math.max(updated ?? seen, published)).toISOString()
  return feed === '' ? { activities: [] } : { activities: [create, { ...create, type: 'Update', updatedAt }] }
}

function created(
  item: z.infer<typeof Item>,
  facts: Readonly<Record<string, string>>,
  at: number,
): EngagementInput {
  const { feed = '', feedTitle = '', whose = '', presence = '' } = facts
  const title = oneLine(item.titleIsHtml ? htmlToText(item.title) : item.title).slice(0, 998)
  const words = item.contentIsHtml ? htmlToText(item.content) : item.content
  const body = words.trim() === '' ? title : words
  return {
    type: 'Create',
    kind: item.answers === '' && title !== '' ? 'Article' : 'Note',
    source: 'feed',
    channel: 'feed',
    externalId: itemName(feed, item.id),
    direction: whose === 'ours' ? 'out' : 'in',
    author: authorOf(item.author, feed, feedTitle),
    ...(presence === '' ? {} : { presence }),
    mentions: [],
    visibility: 'public',
    ...(item.answers === '' ? {} : { parentExternalId: itemName(feed, item.answers) }),
    ...(title === '' ? {} : { subject: title }),
    text: clean(item.url === '' || words.includes(item.url) ? body : `${body}\n\n${item.url}`),
    media: mediaOf(item.media),
    publishedAt: new Date(at).toISOString(),
    automatic: false,
  }
}

function authorOf(
  author: { readonly name: string; readonly url: string } | null,
  feed: string,
  feedTitle: string,
) {
  const name = oneLine(author?.name ?? '') === '' ? oneLine(feedTitle) : oneLine(author?.name ?? '')
  const who = author?.url || author?.name || ''
  return {
    externalId: bounded(`${feed} by ${oneLine(who)}`),
    ...(name === '' ? {} : { name: clean(name).slice(0, 512) }),
  }
}

function mediaOf(
  media: readonly { readonly url: string; readonly type: string }[],
): EngagementInput['media'] {
  return media
    .filter(({ url }) => url.length <= 2_048 && /^https?:\/\/[^\s/]/.test(url) && URL.canParse(url))
    .slice(0, 20)
    .map(({ url, type }) => ({ url, ...(type === '' ? {} : { mediaType: type.slice(0, 127) }) }))
}

export function oneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim()
}

export function clean(words: string): string {
  return words.toWellFormed().replaceAll('\0', '').slice(0, 100_000).toWellFormed()
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
