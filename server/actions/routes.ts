import { guarded } from '../platform/http/implement.ts'
import type { Platform } from '../platform/platform.ts'
import { createSite, deleteSite, listSites } from './commands-sites.ts'

export function siteRoutes(platform: Platform) {
  return {
    list: guarded.sites.list.handler(({ context }) => listSites(platform, context.scope)),
    create: guarded.sites.create.handler(({ context, input }) => createSite(platform, context.scope, input)),
    remove: guarded.sites.remove.handler(({ context, input }) =>
      deleteSite(platform, context.scope, input.id),
    ),
  }
}
