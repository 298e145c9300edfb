/**
 * Strangers' text made fit to keep and to show. Kept is what was said; shown is what cannot play tricks.
 * Bidirectional controls: Unicode Technical Report 36; tag characters: Unicode 16, chapter 23.9.
 */

/** Control characters but tab and line feed. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
/** Embeddings, overrides and isolates; and what is never seen: word joiner, invisible operators, byte order mark. */
const INVISIBLE = /[\u202a-\u202e\u2066-\u2069\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb]/g
/** Tags are seen only in the flags of regions; elsewhere they hide text. */
const TAGS = /(\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f})|[\u{e0000}-\u{e007f}]/gu

/** What PostgreSQL takes: without NUL, with U+FFFD for halves of characters; else unchanged. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

/**
 * As people may see it: storable, composed (NFC), lines ended alike, without control characters, direction
 * overrides or hidden text. Joiners and marks that scripts and emoji need stay. Doing it twice changes nothing.
 */
export function displayText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(TAGS, '$1')
    .normalize('NFC')
}

/** A name or title: as `displayText`, in one line, blanks single. */
export function displayLine(text: string): string {
  return displayText(text).replace(/\s+/g, ' ').trim()
}
