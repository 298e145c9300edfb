// What all notices share: who may send them, and how their words stand between a line that names who spoke and a line
// that leads back to the network.
import { htmlToText } from '../../lib/text/html-to-text.ts'
import type { ObjectKind } from '../../contract/engagement.ts'

/** A mail as far as notices are read from it. */
export interface NoticeMail {
  /** The From address, in small letters. */
  readonly from: string
  readonly fromName: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Values of headers by their names in small letters. */
  readonly header: (name: string) => string | undefined
  readonly messageId: string
  /** Ms since 1970. */
  readonly at: number
}

/** Who spoke, what, and where, as a network's mail says it. */
export interface Found {
  readonly author: { readonly id: string; readonly name: string }
  readonly text: string
  /** The network's own name of it; null where the mail does not give one. */
  readonly externalId: string | null
  readonly parentExternalId?: string
  readonly threadExternalId?: string
  readonly subject?: string
  readonly kind?: ObjectKind
  /** Where it is no network of one address, such as a forum. */
  readonly source?: string
}

export interface Layout {
  readonly network: string
  readonly channel: string
  readonly isFrom: (mail: NoticeMail) => boolean
  /** Null where the mail is built in a way that is not known. */
  readonly read: (mail: NoticeMail) => Found | null
}

export function sentFrom(domain: RegExp): Layout['isFrom'] {
  return ({ from }) => domain.test(from.slice(from.lastIndexOf('@') + 1))
}

/** What a reader sees, line by line, without the spaces around. */
export function linesOf({ text, html }: NoticeMail): readonly string[] {
  const whole = text.trim() === '' ? htmlToText(html) : text
  return whole.split('\n').map((line) => line.trim())
}

/** Addresses in the mail, of its links and of its words; those that a counter hides are looked into. */
function linksOf({ text, html }: NoticeMail): readonly string[] {
  const inHtml = [...html.matchAll(/href\s*=\s*["']([^"']{1,2000})["']/gi)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  )
  const inText = [...text.matchAll(/https?:\/\/[^\s<>")\]]{1,2000}/g)].map(([link]) => link)
  return [...inText, ...inHtml].slice(0, 500).map(decoded)
}

function decoded(link: string): string {
  try {
    return decodeURIComponent(link)
  } catch {
    return link
  }
}

/** The first part that the pattern finds in any link. */
export function inLinks(mail: NoticeMail, pattern: RegExp): RegExpExecArray | null {
  for (const link of linksOf(mail)) {
    const found = pattern.exec(link)
    if (found !== null) return found
  }
  return null
}

const mostLines = 200

/** The words between the first line that begins them and the next that ends them; null where either is missing. */
export function between(lines: readonly string[], begins: RegExp, ends: RegExp): string | null {
  const from = lines.findIndex((line) => begins.test(line))
  if (from < 0) return null
  const length = lines.slice(from + 1, from + 1 + mostLines).findIndex((line) => ends.test(line))
  if (length < 0) return null
  const said = lines
    .slice(from + 1, from + 1 + length)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
  const plain = said
    .replace(/^[“"«„]/, '')
    .replace(/[”"»“]$/, '')
    .trim()
  return plain === '' ? null : plain
}

export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
