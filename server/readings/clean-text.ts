/** How much of one text is read; posts and mails say what they want long before. */
export const READ_LIMIT = 4000

const INVISIBLE = /(?![\n\r\t])[\p{Cc}\p{Cf}\p{Variation_Selector}]|\u034f/gu
const UNUSUAL = /[^\n\r\t\u0020-\u007e]/
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#39);/g
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['nbsp', ' '],
])

/**
 * The text as it is read: well-formed, composed (NFKC), without invisible and direction characters,
 * straight apostrophes, entities undone, at most `READ_LIMIT` code units. Any string is safe to give.
 */
export function cleanText(text: string): string {
  let clean = text.length > READ_LIMIT ? text.slice(0, READ_LIMIT) : text
  if (clean.includes('&')) clean = clean.replace(ENTITY, (whole, name: string) => ENTITIES.get(name) ?? whole)
  if (!UNUSUAL.test(clean)) return clean
  return clean
    .toWellFormed()
    .normalize('NFKC')
    .slice(0, READ_LIMIT)
    .toWellFormed()
    .replace(INVISIBLE, '')
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/\ufffd/g, ' ')
}
