import { notify } from './cases/index.ts'
import type { ConnectionHooks } from './connections/index.ts'
import { addFirstTree, functionsOfTree } from './decisions/index.ts'
import type { Ingest } from './engagements/index.ts'
import { refreshTurnsOfThreads } from './outcomes/index.ts'
import type { Platform } from './platform/platform.ts'
import { applyReceipts, askToTakeMailAnswers, releaseConnection, type AnswerHooks } from './replies/index.ts'
import { fillWithSample } from './sample/fill-with-sample.ts'
import type { WorkspaceHooks } from './workspace/index.ts'

/** What later slices add to a new workspace. */
export function workspaceHooks(platform: Platform, ingest: Ingest): WorkspaceHooks {
  return {
    onWorkspaceCreated: (db, scope, functions) =>
      addFirstTree(
        db,
        scope,
        functions.map((item) => item.key),
        new Date(platform.clock.now()),
      ),
    functionsInUse: functionsOfTree,
    loadSample: (scope) => fillWithSample(platform, ingest, scope),
  }
}

/** What later slices do about an answer from the desk. */
export const answerHooks: AnswerHooks = {
  onAnswered: (db, { workspaceId, threadId, engagementId, settings, now }) =>
    refreshTurnsOfThreads(db, {
      workspaceId,
      threadIds: [threadId],
      settings,
      now,
      engagementIds: [engagementId],
    }),
}

/** What later slices do about what connections learn. */
export const connectionHooks: ConnectionHooks = {
  onReceipts: (db, workspaceId, { source, receipts }) =>
    applyReceipts(
      db,
      workspaceId,
      source,
      receipts.map(({ networkId }) => networkId),
    ),
  onMailedAnswers: askToTakeMailAnswers,
  async onTrouble(db, workspaceId, { connectionId, ownerId, text }) {
    await notify(db, workspaceId, [ownerId], { kind: 'connection', connectionId, text, at: new Date() })
  },
  onRecovered: (db, workspaceId, { connectionId }) => releaseConnection(db, workspaceId, connectionId),
}
