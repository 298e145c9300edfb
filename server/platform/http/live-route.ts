import type { Handler } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Authenticator } from '../auth/authenticator.ts'
import { callerOf, headersOf } from './caller.ts'
import type { LiveHub, Told } from '../events/live-hub.ts'

const heartbeatMs = 15_000
const maxWaiting = 2_000

/**
 * Server-sent events of one workspace. `Last-Event-ID` (or `?cursor=`) names the last event seen. Who may listen is
 * asked again with each heartbeat, so that somebody removed hears no more.
 */
export function liveRoute(auth: Authenticator, live: LiveHub): Handler {
  return async (c) => {
    const principal = await callerOf(c, auth, 'workspace.read')
    if (principal instanceof Response) return principal
    const headers = headersOf(c)
    const cursor = c.req.header('last-event-id') ?? c.req.query('cursor') ?? (await live.cursorNow())
    return streamSSE(c, async (stream) => {
      const waiting: Told[] = []
      let wake: () => void = () => {}
      const stop = live.subscribe(principal.scope.workspaceId, cursor, (told) => {
        waiting.push(...told)
        wake()
      })
      stream.onAbort(() => {
        stop()
        wake()
      })
      await stream.writeSSE({ event: 'hello', id: cursor, data: '{}' })
      while (!stream.aborted) {
        if (waiting.length > maxWaiting) break
        for (const item of waiting.splice(0)) {
          await stream.writeSSE({ id: item.cursor, event: 'told', data: JSON.stringify(item.event) })
        }
        if (await sleepUntilWoken((fn) => (wake = fn))) continue
        if ((await auth.principal(headers).catch(() => principal)) === null) break
        await stream.writeSSE({ event: 'beat', data: '{}' })
      }
      stop()
    })
  }
}

/** True where woken by an event, false where the heartbeat is due. */
async function sleepUntilWoken(onReady: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), heartbeatMs)
    onReady(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
