import { Hono, type Context } from 'hono'
import { ImportFormat } from '../../contract/engagements.ts'
import { csvLine } from '../../lib/text/csv.ts'
import { inScope } from '../platform/db/scope.ts'
import { FileTooLarge } from '../platform/files/files.ts'
import { callerOf } from '../platform/http/caller.ts'
import type { Platform } from '../platform/platform.ts'
import { startImport } from './commands.ts'
import { refusalsAfter } from './views.ts'

/** The streams beside the contract: the upload itself, and the report of refused lines as a file. */
export function importStreams(platform: Platform): Hono {
  const app = new Hono()
  app.post('/imports', (c) => upload(c, platform))
  app.get('/imports/:file{[0-9a-f-]{36}/refusals\\.csv}', (c) => refusalsFile(c, platform))
  return app
}

async function upload(c: Context, platform: Platform): Promise<Response> {
  const principal = await callerOf(c, platform.auth, 'engagements.import')
  if (principal instanceof Response) return principal
  const format = ImportFormat.safeParse(c.req.query('format'))
  const body = c.req.raw.body
  if (!format.success || body === null) {
    return c.json(
      { code: 'INVALID', status: 422, message: 'Name the format, and send the file as the body.' },
      422,
    )
  }
  const ownHandles = (c.req.query('own') ?? '').split(',').filter((handle) => handle !== '')
  const fileName = (c.req.query('name') ?? 'upload').slice(0, 200)
  try {
    const run = await startImport(platform, principal.scope, {
      format: format.data,
      fileName,
      ownHandles,
      bytes: body,
    })
    return c.json(run, 201)
  } catch (error) {
    if (!(error instanceof FileTooLarge)) throw error
    return c.json({ code: 'INVALID', status: 413, message: error.message }, 413)
  }
}

async function refusalsFile(c: Context, platform: Platform): Promise<Response> {
  const principal = await callerOf(c, platform.auth, 'engagements.import')
  if (principal instanceof Response) return principal
  const importId = (c.req.param('file') ?? '').slice(0, 36)
  const { scope } = principal
  const page = (after: number) =>
    inScope(platform.database, scope, (db) =>
      refusalsAfter(db, scope.workspaceId, { importId, after, limit: 1_000 }),
    )
  async function* lines(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const encoder = new TextEncoder()
    yield encoder.encode(csvLine(['line', 'reason', 'excerpt']))
    for (let rows = await page(0); rows.length > 0; rows = await page(rows.at(-1)?.line ?? 0)) {
      yield encoder.encode(rows.map((row) => csvLine([String(row.line), row.reason, row.excerpt])).join(''))
    }
  }
  return new Response(asStream(lines()), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="refused-lines.csv"',
    },
  })
}

function asStream(chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
  })
}
