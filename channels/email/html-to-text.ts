// What a reader sees of an HTML mail, as plain text. Quoted blocks come out as in a plain mail, each line behind ">",
// so that one rule folds both. Nothing of the HTML is kept; what its writer hid is left out.
import { Parser } from 'htmlparser2'

/** More of a document, and more of its text, is not read. */
const longestHtml = 3_000_000
const longestText = 300_000
const deepestQuote = 5

const unseen = new Set('script style title template noscript head object select textarea svg math'.split(' '))
const paragraphs = new Set(
  'p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table section article header footer'.split(' '),
)
const blocks = new Set('div li tr dt dd hr center address figure form'.split(' '))
const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

interface Open {
  readonly name: string
  readonly isHidden: boolean
  readonly isQuote: boolean
}

export function htmlToText(html: string): string {
  const page = new Page()
  const open: Open[] = []
  const state = { hidden: 0, quotes: 0 }
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (voids.has(name)) return enterVoid(page, name)
        const isHidden = unseen.has(name) || isHiddenByStyle(attributes)
        const isQuote = name === 'blockquote'
        open.push({ name, isHidden, isQuote })
        if (isHidden) state.hidden += 1
        if (isQuote) state.quotes += 1
        if (state.hidden === 0) page.enter(name, state.quotes)
      },
      ontext(text) {
        if (state.hidden === 0) page.write(text)
        if (page.isFull) parser.pause()
      },
      onclosetag(name) {
        const last = open.at(-1)
        if (last === undefined || last.name !== name) return
        open.pop()
        if (last.isHidden) state.hidden -= 1
        if (last.isQuote) state.quotes -= 1
        if (state.hidden === 0) page.leave(name, state.quotes)
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html.slice(0, longestHtml))
  return page.text()
}

function enterVoid(page: Page, name: string): void {
  if (name === 'br') page.breakLine()
  if (name === 'hr') page.breakParagraph()
}

function isHiddenByStyle(attributes: Readonly<Record<string, string>>): boolean {
  if (attributes['hidden'] !== undefined) return true
  const style = attributes['style']
  if (style === undefined) return false
  const plain = style.slice(0, 2_000).replaceAll(/\s+/g, '').toLowerCase()
  return (
    plain.includes('display:none') || plain.includes('visibility:hidden') || plain.includes('mso-hide:all')
  )
}

/** Lines with their depth of quotation. */
class Page {
  readonly #lines: string[] = []
  #line = ''
  #depth = 0
  #length = 0
  isFull = false

  enter(name: string, depth: number): void {
    if (paragraphs.has(name)) this.breakParagraph()
    else if (blocks.has(name)) this.#endLine()
    if (name === 'li') this.#line = '- '
    if (name === 'td' || name === 'th') this.write(' ')
    this.#depth = depth
  }

  leave(name: string, depth: number): void {
    if (paragraphs.has(name)) this.breakParagraph()
    else if (blocks.has(name)) this.#endLine()
    this.#depth = depth
  }

  write(text: string): void {
    const seen = text.replaceAll(/[ \t\r\n\f\u00a0]+/g, ' ')
    this.#line += this.#line === '' || this.#line.endsWith(' ') ? seen.replace(/^ /, '') : seen
  }

  breakLine(): void {
    this.#push(this.#line)
    this.#line = ''
  }

  breakParagraph(): void {
    this.#endLine()
    if (this.#lines.length > 0) this.#push('')
  }

  text(): string {
    this.#endLine()
    return this.#lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim()
  }

  #endLine(): void {
    if (this.#line !== '') this.breakLine()
  }

  #push(line: string): void {
    if (this.isFull) return
    const quote = '>'.repeat(Math.min(this.#depth, deepestQuote))
    const whole = quote === '' ? line.trimEnd() : `${quote} ${line.trimEnd()}`.trimEnd()
    if (line === '' && (this.#lines.at(-1) ?? '') === whole && whole === '') return
    this.#lines.push(whole)
    this.#length += whole.length + 1
    this.isFull = this.#length > longestText
  }
}
