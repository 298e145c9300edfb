// Which characters bytes are: a byte order mark first, then what HTTP says, then what the document says of itself
// (XML 1.0 appendix F; HTML: the encoding standard); UTF-8 where nobody says anything that is known.

const declared = [
  /^[\s\ufeff]{0,200}<\?xml[^>]{0,200}\sencoding\s*=\s*["']([\w.:-]{1,40})["']/i,
  /<meta[^>]{0,200}\scharset\s*=\s*["']?([\w.:-]{1,40})/i,
]

export function decodeText(bytes: Uint8Array, contentType = ''): string {
  const label =
    byteOrderMark(bytes) ?? /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType)?.[1] ?? declaredIn(bytes)
  return decoderOf(label).decode(bytes)
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  // `<?` or `<r` in two bytes each, without a mark.
  if (first === 0x3c && second === 0) return 'utf-16le'
  if (first === 0 && second === 0x3c) return 'utf-16be'
  return null
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1_024))
  for (const pattern of declared) {
    const found = pattern.exec(head)?.[1]
    if (found !== undefined) return found
  }
  return undefined
}

function decoderOf(label: string | undefined): TextDecoder {
  try {
    return new TextDecoder(label ?? 'utf-8')
  } catch {
    return new TextDecoder('utf-8')
  }
}
