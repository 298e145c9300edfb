// The links of a page: which feeds it names, and whether it leads somewhere.
import { Parser } from 'htmlparser2'

export interface PageLink {
  readonly tag: string
  readonly href: string
  readonly rel: readonly string[]
  readonly type: string
}

const mostLinks = 5_000
const places = ['href', 'src', 'data', 'cite'] as const

/** In the order in which they stand; addresses made absolute, those that are none left out. */
export function readLinks(html: string, base: string): readonly PageLink[] {
  const links: PageLink[] = []
  let from = base
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === 'base') from = absolute(attributes['href'] ?? '', base) ?? from
      if (links.length >= mostLinks) return
      const place = places.find((name) => attributes[name] !== undefined)
      const href = place === undefined ? null : absolute(attributes[place] ?? '', from)
      if (href === null) return
      const rel = (attributes['rel'] ?? '').toLowerCase().split(/\s+/)
      links.push({ tag, href, rel, type: (attributes['type'] ?? '').toLowerCase() })
    },
  })
  parser.end(html)
  return links
}

const feedTypes = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/rdf+xml',
])

/** The first feed that a page names. */
export function feedOf(html: string, base: string): string | null {
  const found = readLinks(html, base).find(
    ({ rel, type }) => rel.includes('alternate') && feedTypes.has(type),
  )
  return found?.href ?? null
}

export function absolute(href: string, base: string): string | null {
  const url = URL.parse(href.trim(), base)
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null
}

/** `<address>; rel="one two"` of a Link header (RFC 8288). */
export function readLinkHeader(
  header: string | readonly string[] | undefined,
  base: string,
): readonly PageLink[] {
  const text = (typeof header === 'string' ? [header] : (header ?? [])).join(', ').slice(0, 16_384)
  return [...text.matchAll(/<([^<>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)/g)].flatMap(
    (found) => {
      const href = absolute(found[1] ?? '', base)
      const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(found[2] ?? '')
      if (href === null) return []
      return [{ tag: 'header', href, rel: (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/), type: '' }]
    },
  )
}
