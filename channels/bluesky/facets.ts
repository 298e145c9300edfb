// What is a link, a mention or a tag in a text is said beside it, by byte offsets in UTF-8
// (lexicon app.bsky.richtext.facet). A link that was cut leads to its whole address from each piece.
import { countGraphemes, findLinks, type Part, type Range } from './split-text.ts'

export interface Facet {
  readonly index: { readonly byteStart: number; readonly byteEnd: number }
  readonly features: readonly Readonly<Record<string, string>>[]
}

interface Marked extends Range {
  readonly feature: Readonly<Record<string, string>>
  readonly mayBeCut: boolean
}

const mention =
  /(?<=^|[\s(])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)/giu
const tag = /(?<=^|\s)#([^\s#\u00ad\u2060\u200a\u200b\u200c\u200d]+)/gu
const mostHandles = 20

/** Handles that a text addresses, without @. */
export function handlesIn(text: string): readonly string[] {
  const found = [...text.matchAll(mention)].flatMap(([, handle]) =>
    handle === undefined ? [] : [handle.toLowerCase()],
  )
  return [...new Set(found)].slice(0, mostHandles)
}

/** Facets of each part. `dids`: accounts by handle; a handle that leads nowhere stays plain text. */
export function facetsOf(
  text: string,
  parts: readonly Part[],
  dids: ReadonlyMap<string, string>,
): readonly (readonly Facet[])[] {
  const links = findMarkedLinks(text)
  const others = [...findMentions(text, dids), ...findTags(text)].filter(
    ({ start }) => !links.some((link) => link.start <= start && start < link.end),
  )
  return parts.map((part) => [...links, ...others].flatMap((marked) => facetIn(part, marked)))
}

function findMarkedLinks(text: string): readonly Marked[] {
  return findLinks(text).flatMap(({ start, end }) => {
    const address = text.slice(start, end)
    if (!URL.canParse(address) || address.length > 8_000) return []
    const feature = { $type: 'app.bsky.richtext.facet#link', uri: new URL(address).href }
    return [{ start, end, feature, mayBeCut: true }]
  })
}

function findMentions(text: string, dids: ReadonlyMap<string, string>): readonly Marked[] {
  return [...text.matchAll(mention)].flatMap((match) => {
    const did = dids.get((match[1] ?? '').toLowerCase())
    if (did === undefined) return []
    const feature = { $type: 'app.bsky.richtext.facet#mention', did }
    return [{ start: match.index, end: match.index + match[0].length, feature, mayBeCut: false }]
  })
}

function findTags(text: string): readonly Marked[] {
  return [...text.matchAll(tag)].flatMap((match) => {
    const name = (match[1] ?? '').replace(/\p{P}+$/u, '')
    if (name === '' || /^\d+$/.test(name) || countGraphemes(name) > 64 || Buffer.byteLength(name) > 640)
      return []
    const feature = { $type: 'app.bsky.richtext.facet#tag', tag: name }
    return [{ start: match.index, end: match.index + 1 + name.length, feature, mayBeCut: false }]
  })
}

function facetIn({ text, start: offset }: Part, { start, end, feature, mayBeCut }: Marked): readonly Facet[] {
  const from = Math.max(0, start - offset)
  const to = Math.min(text.length, end - offset)
  if (from >= to || (!mayBeCut && to - from < end - start)) return []
  const byteStart = Buffer.byteLength(text.slice(0, from))
  const byteEnd = byteStart + Buffer.byteLength(text.slice(from, to))
  return [{ index: { byteStart, byteEnd }, features: [feature] }]
}
