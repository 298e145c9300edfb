import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { Dimension, ReportFilter, TurnsInput } from '../../contract/reports.ts'
import { csvLine, type CsvValue } from '../../lib/text/csv.ts'
import type { Scope } from '../platform/db/scope.ts'
import { callerOf } from '../platform/http/caller.ts'
import type { Platform } from '../platform/platform.ts'
import { outcomeReport, responseBreakdown, responseReport, turnsOfReport } from './commands.ts'
import { breakdownLines, outcomeLines, responseLines, turnCells, turnColumns } from './csv-rows.ts'

type Chunks = AsyncGenerator<string, void>
type Writer = (scope: Scope, query: unknown) => Promise<Chunks> | Chunks

/** The reports as files, beside the contract, because bytes stream. */
export function reportStreams(platform: Platform): Hono {
  const app = new Hono()
  const add = (path: string, write: Writer): unknown =>
    app.get(path, (c) => answer(c, platform, fileName(path), write))
  add('/reports/response.csv', async (scope, query) => {
    const { dimension, ...filter } = MaybeBy.parse(query)
    if (dimension === undefined) return whole(responseLines(await responseReport(platform, scope, filter)))
    return whole(breakdownLines((await responseBreakdown(platform, scope, { ...filter, dimension })).rows))
  })
  add('/reports/response/by.csv', async (scope, query) =>
    whole(breakdownLines((await responseBreakdown(platform, scope, By.parse(query))).rows)),
  )
  add('/reports/outcome.csv', async (scope, query) =>
    whole(outcomeLines(await outcomeReport(platform, scope, ReportFilter.parse(query)))),
  )
  add('/reports/turns.csv', (scope, query) => allTurns(platform, scope, TurnsInput.parse(query)))
  return app
}

const By = ReportFilter.extend({ dimension: Dimension })
const MaybeBy = ReportFilter.extend({ dimension: Dimension.optional() })

function fileName(path: string): string {
  return path.slice('/reports/'.length).replaceAll('/', '-')
}

async function answer(c: Context, platform: Platform, name: string, write: Writer): Promise<Response> {
  const principal = await callerOf(c, platform.auth, 'reports.read')
  if (principal instanceof Response) return principal
  try {
    const chunks = await write(principal.scope, c.req.query())
    return new Response(asStream(chunks), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${name}"`,
      },
    })
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    const [issue] = error.issues
    const message = `${issue?.path.join('.') ?? 'query'}: ${issue?.message ?? 'not understood'}`
    return c.json({ code: 'INVALID', status: 422, message }, 422)
  }
}

async function* whole(lines: readonly (readonly CsvValue[])[]): Chunks {
  yield lines.map((line) => csvLine(line)).join('')
}

const together = 1_000

/** A page at a time, each in a transaction of its own, so that a slow reader holds none open. */
async function* allTurns(platform: Platform, scope: Scope, asked: TurnsInput): Chunks {
  yield csvLine(turnColumns)
  let cursor = asked.cursor
  do {
    const page = await turnsOfReport(platform, scope, { ...asked, cursor, limit: together })
    yield page.items.map((turn) => csvLine(turnCells(turn))).join('')
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

function asStream(chunks: Chunks): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next()
      if (done === true) controller.close()
      else if (value !== undefined) controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await chunks.return()
    },
  })
}
