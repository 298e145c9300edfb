const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const NOT_UTF8 = 'The record is not valid UTF-8. Save the file as UTF-8 and import it again.'
export const HAS_NUL = 'The record contains a NUL byte.'

/** The text, or why it is none. */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly reason: string } {
  if (bytes.includes(0)) return { reason: HAS_NUL }
  try {
    return { text: strict.decode(bytes) }
  } catch {
    return { reason: NOT_UTF8 }
  }
}
