import type { JobName } from '../platform/jobs/jobs.ts'

export interface RollUpPayload {
  readonly workspaceId: string
}

/** Named here, so that what changes turns may ask for it without knowing how it is done. */
export const rollUpJob: JobName<RollUpPayload> = { name: 'roll-up', tries: 5 }

/** Changes of so many milliseconds are rolled up together; until then reports read the turns themselves. */
export const rollUpDelayMs = 3_000
