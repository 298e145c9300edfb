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
    String.raw`(?<link>(?:https?:\/\/|www\.)\S*|https?(?![\p{L}\p{N}]))`,
    String.raw`(?<handle>@[\p{L}\p{N}_.]+(?:@[\p{L}\p{N}.-]+)?|[\p{L}\p{N}_.+-]+@[\p{L}\p{N}-]+\.[\p{L}\p{N}.-]+)`,
    String.raw`(?<tag>#[\p{L}\p{N}_]+)`,
    `(?<emoji>${EMOTICON}|\\p{Extended_Pictographic}|\\p{Regional_Indicator}{2})`,
    String.raw`(?<number>[$€£]?\d[\d.,:]*(?:%|\p{L}{0,3}(?![\p{L}\p{N}]))?)`,
    String.raw`(?<word>[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['_-][\p{L}][\p{L}\p{M}]*)*)`,
    String.raw`(?<stop>[!?¿¡。！？]+|\.+|…|[;:\n])`,
    String.raw`(?<pause>[,、，()"“”«»])`,
  ].join('|'),
  'gu',
)
const KINDS: readonly TokenKind[] = ['link', 'handle', 'tag', 'emoji', 'number', 'word', 'stop', 'pause']
const REPEATED = /(\p{L})\1{2,}/gu
const REPEATED_ASCII = /([a-z])\1{2,}/

/** Words, tags, emoji and stops in order. `text` is already clean. */
export function splitWords(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(PATTERN)) {
    const kind = kindOf(match)
    if (kind) tokens.push({ text: plain(match[0], kind), raw: match[0], kind })
  }
  return tokens
}

function kindOf(match: RegExpMatchArray): TokenKind | undefined {
  for (let i = 0; i < KINDS.length; i++) if (match[i + 1] !== undefined) return KINDS[i]
  return undefined
}

function plain(raw: string, kind: TokenKind): string {
  if (kind === 'link') return 'http'
  if (kind === 'handle') return '@user'
  if (kind === 'emoji' || kind === 'stop' || kind === 'pause') return raw
  const lower = raw.toLowerCase()
  const bare = kind === 'tag' ? lower.slice(1) : lower
  if (kind === 'number' || !REPEATED_ASCII.test(bare)) return bare
  return bare.replace(REPEATED, '$1$1')
}
