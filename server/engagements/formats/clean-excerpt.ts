const EXCERPT_LENGTH = 200

// Controls, zero-width and bidirectional marks, and what could not be decoded, would garble a report.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]+/g

/** The beginning of a record for a report: one line, at most 200 characters, nothing invisible. */
export function cleanExcerpt(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, EXCERPT_LENGTH * 4))
  const seen = text.toWellFormed().replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim()
  if (seen.length <= EXCERPT_LENGTH) return seen
  return seen.slice(0, EXCERPT_LENGTH - 1).replace(/[\ud800-\udbff]$/, '') + '…'
}
