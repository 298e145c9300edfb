import { inScope } from '../platform/db/scope.ts'
import { guarded } from '../platform/http/implement.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { cancelImport, logEngagement } from './commands.ts'
import type { Ingest } from './ingest.ts'
import { engagementById, importById, newestImports, readingsOf, refusalsAfter, versionsOf } from './views.ts'

export function engagementRoutes(platform: Platform, ingest: Ingest) {
  return {
    // The stream before the contract takes the raw body for signatures; this answers where the path was rewritten.
    ingest: guarded.engagements.ingest.handler(async ({ input, context }) => ({
      results: [...(await ingest.accept(context.scope, input.engagements, { via: 'api' }))],
    })),
    get: guarded.engagements.get.handler(({ input, context }) =>
      inScope(platform.database, context.scope, async (db) => {
        const { workspaceId } = context.scope
        const found = await engagementById(db, workspaceId, input.id)
        if (found === null) throw refused('NOT_FOUND')
        const readings = [...(await readingsOf(db, workspaceId, input.id))]
        return { ...found, readings, versions: await versionsOf(db, workspaceId, input.id) }
      }),
    ),
    log: guarded.engagements.log.handler(({ input, context }) =>
      logEngagement(platform, context.scope, input),
    ),
  }
}

export function importRoutes(platform: Platform) {
  return {
    list: guarded.imports.list.handler(({ context }) =>
      inScope(platform.database, context.scope, async (db) => ({
        items: await newestImports(db, context.scope.workspaceId),
      })),
    ),
    get: guarded.imports.get.handler(({ input, context }) =>
      inScope(platform.database, context.scope, async (db) => {
        const run = await importById(db, context.scope.workspaceId, input.id)
        if (run === null) throw refused('NOT_FOUND')
        return run
      }),
    ),
    cancel: guarded.imports.cancel.handler(({ input, context }) =>
      cancelImport(platform, context.scope, input.id),
    ),
    refusals: guarded.imports.refusals.handler(({ input, context }) =>
      inScope(platform.database, context.scope, async (db) => {
        const { workspaceId } = context.scope
        if ((await importById(db, workspaceId, input.id)) === null) throw refused('NOT_FOUND')
        const { id: importId, after, limit } = input
        return { items: await refusalsAfter(db, workspaceId, { importId, after, limit }) }
      }),
    ),
  }
}
