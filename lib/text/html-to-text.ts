import { Parser } from 'htmlparser2'

const BREAKS_LINE = new Set(['br', 'div', 'li', 'tr', 'dt', 'dd', 'hr'])
const BREAKS_PARAGRAPH = new Set(
  'p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table section article header footer'.split(' '),
)
const UNSEEN = new Set(['script', 'style', 'title', 'template', 'noscript'])

/** What a reader sees of HTML, as plain text: paragraphs by an empty line, `br` and blocks by a new one. */
export function htmlToText(html: string): string {
  let text = ''
  let unseen = 0
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (UNSEEN.has(name)) unseen++
        if (BREAKS_PARAGRAPH.has(name)) text += '\n\n'
        else if (BREAKS_LINE.has(name)) text += '\n'
      },
      ontext: (data) => {
        if (unseen === 0) text += data.replaceAll(/[ \t\r\n]+/g, ' ')
      },
      onclosetag: (name) => {
        if (UNSEEN.has(name)) unseen = Math.max(0, unseen - 1)
        if (BREAKS_PARAGRAPH.has(name)) text += '\n\n'
        else if (name !== 'br' && BREAKS_LINE.has(name)) text += '\n'
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  return tidy(text)
}

function tidy(text: string): string {
  const lines = text.replaceAll('\u00a0', ' ').split('\n')
  return lines
    .map((line) => line.replaceAll(/ {2,}/g, ' ').trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
