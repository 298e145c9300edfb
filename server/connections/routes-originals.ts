import { Hono } from 'hono'
import { z } from 'zod'
import { originalOf } from '../platform/db/directory-originals.ts'
import type { ConnectionParts } from './connection.ts'

/** `GET /engagements/:id/original`: what was said as its network sent it, as a page that can do nothing, for a frame. */
export function originalRoute({ platform, plugs }: ConnectionParts): Hono {
  const app = new Hono()
  app.get('/engagements/:id/original', async (c) => {
    const id = z.uuid().safeParse(c.req.param('id'))
    const found = id.success ? await originalOf(platform.database, id.data) : null
    if (found === null) return c.text('The original is not here.', 404)
    // The engagement names its workspace; whether the caller is a member there is still asked.
    const headers = new Headers(c.req.raw.headers)
    headers.set('Horseshoe-Workspace', found.slug)
    const principal = await platform.auth.principal(headers)
    const mayRead =
      principal?.scope.workspaceId === found.workspaceId && principal.permissions.has('cases.read')
    const plug = plugs.find(({ manifest }) => manifest.id === found.channel)
    if (!mayRead || plug?.original === undefined) return c.text('The original is not here.', 404)
    const { html, policy } = await plug.original(found.event)
    return c.body(html, 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    })
  })
  return app
}
