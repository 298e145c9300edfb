export type TokenKind = 'word' | 'tag' | 'handle' | 'link' | 'number' | 'emoji' | 'stop' | 'pause'

export interface Token {
  /** Lower case; letters repeated three times or more kept twice; a tag without its `#`. */
  readonly text: string
  /** As written, for explanations. */
  readonly raw: string
  readonly kind: TokenKind
}

const EMOTICON = String.raw`[:;=]['^o-]?(?:[)(\]\[|*\/\\3]+|[dDpPoO](?![\p{L}\p{N}]))|[xX]D(?![\p{L}\p{N}])|<3+|<\/3|[)(]-?[:;=](?![\p{L}\p{N}])|\^_?\^|-_+-`
const PATTERN = new RegExp(
  [
    String.raw`(?:https?:\/\/|www\.)\S*`,
    String.raw`@[\p{L}\p{N}_.]+(?:@[\p{L}\p{N}.-]+)?`,
    String.raw`#[\p{L}\p{N}_]+`,
    EMOTICON,
    String.raw`\p{Extended_Pictographic}|\p{Regional_Indicator}{2}`,
    String.raw`[$€£]?\d[\d.,:]*(?:%|\p{L}{0,3}(?![\p{L}\p{N}]))?`,
    String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['_.+-][\p{L}\p{N}]+)*@[\p{L}\p{N}-]+\.[\p{L}\p{N}.-]+`,
    String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['_-][\p{L}][\p{L}\p{M}]*)*`,
    String.raw`[!?¿¡。！？]+|\.+|…|[;:\n]`,
    String.raw`[,、，()"“”«»]`,
  ].join('|'),
  'gu',
)
const LINK = /^(?:https?(?::\/\/|$)|www\.)/i
const NUMBER = /^[$€£]?\d/
const STOP = /^[!?¿¡。！？.…;:\n]+$/
const PAUSE = /^[,、，()"“”«»]$/
const WORD = /^[\p{L}\p{N}]/u
const REPEATED = /(\p{L})\1{2,}/gu
const REPEATED_ASCII = /([a-z])\1{2}/

/** Words, tags, emoji and stops in order. `text` is already clean. */
export function splitWords(text: string): readonly Token[] {
  const found = text.match(PATTERN)
  return found ? found.map(tokenOf) : []
}

function tokenOf(raw: string): Token {
  const kind = kindOf(raw)
  return { text: plain(raw, kind), raw, kind }
}

function kindOf(raw: string): TokenKind {
  const first = raw.charCodeAt(0)
  const isLetter = (first >= 97 && first <= 122) || (first >= 65 && first <= 90)
  if (first === 0x40) return 'handle'
  if (first === 0x23) return 'tag'
  if (isLetter) return kindOfLatin(raw)
  if (NUMBER.test(raw)) return raw.includes('@') ? 'handle' : 'number'
  if (STOP.test(raw)) return 'stop'
  if (PAUSE.test(raw)) return 'pause'
  if (!WORD.test(raw)) return 'emoji'
  return raw.includes('@') ? 'handle' : 'word'
}

function kindOfLatin(raw: string): TokenKind {
  if (raw === 'XD' || raw === 'xD') return 'emoji'
  if (raw.includes('@')) return 'handle'
  return LINK.test(raw) ? 'link' : 'word'
}

function plain(raw: string, kind: TokenKind): string {
  if (kind === 'word' || kind === 'tag' || kind === 'number') return plainWord(raw, kind)
  if (kind === 'link') return 'http'
  return kind === 'handle' ? '@user' : raw
}

function plainWord(raw: string, kind: TokenKind): string {
  const lower = raw.toLowerCase()
  const bare = kind === 'tag' ? lower.slice(1) : lower
  if (kind === 'number' || !REPEATED_ASCII.test(bare)) return bare
  return bare.replace(REPEATED, '$1$1')
}
