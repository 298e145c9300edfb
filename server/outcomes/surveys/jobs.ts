import { CaseResolved, caseResolvedJob } from '../../cases/index.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import type { Platform } from '../../platform/platform.ts'
import { askForSurvey } from './commands.ts'

export function createSurveyJob(
  platform: Pick<Platform, 'database' | 'clock' | 'secrets'>,
): Job<CaseResolved> {
  return { ...caseResolvedJob, payload: CaseResolved, run: (resolved) => askForSurvey(platform, resolved) }
}
