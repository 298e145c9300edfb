import type { Db } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'

/** Open pages look again at what left, or did not. */
export async function tellOfDelivery(
  db: Db,
  workspaceId: string,
  { caseId, engagementId }: { readonly caseId: string | null; readonly engagementId: string },
): Promise<void> {
  const caseIds = caseId === null ? [] : [caseId]
  await tell(db, workspaceId, { topic: 'engagement.changed', caseIds, engagementIds: [engagementId] })
}
