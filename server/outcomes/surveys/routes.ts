import { open } from '../../platform/http/implement.ts'
import type { Platform } from '../../platform/platform.ts'
import { answerSurvey, readSurvey } from './commands.ts'

export function surveyRoutes(platform: Platform) {
  return {
    readSurvey: open.ownWeb.readSurvey.handler(({ input }) => readSurvey(platform, input.token)),
    answerSurvey: open.ownWeb.answerSurvey.handler(({ input }) => answerSurvey(platform, input)),
  }
}
