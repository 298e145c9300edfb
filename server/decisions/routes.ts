import { inScope } from '../platform/db/scope.ts'
import { guarded } from '../platform/http/implement.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { saveTree } from './commands.ts'
import { currentTree, treeVersions } from './views.ts'

export function decisionRoutes(platform: Platform) {
  return {
    current: guarded.decisions.current.handler(({ context }) =>
      inScope(platform.database, context.scope, async (db) => {
        const tree = await currentTree(db, context.scope.workspaceId)
        if (tree === null) throw refused('NOT_FOUND')
        return tree
      }),
    ),
    versions: guarded.decisions.versions.handler(({ context }) =>
      inScope(platform.database, context.scope, async (db) => ({
        items: await treeVersions(db, context.scope.workspaceId),
      })),
    ),
    save: guarded.decisions.save.handler(({ context, input }) =>
      saveTree(platform, context.scope, input.tree),
    ),
  }
}
