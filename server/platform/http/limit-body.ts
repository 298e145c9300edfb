import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/**
 * Refuses bodies that are too large. Where the length is declared, which Node then holds the sender to, the body itself
 * is not touched: making its stream costs as much as all else that taking in an engagement does.
 */
export function limitBody(maxSize: number): MiddlewareHandler {
  const refusal = {
    code: 'INVALID',
    status: 413,
    message: `At most ${Math.floor(maxSize / 2 ** 20)} MB at once.`,
  }
  const counting = bodyLimit({ maxSize, onError: (c) => c.json(refusal, 413) })
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const declared = c.req.header('content-length')
    if (declared === undefined || c.req.header('transfer-encoding') !== undefined) return counting(c, next)
    return Number(declared) <= maxSize ? next() : c.json(refusal, 413)
  }
}
