import { vouches } from './actions/index.ts'
import { siteRoutes } from './actions/routes.ts'
import { caseRoutes, findRoutes, notificationRoutes } from './cases/routes.ts'
import { channelsOf, connectionPartsOf, manifests } from './channels.ts'
import { openConnections } from './connections/index.ts'
import { connectionRoutes } from './connections/routes.ts'
import { decisionRoutes } from './decisions/routes.ts'
import type { Ingest } from './engagements/index.ts'
import { answerHooks } from './hooks.ts'
import { engagementRoutes, importRoutes } from './engagements/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import type { Platform } from './platform/platform.ts'
import { readingRoutes } from './readings/routes.ts'
import { presenceRoutes } from './presences/routes.ts'
import { ownWebRoutes } from './replies/own-web/routes.ts'
import { replyRoutes } from './replies/routes.ts'
import { overviewRoutes, reportRoutes } from './reports/routes.ts'
import { surveyRoutes } from './outcomes/surveys/routes.ts'
import type { WorkspaceHooks } from './workspace/index.ts'
import {
  auditRoutes,
  invitationRoutes,
  keyRoutes,
  memberRoutes,
  setupRoutes,
  sourceRoutes,
  workspaceRoutes,
} from './workspace/routes.ts'

export interface RouterParts {
  readonly platform: Platform
  readonly ingest: Ingest
  readonly hooks: WorkspaceHooks
}

/** Every endpoint of the contract and the slice that answers it. */
export function router({ platform, ingest, hooks }: RouterParts) {
  const channels = channelsOf(platform)
  const parts = connectionPartsOf(platform)
  return {
    setup: setupRoutes(platform, hooks),
    workspace: workspaceRoutes(platform, hooks),
    members: memberRoutes(platform),
    invitations: invitationRoutes(platform),
    audit: auditRoutes(platform),
    keys: keyRoutes(platform),
    sources: sourceRoutes(platform),
    sites: siteRoutes(platform),
    engagements: { ...engagementRoutes(platform, ingest), ...readingRoutes(platform) },
    imports: importRoutes(platform),
    presences: presenceRoutes(platform),
    connections: connectionRoutes(parts),
    people: peopleRoutes(platform),
    decisions: decisionRoutes(platform),
    cases: caseRoutes(platform),
    replies: replyRoutes({
      platform,
      channels,
      manifests,
      connections: openConnections(parts),
      hooks: answerHooks,
    }),
    ownWeb: {
      ...ownWebRoutes({ platform, vouches: (workspaceId, proof) => vouches(platform, workspaceId, proof) }),
      ...surveyRoutes(platform),
    },
    notifications: notificationRoutes(platform),
    find: findRoutes(platform),
    reports: reportRoutes(platform),
    overview: overviewRoutes(platform),
  }
}
