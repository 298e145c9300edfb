import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'
import type { Reading } from '../../contract/reading.ts'

export interface NewReading {
  readonly id: string
  readonly engagementId: string
  readonly engagementVersion: number
  readonly reading: Reading
  readonly at: Date
  readonly correctedBy?: string
  readonly correctedByName?: string
}

/** Adds readings; none is ever changed, the newest by id counts. */
export async function addReadings(
  db: Db,
  workspaceId: string,
  readings: readonly NewReading[],
): Promise<void> {
  const rows = readings.map(({ reading, ...item }) => ({
    workspace_id: workspaceId,
    engagement_id: item.engagementId,
    id: item.id,
    engagement_version: item.engagementVersion,
    model_version: reading.version,
    language: reading.language,
    sentiment: reading.sentiment,
    probability: reading.probability,
    is_unsure: reading.abstain,
    labels: reading.labels,
    reasons: reading.reasons,
    corrected_by: item.correctedBy ?? null,
    corrected_by_name: item.correctedByName ?? null,
    at: item.at,
  }))
  await insertRows(db, 'readings', rows)
}
