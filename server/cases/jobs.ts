import type { Job } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { assignWaiting } from './commands-assign.ts'
import { assignJob, type AssignWaiting } from './jobs-names.ts'

/** When a case opens or is handed over; and each minute, for hours that begin and members who come back. */
export function createAssignJob(platform: Pick<Platform, 'database' | 'clock'>): Job<AssignWaiting> {
  return {
    ...assignJob,
    cron: '* * * * *',
    run: ({ workspaceId }) => assignWaiting(platform, workspaceId),
  }
}
