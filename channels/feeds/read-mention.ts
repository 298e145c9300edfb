// What a page that links to ours says, by its microformats2 (h-entry, h-card); a page without them is a mention by its
// title. https://www.w3.org/TR/webmention/ and https://microformats.org/wiki/h-entry
import { Parser } from 'htmlparser2'
import { mf2 } from 'microformats-parser'
import { htmlToText } from '../../lib/text/html-to-text.ts'
import { absolute, readLinks } from './page-links.ts'

export const mostHtml = 512 * 1024

export interface Mention {
  readonly type: 'Create' | 'Like' | 'Announce'
  readonly title: string
  readonly text: string
  readonly author: { readonly name: string; readonly url: string }
  readonly published: string
  readonly updated: string
  /** What it answers, likes or shares. */
  readonly on: readonly string[]
}

type Property = ReturnType<typeof mf2>['items'][number]['properties'][string][number]
type Item = ReturnType<typeof mf2>['items'][number]

/** Null where the page does not link to the target, exactly as it was named. */
export function readMention(html: string, source: string, target: string): Mention | null {
  const text = html.slice(0, mostHtml)
  const wanted = absolute(target, source)
  const links = readLinks(text, source)
  if (!links.some(({ href, rel }) => href === wanted && !rel.includes('webmention'))) return null
  const entry = isTooDeep(text) ? null : entryOf(text, source)
  return entry ?? bare(text, source)
}

const deepest = 200

/** Readers of trees call themselves for each level; no page that a person wrote is so deep. */
function isTooDeep(html: string): boolean {
  let depth = 0
  let most = 0
  let tags = 0
  const parser = new Parser({
    onopentag: () => {
      tags += 1
      depth += 1
      most = Math.max(most, depth)
    },
    onclosetag: () => {
      depth -= 1
    },
  })
  parser.end(html)
  return most > deepest || tags > 20_000
}

function entryOf(html: string, source: string): Mention | null {
  let parsed: ReturnType<typeof mf2>
  try {
    parsed = mf2(html, { baseUrl: source })
  } catch {
    return null
  }
  const entry = findEntry(parsed.items)
  if (entry === null) return null
  const { properties } = entry
  const likes = urlsOf(properties['like-of'])
  const shares = urlsOf(properties['repost-of'])
  const answers = urlsOf(properties['in-reply-to'])
  const words = contentOf(properties['content']?.[0]) || wordsOf(properties['summary']?.[0])
  const title = wordsOf(properties['name']?.[0])
  const isTitled = title !== '' && !words.startsWith(title.slice(0, 40))
  return {
    type: typeOf(likes, shares),
    title: isTitled ? title : '',
    text: words === '' ? title : words,
    author: authorOf(properties['author']?.[0] ?? findCard(parsed.items), source),
    published: wordsOf(properties['published']?.[0]),
    updated: wordsOf(properties['updated']?.[0]),
    on: [...likes, ...shares, ...answers],
  }
}

function typeOf(likes: readonly string[], shares: readonly string[]): Mention['type'] {
  if (likes.length > 0) return 'Like'
  return shares.length > 0 ? 'Announce' : 'Create'
}

function isOf(item: Item, type: string): boolean {
  return item.type?.includes(type) === true
}

function findEntry(items: readonly Item[]): Item | null {
  for (const item of items) {
    if (isOf(item, 'h-entry')) return item
    const inside = isOf(item, 'h-feed') ? findEntry(item.children ?? []) : null
    if (inside !== null) return inside
  }
  return null
}

function findCard(items: readonly Item[]): Item | undefined {
  return items.find((item) => isOf(item, 'h-card'))
}

function isItem(property: Property): property is Item {
  return typeof property === 'object' && 'properties' in property
}

function urlsOf(properties: readonly Property[] | undefined): readonly string[] {
  return (properties ?? []).flatMap((property) => {
    const written = isItem(property) ? wordsOf(property.properties['url']?.[0]) : wordsOf(property)
    return URL.canParse(written) ? [new URL(written).href] : []
  })
}

function wordsOf(property: Property | undefined): string {
  if (property === undefined) return ''
  if (typeof property === 'string') return property.trim()
  return typeof property.value === 'string' ? property.value.trim() : ''
}

function contentOf(property: Property | undefined): string {
  if (typeof property === 'object' && 'html' in property) return htmlToText(property.html)
  return wordsOf(property)
}

function authorOf(property: Property | undefined, source: string): Mention['author'] {
  const { origin, host } = new URL(source)
  if (property === undefined) return { name: host, url: `${origin}/` }
  if (!isItem(property)) {
    const words = wordsOf(property)
    return URL.canParse(words) ? { name: host, url: words } : { name: words, url: `${origin}/` }
  }
  const name = wordsOf(property.properties['name']?.[0])
  const url = urlsOf(property.properties['url'])[0]
  return { name: name === '' ? host : name, url: url ?? `${origin}/` }
}

/** A link and nothing else: the title of the page. */
function bare(html: string, source: string): Mention {
  const title = /<title[^>]{0,200}>([^<]{0,500})/i.exec(html)?.[1] ?? ''
  const { host, origin } = new URL(source)
  const words = htmlToText(title)
  return {
    type: 'Create',
    title: words,
    text: words === '' ? source : words,
    author: { name: host, url: `${origin}/` },
    published: '',
    updated: '',
    on: [],
  }
}
