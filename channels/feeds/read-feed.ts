// RSS 0.9 to 2.0, RDF, Atom and JSON Feed as one shape. Entities that a document declares for itself are left as they
// stand, so that none grows; bytes and items are bounded.
import { parseFeed } from 'feedsmith'
import { decodeText } from './decode-text.ts'
import { mostFeedBytes } from './fetch-page.ts'

const mostItems = 1_000

export interface FeedPerson {
  readonly name: string
  readonly url: string
}

export interface FeedItem {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly titleIsHtml: boolean
  readonly content: string
  readonly contentIsHtml: boolean
  readonly author: FeedPerson | null
  /** As the feed writes it. */
  readonly published: string
  readonly updated: string
  /** The id of the item that it answers (RFC 4685). */
  readonly answers: string
  readonly media: readonly { readonly url: string; readonly type: string }[]
}

export interface Feed {
  readonly title: string
  readonly items: readonly FeedItem[]
  /** Of the feed itself, as it names itself. */
  readonly self: string
  readonly hubs: readonly string[]
  /** Where older items stand. */
  readonly older: string
  /** How often it asks to be asked, at most, ms. */
  readonly everyMs: number | null
  readonly isWordPress: boolean
}

/** Null where it is no feed. */
export function readFeed(bytes: Uint8Array, contentType: string): Feed | null {
  if (bytes.length > mostFeedBytes) return null
  try {
    return unify(parseFeed<string>(legible(decodeText(bytes, contentType)), { maxItems: mostItems }))
  } catch {
    return null
  }
}

/** Without what XML allows nowhere (1.0, 2.2): one such sign in one comment would make the whole feed unreadable. */
function legible(text: string): string {
  return text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
}

type Parsed = ReturnType<typeof parseFeed<string>>
type Of<Format extends Parsed['format']> = Extract<Parsed, { readonly format: Format }>['feed']

function unify(parsed: Parsed): Feed {
  if (parsed.format === 'atom') return fromAtom(parsed.feed)
  if (parsed.format === 'json') return fromJson(parsed.feed)
  return fromRss(parsed.feed)
}

interface FeedLink {
  readonly href?: string | undefined
  readonly rel?: string | undefined
  readonly type?: string | undefined
}

function linkOf(links: readonly FeedLink[] | undefined, ...rels: readonly string[]): string {
  return links?.find(({ rel }) => rels.includes(rel ?? 'alternate'))?.href ?? ''
}

function hubsOf(links: readonly FeedLink[] | undefined): readonly string[] {
  return (links ?? []).flatMap(({ rel, href }) => (rel === 'hub' && href !== undefined ? [href] : []))
}

const periods: Readonly<Record<string, number>> = {
  hourly: 3_600_000,
  daily: 86_400_000,
  weekly: 7 * 86_400_000,
  monthly: 30 * 86_400_000,
  yearly: 365 * 86_400_000,
}

function fromRss(feed: Of<'rss'> | Of<'rdf'>): Feed {
  const ttl = 'ttl' in feed && typeof feed.ttl === 'number' ? feed.ttl * 60_000 : null
  const period = feed.sy?.updatePeriod === undefined ? undefined : periods[feed.sy.updatePeriod.trim()]
  const often = Math.max(1, feed.sy?.updateFrequency ?? 1)
  return {
    title: feed.title ?? '',
    items: (feed.items ?? []).map(rssItem),
    self: linkOf(feed.atom?.links, 'self'),
    hubs: hubsOf(feed.atom?.links),
    older: linkOf(feed.atom?.links, 'prev-archive', 'next'),
    everyMs: ttl ?? (period === undefined ? null : period / often),
    isWordPress: 'generator' in feed && (feed.generator ?? '').includes('wordpress.org'),
  }
}

type RssItem = NonNullable<(Of<'rss'> | Of<'rdf'>)['items']>[number]

function rssItem(item: RssItem): FeedItem {
  const { dc, title = '', link = '' } = item
  const written = 'authors' in item ? item.authors?.[0] : undefined
  const name = dc?.creators?.[0] ?? written?.name ?? ''
  const guid = 'guid' in item ? item.guid?.value : undefined
  const content = item.content?.encoded ?? ('description' in item ? item.description : undefined) ?? ''
  const enclosures = 'enclosures' in item ? (item.enclosures ?? []) : []
  return {
    id: guid ?? link,
    url: link,
    title,
    titleIsHtml: true,
    content,
    contentIsHtml: true,
    author: name === '' ? null : { name, url: '' },
    published: ('pubDate' in item ? item.pubDate : undefined) ?? dc?.dates?.[0] ?? item.atom?.published ?? '',
    updated: item.atom?.updated ?? '',
    answers: ('thr' in item ? item.thr?.inReplyTos?.[0]?.ref : undefined) ?? '',
    media: enclosures.map(({ url = '', type = '' }) => ({ url, type })),
  }
}

function fromAtom(feed: Of<'atom'>): Feed {
  return {
    title: feed.title?.value ?? '',
    items: (feed.entries ?? []).map(atomItem),
    self: linkOf(feed.links, 'self'),
    hubs: hubsOf(feed.links),
    older: linkOf(feed.links, 'prev-archive', 'next'),
    everyMs: null,
    isWordPress: (feed.generator?.uri ?? '').includes('wordpress.org'),
  }
}

function atomItem(entry: NonNullable<Of<'atom'>['entries']>[number]): FeedItem {
  const isHtml = (type: string | undefined): boolean =>
    type !== undefined && type !== 'text' && type !== 'text/plain'
  const words = entry.content?.value === undefined ? entry.summary : entry.content
  const author = entry.authors?.[0]
  const enclosures = (entry.links ?? []).filter(({ rel }) => rel === 'enclosure')
  return {
    id: entry.id ?? linkOf(entry.links, 'alternate'),
    url: linkOf(entry.links, 'alternate'),
    title: entry.title?.value ?? '',
    titleIsHtml: isHtml(entry.title?.type),
    content: words?.value ?? '',
    contentIsHtml: isHtml(words?.type),
    author: author === undefined ? null : { name: author.name ?? '', url: author.uri ?? '' },
    published: entry.published ?? entry.updated ?? '',
    updated: entry.updated ?? '',
    answers: entry.thr?.inReplyTos?.[0]?.ref ?? '',
    media: enclosures.map(({ href = '', type = '' }) => ({ url: href, type })),
  }
}

function fromJson(feed: Of<'json'>): Feed {
  return {
    title: feed.title ?? '',
    items: (feed.items ?? []).map(jsonItem),
    self: feed.feed_url ?? '',
    hubs: (feed.hubs ?? []).flatMap(({ url }) => (url === undefined ? [] : [url])),
    older: feed.next_url ?? '',
    everyMs: null,
    isWordPress: false,
  }
}

function jsonItem(item: NonNullable<Of<'json'>['items']>[number]): FeedItem {
  const author = item.authors?.[0]
  return {
    id: item.id ?? item.url ?? '',
    url: item.url ?? item.external_url ?? '',
    title: item.title ?? '',
    titleIsHtml: false,
    content: item.content_html ?? item.content_text ?? item.summary ?? '',
    contentIsHtml: item.content_html !== undefined,
    author: author === undefined ? null : { name: author.name ?? '', url: author.url ?? '' },
    published: item.date_published ?? '',
    updated: item.date_modified ?? '',
    answers: '',
    media: (item.attachments ?? []).map(({ url = '', mime_type = '' }) => ({ url, type: mime_type })),
  }
}
