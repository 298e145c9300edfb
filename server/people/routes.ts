import { inScope } from '../platform/db/scope.ts'
import { guarded } from '../platform/http/implement.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { mergePersons, undoMerge, updatePerson } from './commands.ts'
import { keptPersonId, listPeople, personById, timelinePage } from './views.ts'

export function peopleRoutes(platform: Platform) {
  const { database } = platform
  return {
    list: guarded.people.list.handler(({ input, context: { scope } }) =>
      inScope(database, scope, (db) => listPeople(db, scope.workspaceId, input)),
    ),
    get: guarded.people.get.handler(({ input, context: { scope } }) =>
      inScope(database, scope, async (db) => {
        const person = await personById(db, scope.workspaceId, input.id)
        if (person === null) throw refused('NOT_FOUND')
        return person
      }),
    ),
    timeline: guarded.people.timeline.handler(({ input, context: { scope } }) =>
      inScope(database, scope, async (db) => {
        const id = await keptPersonId(db, scope.workspaceId, input.id)
        if (id === null) throw refused('NOT_FOUND')
        return timelinePage(db, scope.workspaceId, { ...input, id })
      }),
    ),
    update: guarded.people.update.handler(({ input, context }) =>
      updatePerson(platform, context.scope, input),
    ),
    merge: guarded.people.merge.handler(({ input, context }) => mergePersons(platform, context.scope, input)),
    undoMerge: guarded.people.undoMerge.handler(({ input, context }) =>
      undoMerge(platform, context.scope, input.id),
    ),
  }
}
