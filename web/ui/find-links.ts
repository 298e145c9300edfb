export type TextPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly href: string }

const candidates =
  /\b(?:https?:\/\/|mailto:)[^\s<>"'\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/giu

/** Longer ones are no addresses that anybody means, and would make the trimming slow. */
const longestAddress = 2048

/** Splits a stranger's text into plain text and links of http, https and mailto; nothing else ever becomes a link. */
export function findLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(candidates)) {
    if (match[0].length > longestAddress) continue
    const shown = trimEnd(match[0])
    const href = safeAddress(shown)
    if (href === undefined) continue
    if (match.index > end) parts.push({ type: 'text', text: text.slice(end, match.index) })
    parts.push({ type: 'link', text: shown, href })
    end = match.index + shown.length
  }
  if (end < text.length) parts.push({ type: 'text', text: text.slice(end) })
  return parts
}

/** A full stop or bracket after an address belongs to the sentence, unless the address opened the bracket. */
function trimEnd(address: string): string {
  let kept = address.replace(/[.,;:!?…]+$/u, '')
  while (/[)\]}]$/.test(kept) && !isBalanced(kept)) kept = kept.slice(0, -1).replace(/[.,;:!?…]+$/u, '')
  return kept
}

function isBalanced(text: string): boolean {
  const count = (sign: string): number => text.split(sign).length
  return count('(') >= count(')') && count('[') >= count(']') && count('{') >= count('}')
}

function safeAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const isPlain = url.username === '' && url.password === ''
  return isPlain && /^(https?|mailto):$/.test(url.protocol) ? url.href : undefined
}
