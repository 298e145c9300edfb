// What a reader sees of an HTML mail, as plain text. Quoted blocks come out as in a plain mail, each line behind ">",
// so that one rule folds both. Nothing of the HTML is kept; what its writer hid is left out.
import { scanHtml } from './scan-html.ts'

const longestText = 300_000
const deepestQuote = 5

const unseen = new Set(
  'script style title template noscript head object select textarea svg math iframe'.split(' '),
)
const paragraphs = new Set(
  'p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table section article header footer'.split(' '),
)
const blocks = new Set('div li tr dt dd center address figure form body'.split(' '))
const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

export function htmlToText(html: string): string {
  const page = new Page()
  /** The element that hides what is in it, and how often its name is open in it. */
  const hidden = { name: '', depth: 0 }
  scanHtml(html, {
    open(name, attributes) {
      if (isEndOfHidden(hidden.name, name)) hidden.depth = 0
      if (hidden.depth > 0) {
        if (name === hidden.name) hidden.depth += 1
        return
      }
      if (!voids.has(name) && isHidden(name, attributes)) {
        hidden.name = name
        hidden.depth = 1
        return
      }
      page.enter(name)
    },
    close(name) {
      if (hidden.depth === 0) page.leave(name)
      else if (name === hidden.name) hidden.depth -= 1
    },
    text(text) {
      if (hidden.depth === 0) page.write(text)
    },
  })
  return page.text()
}

/** Elements that end by themselves where their writer left their end out. */
function isEndOfHidden(hidden: string, name: string): boolean {
  if (hidden === 'head') return name === 'body'
  return hidden === 'p' && (paragraphs.has(name) || blocks.has(name))
}

function isHidden(name: string, attributes: ReadonlyMap<string, string>): boolean {
  if (unseen.has(name) || attributes.has('hidden')) return true
  const style = attributes.get('style')?.slice(0, 2_000).replaceAll(/\s+/g, '').toLowerCase()
  if (style === undefined) return false
  return (
    style.includes('display:none') || style.includes('visibility:hidden') || style.includes('mso-hide:all')
  )
}

/** Lines with their depth of quotation. */
class Page {
  readonly #lines: string[] = []
  #line: string[] = []
  #endsOpen = true
  #depth = 0
  #length = 0

  enter(name: string): void {
    if (name === 'br') return this.#breakLine()
    if (paragraphs.has(name) || name === 'hr') this.#breakParagraph()
    else if (blocks.has(name)) this.#endLine()
    if (name === 'blockquote') this.#depth += 1
    if (name === 'li') this.write('- ')
    if (name === 'td' || name === 'th') this.write(' ')
  }

  leave(name: string): void {
    if (paragraphs.has(name)) this.#breakParagraph()
    else if (blocks.has(name)) this.#endLine()
    if (name === 'blockquote') this.#depth = Math.max(0, this.#depth - 1)
  }

  write(text: string): void {
    if (this.#length > longestText) return
    const seen = text.replaceAll(/[ \t\r\n\f\u00a0]+/g, ' ')
    const added = this.#endsOpen && seen.startsWith(' ') ? seen.slice(1) : seen
    if (added === '') return
    this.#line.push(added)
    this.#length += added.length
    this.#endsOpen = added.endsWith(' ')
  }

  text(): string {
    this.#endLine()
    return this.#lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim()
  }

  #endLine(): void {
    if (this.#line.length > 0) this.#breakLine()
  }

  #breakParagraph(): void {
    this.#endLine()
    if (this.#lines.length > 0) this.#push('')
  }

  #breakLine(): void {
    this.#push(this.#line.join(''))
    this.#line = []
    this.#endsOpen = true
  }

  /** Of empty lines in a row one is kept. */
  #push(line: string): void {
    if (this.#length > longestText && this.#lines.length > 0 && line === '') return
    const quote = '>'.repeat(Math.min(this.#depth, deepestQuote))
    const whole = `${quote} ${line}`.trim()
    if (line.trim() === '' && this.#lines.at(-1) === whole) return
    this.#lines.push(whole)
  }
}
