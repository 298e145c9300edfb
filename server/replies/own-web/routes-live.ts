import { Hono, type Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { inScope, systemScope } from '../../platform/db/scope.ts'
import type { Platform } from '../../platform/platform.ts'
import { conversationByToken } from '../../platform/db/directory.ts'
import { hashToken } from '../../platform/secrets/sealed.ts'
import { errors } from '../../../contract/errors.ts'
import { conversationStamp } from './views.ts'

const lookAgainMs = 1_000
const heartbeatMs = 20_000
/** Pages that may listen at once; beyond it a page asks again by itself now and then. */
const mostListeners = 1_000

/**
 * Server-sent events of one conversation for the person outside, by the private link and without cookies: `changed`
 * says that the page would look different now, and nothing else. Whatever happens in the workspace, a page looks at
 * most once a second.
 */
export function conversationLive(platform: Platform): Hono {
  const app = new Hono()
  let listeners = 0
  app.get('/public/conversations/:token/live', async (c) => {
    const found = await conversationByToken(platform.database, hashToken(c.req.param('token')))
    if (found === null) return refusal(c, 'NOT_FOUND')
    if (listeners >= mostListeners) return refusal(c, 'UNAVAILABLE')
    const { workspaceId, conversationId } = found
    const look = (): Promise<string> =>
      inScope(platform.database, systemScope(workspaceId), (db) =>
        conversationStamp(db, workspaceId, conversationId),
      )
    const cursor = await platform.live.cursorNow()
    return streamSSE(c, async (stream) => {
      const pulse = createPulse()
      const stop = platform.live.subscribe(workspaceId, cursor, pulse.beat)
      stream.onAbort(pulse.beat)
      listeners += 1
      try {
        let seen = await look()
        await stream.writeSSE({ event: 'hello', data: '{}' })
        while (!stream.aborted) {
          const isDue = await pulse.next(heartbeatMs)
          if (stream.aborted) break
          const now = isDue ? await look() : seen
          await stream.writeSSE({ event: now === seen ? 'beat' : 'changed', data: '{}' })
          seen = now
          await stream.sleep(lookAgainMs)
        }
      } finally {
        listeners -= 1
        stop()
      }
    })
  })
  return app
}

function refusal(c: Context, code: 'NOT_FOUND' | 'UNAVAILABLE'): Response {
  const { status, message } = errors[code]
  return c.json({ code, status, message }, status)
}

interface Pulse {
  readonly beat: () => void
  /** True where something happened since the last call, or does before the time is over. */
  readonly next: (waitMs: number) => Promise<boolean>
}

function createPulse(): Pulse {
  let hasBeaten = false
  let wake: () => void = () => {}
  return {
    beat() {
      hasBeaten = true
      wake()
    },
    next: (waitMs) =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer)
          wake = () => {}
          resolve(hasBeaten)
          hasBeaten = false
        }
        const timer = setTimeout(finish, waitMs)
        wake = finish
        if (hasBeaten) finish()
      }),
  }
}
