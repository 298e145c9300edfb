// Reading and rewriting cookies by RFC 6265: only what sign-in needs.

/** The value of a cookie that the browser sent. */
export function readCookie(headers: Headers, name: string): string | null {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

/** The value of a cookie that an answer sets last; null where it sets none, or takes it away. */
export function cookieSetBy(response: Response, name: string): string | null {
  const last = response.headers.getSetCookie().findLast((line) => line.startsWith(`${name}=`))
  const value = last?.slice(name.length + 1).split(';')[0] ?? ''
  return value === '' ? null : value
}

/** A signed cookie is `value.signature`, percent-encoded as a whole. */
export function signedValue(cookie: string): string {
  const plain = decodeOrEmpty(cookie)
  return plain.slice(0, Math.max(0, plain.lastIndexOf('.')))
}

function decodeOrEmpty(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** The answer with each Set-Cookie line passed through `change`, and `added` behind them. */
export function withCookies(
  response: Response,
  change: (line: string) => string,
  added: readonly string[] = [],
): Response {
  const headers = new Headers(response.headers)
  headers.delete('set-cookie')
  for (const line of [...response.headers.getSetCookie().map(change), ...added])
    headers.append('set-cookie', line)
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
