import type { MiddlewareHandler } from 'hono'

const strict = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')
const policies = {
  framed: `${strict}; frame-ancestors *`,
  alone: `${strict}; frame-ancestors 'none'`,
} as const

/** Pages for people outside may stand in a frame of any site; nothing else may. */
const framed = /^\/(contact|chat|c|s)\//

/** Response headers of every page and answer. */
export function securityHeaders(isHttps: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const headers = c.res.headers
    // What serves the bytes of strangers, or a page for other sites, says its own.
    if (!headers.has('Content-Security-Policy'))
      headers.set('Content-Security-Policy', framed.test(c.req.path) ? policies.framed : policies.alone)
    headers.set('X-Content-Type-Options', 'nosniff')
    headers.set('Referrer-Policy', 'no-referrer')
    headers.set('Cross-Origin-Opener-Policy', 'same-origin')
    if (isHttps) headers.set('Strict-Transport-Security', 'max-age=31536000')
    if (c.req.path.startsWith('/api/') && !headers.has('Cache-Control'))
      headers.set('Cache-Control', 'no-store')
  }
}

/**
 * Refuses writes that another site makes with a member's cookie. Programs send no cookie and are not asked for an
 * origin.
 */
export function sameOriginOnly(ownOrigins: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (isRead || isFromHere(c.req.raw.headers, ownOrigins)) return next()
    return c.json({ code: 'FORBIDDEN', status: 403, message: 'This came from another site.' }, 403)
  }
}

function isFromHere(headers: Headers, ownOrigins: readonly string[]): boolean {
  const origin = headers.get('origin')
  if (origin === null)
    return headers.get('cookie') === null || headers.get('sec-fetch-site') === 'same-origin'
  if (ownOrigins.includes(origin)) return true
  return headers.get('cookie') === null && headers.get('authorization') !== null
}
