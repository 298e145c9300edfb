// ActivityStreams 2.0 as servers write it: what may be one thing may be a list, what may be an object may be its
// address. Reads both and trusts neither.

export type Json = Readonly<Record<string, unknown>>

export const publicNames: readonly string[] = [
  'https://www.w3.org/ns/activitystreams#Public',
  'as:Public',
  'Public',
]

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** The address of a thing that stands whole or by its address. */
export function idOf(value: unknown): string | null {
  const [first] = listOf(value)
  if (typeof first === 'string') return first
  return isObject(first) && typeof first.id === 'string' ? first.id : null
}

export function idsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap((each) => idOf(each) ?? [])
}

export function textOf(value: unknown): string | null {
  const [first] = listOf(value)
  return typeof first === 'string' ? first : null
}

export function typeOf(value: unknown): string | null {
  return isObject(value) ? (textOf(value.type)?.replace(/^as:/, '') ?? null) : null
}

export function parseObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

export function isSameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin
}

/** A web address as networks give it: plain, as a Link, or the first of several. */
export function hrefOf(value: unknown): string | null {
  for (const each of listOf(value)) {
    const href = isObject(each) ? (each.href ?? each.url) : each
    if (typeof href === 'string' && /^https?:\/\//i.test(href) && URL.canParse(href)) return href
  }
  return null
}
