import { guarded } from '../platform/http/implement.ts'
import type { Platform } from '../platform/platform.ts'
import { createPresence, listPresences, updatePresence } from './commands.ts'

export function presenceRoutes(platform: Platform) {
  return {
    list: guarded.presences.list.handler(({ context }) => listPresences(platform, context.scope)),
    create: guarded.presences.create.handler(({ context, input }) =>
      createPresence(platform, context.scope, input),
    ),
    update: guarded.presences.update.handler(({ context, input }) =>
      updatePresence(platform, context.scope, input),
    ),
  }
}
