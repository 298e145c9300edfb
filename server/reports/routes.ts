import { guarded } from '../platform/http/implement.ts'
import type { Platform } from '../platform/platform.ts'
import { outcomeReport, responseBreakdown, responseReport, turnsOfReport } from './commands.ts'
import { today } from './commands-today.ts'

export function reportRoutes(platform: Platform) {
  const { response, breakdown, turns, outcome } = guarded.reports
  return {
    response: response.handler(({ input, context }) => responseReport(platform, context.scope, input)),
    breakdown: breakdown.handler(({ input, context }) => responseBreakdown(platform, context.scope, input)),
    turns: turns.handler(({ input, context }) => turnsOfReport(platform, context.scope, input)),
    outcome: outcome.handler(({ input, context }) => outcomeReport(platform, context.scope, input)),
  }
}

export function overviewRoutes(platform: Platform) {
  return { today: guarded.overview.today.handler(({ context }) => today(platform, context.scope)) }
}
