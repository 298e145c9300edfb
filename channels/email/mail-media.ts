import type { MediaRules } from '../../contract/media.ts'

/** Base64 makes a third more of a file; most servers take mails of 25 MB. */
const mostBytes = 18_000_000

export const mailMedia: MediaRules = {
  most: 10,
  maxTotalBytes: mostBytes,
  kinds: [{ types: ['*/*'], maxBytes: mostBytes, isAlone: false }],
  alt: null,
}
