import { Hono, type Context } from 'hono'
import { ORPCError } from '@orpc/server'
import { z } from 'zod'
import { FileTooLarge } from '../platform/files/files.ts'
import { callerOf } from '../platform/http/caller.ts'
import type { Platform } from '../platform/platform.ts'
import { takeUpload } from './commands-files.ts'

const Facts = z.object({ name: z.string().min(1).max(1_000), type: z.string().max(200).default('') })

/** `POST /files?name=&type=`: the bytes of a file that a member wants to send; sent with nothing it goes after a week. */
export function uploadRoute(platform: Platform): Hono {
  const app = new Hono()
  app.post('/files', (c) => upload(c, platform))
  return app
}

async function upload(c: Context, platform: Platform): Promise<Response> {
  const principal = await callerOf(c, platform.auth, 'cases.answer')
  if (principal instanceof Response) return principal
  const facts = Facts.safeParse(c.req.query())
  const bytes = c.req.raw.body
  if (!facts.success || bytes === null) return refuse(c, 422, 'Name the file, and send it as the body.')
  const { name, type } = facts.data
  try {
    return c.json(await takeUpload(platform, principal.scope, { name, mediaType: type, bytes }), 201)
  } catch (error) {
    if (error instanceof FileTooLarge) return refuse(c, 413, error.message)
    if (error instanceof ORPCError) return refuse(c, 422, error.message)
    throw error
  }
}

function refuse(c: Context, status: 413 | 422, message: string): Response {
  return c.json({ code: 'INVALID', status, message }, status)
}
