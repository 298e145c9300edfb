import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { z } from 'zod'
import { attachmentById, type AttachmentFound } from '../platform/db/directory-connections.ts'
import type { ConnectionParts } from './connection.ts'

const shownInPlace = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** `GET /attachments/:id`: bytes of strangers, for members who may read cases; a browser runs none of it. */
export function attachmentRoute({ platform }: ConnectionParts): Hono {
  const app = new Hono()
  app.get('/attachments/:id', async (c) => {
    const id = z.uuid().safeParse(c.req.param('id'))
    const found = id.success ? await attachmentById(platform.database, id.data) : null
    if (!id.success || found === null) return c.text('Not found', 404)
    // The file names its workspace; whether the caller is a member there is still asked.
    const headers = new Headers(c.req.raw.headers)
    headers.set('Horseshoe-Workspace', found.slug)
    const principal = await platform.auth.principal(headers)
    const mayRead =
      principal?.scope.workspaceId === found.workspaceId && principal.permissions.has('cases.read')
    if (!mayRead) return c.text('Not found', 404)
    const bytes = Readable.from(platform.files.read(`attachments/${id.data}`))
    return new Response(Readable.toWeb(bytes) as ReadableStream, { headers: headersOf(found) })
  })
  return app
}

function headersOf({ name, mediaType, bytes }: AttachmentFound): Record<string, string> {
  const place = shownInPlace.has(mediaType) ? 'inline' : 'attachment'
  const plain = name.replaceAll(/[^\w. -]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return {
    'Content-Type': mediaType,
    'Content-Length': String(bytes),
    'Content-Disposition': `${place}; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, max-age=3600',
  }
}
