// The original of a mail as a page that can do nothing: it is made anew from a list of elements and attributes that
// draw and do nothing else, holds its pictures in itself, and bears a policy that forbids scripts, forms, frames and
// every look outside. Whoever serves it sets the same policy as a header and shows it in a sandboxed frame only.
import type { Attachment, Email } from 'postal-mime'
import type { Original } from '../channel.ts'
import { cleanText } from './clean-line.ts'
import { readMail } from './read-mail.ts'
import { scanHtml } from './scan-html.ts'

/** `sandbox` without a word: no scripts, no origin, no forms; links open new windows that are no longer confined. */
export const inertPolicy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

const shown = new Set(
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'.split(
    ' ',
  ),
)
const dropped = new Set(
  'script style title template noscript head object embed applet iframe frame frameset svg math select textarea button form audio video canvas'.split(
    ' ',
  ),
)
const empty = new Set('br col hr img wbr'.split(' '))
const attributes = new Set(
  'align alt bgcolor border cellpadding cellspacing color cols colspan dir face height lang nowrap rows rowspan scope size span start style title type valign value width'.split(
    ' ',
  ),
)
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])

const deepest = 200
const longestPage = 6_000_000
const mostPictureBytes = 4_000_000
const longestText = 1_000_000

/** The page of a mail's original; of its HTML where it has some, else of its text. Never throws. */
export async function inertDocument(raw: Uint8Array): Promise<Original> {
  const read = await readMail(raw)
  const mail = read?.mail
  const body = mail?.html === undefined ? plainBody(mail) : inertBody(mail.html, picturesOf(mail))
  return { html: page(body), policy: inertPolicy }
}

function page(body: string): string {
  return [
    '<!doctype html>',
    '<html><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escape(policyInside)}">`,
    '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">',
    '<style>body{margin:12px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;background:#fff;color:#111}img{max-width:100%;height:auto}pre{white-space:pre-wrap}</style>',
    `</head><body>${body}</body></html>`,
  ].join('\n')
}

/** Inside a document neither `sandbox` nor `frame-ancestors` is heard. */
const policyInside =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

function plainBody(mail: Email | undefined): string {
  return `<pre>${escape(cleanText(mail?.text ?? '', longestText))}</pre>`
}

function inertBody(html: string, images: ReadonlyMap<string, string>): string {
  const out: string[] = []
  const open: string[] = []
  let length = 0
  let hidden: { readonly name: string; depth: number } | null = null
  const write = (piece: string): void => {
    length += piece.length
    if (length <= longestPage) out.push(piece)
  }
  scanHtml(html, {
    open(name, given) {
      if (hidden !== null && hidden.name === 'head' && name === 'body') hidden = null
      if (hidden !== null) {
        if (name === hidden.name) hidden.depth += 1
      } else if (dropped.has(name)) {
        hidden = { name, depth: 1 }
      } else if (shown.has(name) && (empty.has(name) || open.length < deepest)) {
        write(openTag(name, given, images))
        if (!empty.has(name)) open.push(name)
      }
    },
    close(name) {
      if (hidden !== null) {
        if (name === hidden.name) hidden.depth -= 1
        if (hidden.depth === 0) hidden = null
        return
      }
      const from = open.lastIndexOf(name)
      if (from < 0) return
      for (const inner of open.splice(from).toReversed()) write(`</${inner}>`)
    },
    text(text) {
      if (hidden === null) write(escape(text.toWellFormed()))
    },
  })
  return (
    out.join('') +
    open
      .toReversed()
      .map((name) => `</${name}>`)
      .join('')
  )
}

function openTag(
  name: string,
  given: ReadonlyMap<string, string>,
  images: ReadonlyMap<string, string>,
): string {
  const kept: string[] = []
  for (const [key, value] of given) {
    const safe = safeValue(name, key, value, images)
    if (safe !== null) kept.push(` ${key}="${escape(safe.toWellFormed())}"`)
  }
  if (name === 'a') kept.push(' target="_blank" rel="noopener noreferrer nofollow"')
  return `<${name}${kept.join('')}>`
}

function safeValue(
  name: string,
  key: string,
  value: string,
  images: ReadonlyMap<string, string>,
): string | null {
  if (key === 'href')
    return name === 'a' && /^(https?:\/\/|mailto:|tel:)/i.test(value.trim()) ? value.trim() : null
  if (key === 'src') return name === 'img' ? pictureOf(value.trim(), images) : null
  if (key === 'style') return safeStyle(value)
  return attributes.has(key) ? value.slice(0, 2_000) : null
}

function pictureOf(source: string, images: ReadonlyMap<string, string>): string | null {
  if (/^cid:/i.test(source)) return images.get(source.slice(4).toLowerCase()) ?? null
  return /^data:image\/(png|jpeg|gif|webp|bmp);base64,[a-z0-9+/=\s]*$/i.test(source) ? source : null
}

/** Declarations that draw; none that loads, computes, or leaves its place in the page. */
function safeStyle(style: string): string | null {
  const kept = style
    .slice(0, 5_000)
    .split(';')
    .filter((declaration) => {
      const plain = declaration.replaceAll(/\/\*|\*\/|\s+/g, '').toLowerCase()
      if (/url\(|expression\(|image-set|@|\\|javascript:|behavior|-moz-binding/.test(plain)) return false
      return !/^(position|z-index|content)/.test(plain)
    })
  return kept.length === 0 ? null : kept.join(';')
}

/** Pictures that the text shows, by their Content-ID. */
function picturesOf(mail: Email): ReadonlyMap<string, string> {
  const images = new Map<string, string>()
  let bytes = 0
  for (const part of mail.attachments) {
    const id = part.contentId?.replaceAll(/[<>\s]/g, '').toLowerCase()
    if (id === undefined || !pictures.has(part.mimeType)) continue
    const content = contentOf(part)
    bytes += content.length
    if (bytes > mostPictureBytes) break
    images.set(id, `data:${part.mimeType};base64,${content.toString('base64')}`)
  }
  return images
}

function contentOf({ content }: Attachment): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content))
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\0', '')
}
