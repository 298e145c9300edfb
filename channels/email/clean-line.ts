// Signs that garble a name, a subject or a file's name: controls, and marks that turn the direction of what follows.
// eslint-disable-next-line no-control-regex
const garbling = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]+/g
// eslint-disable-next-line no-control-regex
const unwritten = /[\u0000-\u0008\u000b-\u001f\u007f]/g

/** One line of what a stranger wrote, at most `most` characters, nothing in it that a reader cannot see. */
export function cleanLine(text: string, most: number): string {
  const line = text
    .slice(0, most * 4)
    .toWellFormed()
    .replaceAll(garbling, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length <= most ? line : line.slice(0, most).toWellFormed().trimEnd()
}

/** Running text, at most `most` characters: line ends as one sign, no controls, no broken signs. */
export function cleanText(text: string, most: number): string {
  const plain = text
    .slice(0, most * 2)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(unwritten, '')
    .toWellFormed()
  return plain.length <= most ? plain : plain.slice(0, most).toWellFormed()
}

/** A file's name without folders, leading dots and signs that hide what kind of file it is. */
export function cleanFileName(name: string, otherwise: string): string {
  const seen = cleanLine(name, 300).replaceAll(/[\u200b-\u200f\u2060-\u2064\u00ad]/g, '')
  const last = seen.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replaceAll(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+/, '')
    .slice(-160)
  return plain === '' ? otherwise : plain
}
