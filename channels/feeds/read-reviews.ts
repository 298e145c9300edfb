// Reviews that a page carries as JSON-LD (schema.org/Review, schema.org/AggregateRating): the way in which shops and
// review sites tell search engines. Read from the scripts of the page; nothing of it is run.
import { Parser } from 'htmlparser2'
import { hash, oneLine } from './feed-item.ts'

export interface Review {
  readonly kind: 'review' | 'aggregate'
  /** As the page names it, or made of who, when and what is rated. */
  readonly id: string
  readonly author: string
  readonly authorUrl: string
  readonly title: string
  readonly text: string
  readonly rating: number | null
  readonly best: number
  readonly published: string
  readonly updated: string
  /** How many reviews an aggregate stands for. */
  readonly count: number | null
  /** What is rated. */
  readonly about: string
}

const mostThings = 5_000
const mostReviews = 500
const deepest = 20

type Json = Readonly<Record<string, unknown>>

export function readReviews(html: string): readonly Review[] {
  const found: Review[] = []
  let left = mostThings
  function walk(value: unknown, about: string, depth: number): void {
    left -= 1
    if (left < 0 || depth > deepest || found.length >= mostReviews) return
    if (Array.isArray(value)) {
      for (const each of value) walk(each, about, depth + 1)
      return
    }
    if (!isObject(value)) return
    const name = oneLine(textOf(value['name']))
    if (isOf(value, 'Review') || isOf(value, 'UserReview') || isOf(value, 'CriticReview')) {
      found.push(reviewOf(value, nameOf(value['itemReviewed']) || about))
      return
    }
    if (isOf(value, 'AggregateRating')) found.push(aggregateOf(value, nameOf(value['itemReviewed']) || about))
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object' && inner !== null)
        walk(inner, key === '@graph' ? about : name || about, depth + 1)
    }
  }
  for (const script of jsonScripts(html)) walk(parse(script), '', 0)
  return found
}

function jsonScripts(html: string): readonly string[] {
  const scripts: string[] = []
  let isInside = false
  const parser = new Parser({
    onopentag(tag, attributes) {
      isInside = tag === 'script' && /^\s*application\/ld\+json\b/i.test(attributes['type'] ?? '')
      if (isInside && scripts.length < 100) scripts.push('')
    },
    ontext(text) {
      if (isInside && scripts.length > 0) scripts.push((scripts.pop() ?? '') + text)
    },
    onclosetag() {
      isInside = false
    },
  })
  parser.end(html)
  return scripts
}

function parse(script: string): unknown {
  try {
    return JSON.parse(script.replace(/^\s*(?:<!--|\/\/<!\[CDATA\[)|(?:-->|\/\/\]\]>)\s*$/g, ''))
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOf(value: Json, type: string): boolean {
  const types: readonly unknown[] = Array.isArray(value['@type']) ? value['@type'] : [value['@type']]
  return types.some(
    (each) => typeof each === 'string' && each.replace(/^(https?:\/\/schema\.org\/|schema:)/, '') === type,
  )
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return textOf(value[0])
  return isObject(value) ? textOf(value['@value'] ?? '') : ''
}

function nameOf(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return oneLine(isObject(first) ? textOf(first['name']) : textOf(first))
}

/** `4,5` as well as `4.5`. */
function numberOf(value: unknown): number | null {
  const written = textOf(value).replace(',', '.')
  const number = Number(written)
  return written !== '' && Number.isFinite(number) && Math.abs(number) < 1e9 ? number : null
}

function reviewOf(value: Json, about: string): Review {
  const rating: unknown = Array.isArray(value['reviewRating'])
    ? value['reviewRating'][0]
    : value['reviewRating']
  const writer: unknown = Array.isArray(value['author']) ? value['author'][0] : value['author']
  const author = nameOf(writer)
  const published = textOf(value['datePublished']) || textOf(value['dateCreated'])
  const text = textOf(value['reviewBody']) || textOf(value['description'])
  const named = textOf(value['@id']) || textOf(value['url'])
  return {
    kind: 'review',
    // Without a name of its own: whoever changes their words the same day is still the same review.
    id: named === '' ? hash(JSON.stringify([author, published, about, published === '' ? text : ''])) : named,
    author,
    authorUrl: isObject(writer) ? textOf(writer['url']) || textOf(writer['@id']) : '',
    title: oneLine(textOf(value['name']) || textOf(value['headline'])),
    text,
    rating: isObject(rating) ? numberOf(rating['ratingValue']) : numberOf(rating),
    best: (isObject(rating) ? numberOf(rating['bestRating']) : null) ?? 5,
    published,
    updated: textOf(value['dateModified']),
    count: null,
    about,
  }
}

function aggregateOf(value: Json, about: string): Review {
  const rating = numberOf(value['ratingValue'])
  const count = numberOf(value['reviewCount']) ?? numberOf(value['ratingCount'])
  return {
    kind: 'aggregate',
    id: `aggregate ${hash(about).slice(0, 16)} ${String(rating)} ${String(count)}`,
    author: '',
    authorUrl: '',
    title: '',
    text: '',
    rating,
    best: numberOf(value['bestRating']) ?? 5,
    published: '',
    updated: '',
    count,
    about,
  }
}

/** `4 of 5`; the best rating is 5 where the page names none (schema.org). */
export function ratingWords({ rating, best }: Pick<Review, 'rating' | 'best'>): string {
  return rating === null ? '' : `${Math.round(rating * 100) / 100} of ${best}`
}
