// Between the HTML of posts in the fediverse and plain text, both ways. Posts are paragraphs with links; a mention is a
// link whose words are `@name`, and who is meant stands in the post's tags.
import { Parser } from 'htmlparser2'

/** Who a post names: `handle` is user@host, without @ before it. */
export interface Mention {
  readonly handle: string
  readonly href: string
}

const breaksLine = new Set(['br', 'div', 'tr', 'dt', 'dd', 'hr'])
const breaksParagraph = new Set('p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table'.split(' '))
const unseen = new Set(['script', 'style', 'title', 'template', 'noscript', 'rp', 'rt'])

interface OpenLink {
  readonly href: string
  text: string
}

/** What a reader sees, with the address behind a link where its words do not say it. Linear in the length. */
export function postToText(html: string, mentions: readonly Mention[] = []): string {
  const outside: OpenLink = { href: '', text: '' }
  let link: OpenLink | null = null
  let hidden = 0
  const add = (text: string): void => {
    if (hidden === 0) (link ?? outside).text += text
  }
  const closeLink = (): void => {
    if (link !== null) outside.text += wordsOf(link, mentions)
    link = null
  }
  const parser = new Parser(
    {
      onopentag(name, { href = '', alt = '' }) {
        if (unseen.has(name)) hidden += 1
        else if (name === 'a') {
          closeLink()
          link = { href, text: '' }
        } else if (name === 'li') add('\n- ')
        else if (name === 'img') add(alt)
        else if (breaksParagraph.has(name)) add('\n\n')
        else if (breaksLine.has(name)) add('\n')
      },
      ontext: (text) => add(text.replaceAll(/[ \t\r\n]+/g, ' ')),
      onclosetag(name) {
        if (unseen.has(name)) hidden = Math.max(0, hidden - 1)
        else if (name === 'a') closeLink()
        else if (breaksParagraph.has(name)) add('\n\n')
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  closeLink()
  return tidy(outside.text)
}

function wordsOf({ href, text }: OpenLink, mentions: readonly Mention[]): string {
  const words = text.replaceAll(/\s+/g, ' ').trim()
  if (words.startsWith('@')) return fullMention(words, href, mentions)
  if (!/^https?:\/\//i.test(href) || words.startsWith('#')) return text
  if (words === '') return href
  const bare = (url: string): string => url.replace(/^https?:\/\//i, '').replace(/\/$/, '')
  const shown = bare(words).replace(/(…|\.\.\.)$/, '')
  return bare(href).startsWith(shown) && !shown.includes(' ') ? href : `${text} (${href})`
}

function fullMention(words: string, href: string, mentions: readonly Mention[]): string {
  if (words.slice(1).includes('@')) return words
  const user = words.slice(1).toLowerCase()
  const isNamed = ({ handle }: Mention): boolean => handle.split('@')[0]?.toLowerCase() === user
  const found = mentions.find((each) => each.href === href && isNamed(each)) ?? mentions.find(isNamed)
  return found === undefined ? words : `@${found.handle}`
}

function tidy(text: string): string {
  const lines = text.replaceAll('\u00a0', ' ').split('\n')
  return lines
    .map((line) => line.replaceAll(/ {2,}/g, ' ').trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** A web address as it stands in text, without the punctuation after it. */
const webAddress = /https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}]/
/** `@user@host`, not inside a word or an address. */
const fullHandle =
  /(?<![\p{L}\p{N}_/@.])@[\p{L}\p{N}_][\p{L}\p{N}_.-]*@[\p{L}\p{N}][\p{L}\p{N}.-]*[\p{L}\p{N}](?::\d{1,5})?/u

const linked = new RegExp(`${webAddress.source}|${fullHandle.source}`, 'giu')

/** Plain text as a post shows it; only those become mentions who are named in `mentions`. */
export function textToPost(text: string, mentions: readonly Mention[] = []): string {
  const paragraphs = text
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n{2,}/)
  return paragraphs.map((lines) => `<p>${paragraphHtml(lines, mentions)}</p>`).join('')
}

function paragraphHtml(text: string, mentions: readonly Mention[]): string {
  let html = ''
  let end = 0
  for (const { 0: found, index } of text.matchAll(linked)) {
    html += escapeHtml(text.slice(end, index)) + linkHtml(found, mentions)
    end = index + found.length
  }
  return (html + escapeHtml(text.slice(end))).replaceAll('\n', '<br>')
}

function linkHtml(found: string, mentions: readonly Mention[]): string {
  if (!found.startsWith('@')) {
    return `<a href="${escapeHtml(found)}" rel="nofollow noopener" target="_blank">${escapeHtml(found)}</a>`
  }
  const meant = mentions.find(({ handle }) => handle.toLowerCase() === found.slice(1).toLowerCase())
  return meant === undefined ? escapeHtml(found) : mentionHtml(meant)
}

export function mentionHtml({ handle, href }: Mention): string {
  const user = escapeHtml(handle.split('@')[0] ?? handle)
  return `<span class="h-card"><a href="${escapeHtml(href)}" class="u-url mention">@<span>${user}</span></a></span>`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
