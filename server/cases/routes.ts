import { inScope } from '../platform/db/scope.ts'
import type { Principal } from '../platform/auth/authenticator.ts'
import { guarded } from '../platform/http/implement.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { workspaceSettings } from '../workspace/index.ts'
import { changeCase, changeMany } from './commands.ts'
import { markCasesRead, readNotifications, sayViewing, writeNote } from './commands-notes.ts'
import { undoChange } from './commands-undo.ts'
import { priorityRank } from './priority-rank.ts'
import { caseDetail } from './commands-detail.ts'
import { caseCounts } from './views-counts.ts'
import { listCases } from './views-list.ts'
import { threadPage } from './views.ts'
import { notificationPage } from './views-notices.ts'
import { tagsInUse } from './views-tags.ts'
import { searchEverywhere } from './views-search.ts'

export function caseRoutes(platform: Platform) {
  const { database, clock } = platform
  const lookerOf = (principal: Principal) => ({ memberId: principal.memberId, now: new Date(clock.now()) })
  return {
    list: guarded.cases.list.handler(({ input, context: { scope, principal } }) =>
      inScope(database, scope, (db) => listCases(db, scope.workspaceId, input, lookerOf(principal))),
    ),
    counts: guarded.cases.counts.handler(({ context: { scope, principal } }) =>
      inScope(database, scope, (db) =>
        caseCounts(db, scope.workspaceId, {
          ...lookerOf(principal),
          functions: principal.functions,
        }),
      ),
    ),
    get: guarded.cases.get.handler(({ input, context: { scope, principal } }) =>
      inScope(database, scope, async (db) => {
        const settings = await workspaceSettings(db, scope.workspaceId)
        const looker = { ...lookerOf(principal), settings, hasMail: platform.smtp !== undefined }
        const found = await caseDetail(db, scope.workspaceId, input.id, looker)
        if (found === null) throw refused('NOT_FOUND')
        return found
      }),
    ),
    thread: guarded.cases.thread.handler(({ input, context: { scope } }) =>
      inScope(database, scope, async (db) => {
        const page = await threadPage(db, scope.workspaceId, input)
        if (page === null) throw refused('NOT_FOUND')
        return page
      }),
    ),
    ...caseChangeRoutes(platform),
    addNote: guarded.cases.addNote.handler(({ input, context }) => writeNote(platform, context.scope, input)),
    markRead: guarded.cases.markRead.handler(({ input, context }) =>
      markCasesRead(platform, context.scope, input),
    ),
    tags: guarded.cases.tags.handler(({ input, context: { scope } }) =>
      inScope(database, scope, async (db) => ({ items: await tagsInUse(db, scope.workspaceId, input) })),
    ),
    view: guarded.cases.view.handler(({ input, context }) => sayViewing(platform, context.scope, input)),
  }
}

function caseChangeRoutes(platform: Platform) {
  return {
    assign: guarded.cases.assign.handler(({ input, context }) =>
      changeCase(platform, context.scope, input, { to: 'assign', memberId: input.memberId }),
    ),
    handOver: guarded.cases.handOver.handler(({ input, context }) => {
      const { function: functionKey, memberId, reason } = input
      return changeCase(platform, context.scope, input, {
        to: 'hand-over',
        function: functionKey,
        memberId,
        reason,
      })
    }),
    setStatus: guarded.cases.setStatus.handler(({ input, context }) =>
      changeCase(platform, context.scope, input, { to: 'status', status: input.status }),
    ),
    setPriority: guarded.cases.setPriority.handler(({ input, context }) =>
      changeCase(platform, context.scope, input, { to: 'priority', rank: priorityRank(input.priority) }),
    ),
    snooze: guarded.cases.snooze.handler(({ input, context }) => {
      const until = input.until === null ? null : new Date(input.until)
      return changeCase(platform, context.scope, input, { to: 'snooze', until })
    }),
    tag: guarded.cases.tag.handler(({ input, context }) =>
      changeCase(platform, context.scope, input, { to: 'tags', tags: input.tags }),
    ),
    bulk: guarded.cases.bulk.handler(({ input, context }) => changeMany(platform, context.scope, input)),
    undo: guarded.cases.undo.handler(({ input, context }) =>
      undoChange(platform, context.scope, input.change),
    ),
  }
}

export function notificationRoutes(platform: Platform) {
  return {
    list: guarded.notifications.list.handler(({ input, context: { scope, principal } }) => {
      const { memberId } = principal
      if (memberId === null) return { items: [], nextCursor: null, unread: 0 }
      return inScope(platform.database, scope, (db) =>
        notificationPage(db, scope.workspaceId, { ...input, memberId }),
      )
    }),
    read: guarded.notifications.read.handler(({ input, context }) =>
      readNotifications(platform, context.scope, input.ids),
    ),
  }
}

export function findRoutes(platform: Platform) {
  return {
    search: guarded.find.search.handler(({ input, context: { scope } }) =>
      inScope(platform.database, scope, async (db) => ({
        items: await searchEverywhere(db, scope.workspaceId, input.q, input.limit),
      })),
    ),
  }
}
