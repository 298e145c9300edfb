import { guarded } from '../platform/http/implement.ts'
import type { Platform } from '../platform/platform.ts'
import { correctReading } from './commands.ts'

export function readingRoutes(platform: Platform) {
  return {
    correctReading: guarded.engagements.correctReading.handler(({ input, context }) =>
      correctReading(platform, context.scope, input),
    ),
  }
}
