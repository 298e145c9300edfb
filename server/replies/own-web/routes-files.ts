import { ORPCError } from '@orpc/server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { errors } from '../../../contract/errors.ts'
import { safeName, safeType } from '../../connections/index.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { writeOnce } from './commands.ts'

const maxBytes = 10 * 1024 * 1024
const Facts = z.object({ key: z.uuid(), name: z.string().max(1_000), type: z.string().max(127).default('') })

/** `POST /public/conversations/:token/files`: the bytes of one file, which becomes a message of the person outside. */
export function conversationFiles(platform: Platform): Hono {
  const app = new Hono()
  app.post('/public/conversations/:token/files', bodyLimit({ maxSize: maxBytes }), async (c) => {
    const facts = Facts.safeParse(c.req.query())
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (!facts.success || bytes.length === 0) return c.json({ code: 'INVALID', ...errors.INVALID }, 422)
    const { key, name, type } = facts.data
    const file = {
      id: newId(),
      name: safeName(name),
      mediaType: safeType({ mediaType: type, bytes }),
      bytes: bytes.length,
    }
    const path = `attachments/${file.id}`
    let isKept = false
    try {
      await platform.files.write(path, once(bytes), maxBytes)
      isKept = await writeOnce(platform, { token: c.req.param('token'), text: file.name, key, file })
      return c.json({ done: true })
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error
      return Response.json({ code: error.code, status: error.status, message: error.message }, error)
    } finally {
      if (!isKept) await platform.files.remove(path)
    }
  })
  return app
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
