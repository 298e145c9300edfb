// HTML as a row of tags and texts, in one pass and without a tree: a stranger's mail may nest as deep as it likes, and
// each sign of it is looked at once.
import { Tokenizer } from 'htmlparser2'

export interface HtmlEvents {
  /** Names in small letters; attributes with entities decoded, the first of each name. */
  open(name: string, attributes: ReadonlyMap<string, string>): void
  close(name: string): void
  text(text: string): void
}

const longestHtml = 5_000_000
const mostAttributes = 60
const longestValue = 1_500_000

export function scanHtml(whole: string, events: HtmlEvents): void {
  const html = whole.slice(0, longestHtml)
  let name = ''
  let attributes = new Map<string, string>()
  let attribute = ''
  let value: string[] = []
  let length = 0
  const addValue = (piece: string): void => {
    length += piece.length
    if (length <= longestValue) value.push(piece)
  }
  const nothing = (): void => {}
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(start, end) {
        name = html.slice(start, end).toLowerCase()
        attributes = new Map()
      },
      onattribname(start, end) {
        attribute = html.slice(start, end).toLowerCase()
        value = []
        length = 0
      },
      onattribdata: (start, end) => addValue(html.slice(start, end)),
      onattribentity: (code) => addValue(String.fromCodePoint(code)),
      onattribend() {
        if (attributes.size < mostAttributes && !attributes.has(attribute)) {
          attributes.set(attribute, length <= longestValue ? value.join('') : '')
        }
      },
      onopentagend: () => events.open(name, attributes),
      onselfclosingtag() {
        events.open(name, attributes)
        // Of elements that can hold others only these end by "/>".
        if (name === 'svg' || name === 'math') events.close(name)
      },
      onclosetag: (start, end) => events.close(html.slice(start, end).toLowerCase()),
      ontext: (start, end) => events.text(html.slice(start, end)),
      ontextentity: (code) => events.text(String.fromCodePoint(code)),
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
}
