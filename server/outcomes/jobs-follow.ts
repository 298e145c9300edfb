import { FollowPayload, followJob } from '../engagements/index.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import type { Job } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { workspaceSettings } from '../workspace/index.ts'
import { refreshTurnsOfThreads } from './commands-turns.ts'
import { threadsOfCases, threadsOfEngagements } from './store-turns.ts'

type World = Pick<Platform, 'database' | 'clock'>
type Payload = ReturnType<typeof FollowPayload.parse>

const together = 1_000

/** The job that brings turns up to what changed in engagements and cases outside the loop. */
export function createFollowJob(platform: World): Job<Payload> {
  return { ...followJob, payload: FollowPayload, run: (payload) => follow(platform, payload) }
}

async function follow({ database, clock }: World, payload: Payload): Promise<void> {
  const { workspaceId } = payload
  for (let start = 0; start < payload.engagementIds.length; start += together) {
    const engagementIds = payload.engagementIds.slice(start, start + together)
    await inScope(database, systemScope(workspaceId), async (db) => {
      const threadIds = await threadsOfEngagements(db, workspaceId, engagementIds)
      const settings = await workspaceSettings(db, workspaceId)
      const now = new Date(clock.now())
      await refreshTurnsOfThreads(db, { workspaceId, threadIds, engagementIds, settings, now })
    })
  }
  if (payload.caseIds.length === 0) return
  await inScope(database, systemScope(workspaceId), async (db) => {
    const threadIds = await threadsOfCases(db, workspaceId, payload.caseIds)
    const settings = await workspaceSettings(db, workspaceId)
    await refreshTurnsOfThreads(db, { workspaceId, threadIds, settings, now: new Date(clock.now()) })
  })
}
