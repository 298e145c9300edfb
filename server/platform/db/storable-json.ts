/**
 * JSON that PostgreSQL stores: NUL and lone surrogates, which `jsonb` refuses, become U+FFFD. Everything else stays as
 * it came.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value)
  return hasUnstorable.test(text) ? JSON.stringify(value, (_key, item: unknown) => cleanItem(item)) : text
}

/** JSON.stringify writes NUL and lone surrogates as escapes, so one look at the escapes tells. */
const hasUnstorable = /\\u(0000|d[89a-f])/i
// eslint-disable-next-line no-control-regex
const nul = /\u0000/g

function cleanItem(item: unknown): unknown {
  if (typeof item === 'string') return storableText(item)
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
  return Object.fromEntries(Object.entries(item).map(([key, inner]) => [storableText(key), inner]))
}

/** The same for plain text. */
export function storableText(text: string): string {
  return text.toWellFormed().replace(nul, '\uFFFD')
}
