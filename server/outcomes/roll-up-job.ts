import type { AskOptions, JobName } from '../platform/jobs/jobs.ts'

/** Named here, so that what changes turns may ask for it without knowing how it is done. */
export const rollUpJob: JobName<{ readonly workspaceId: string }> = { name: 'roll-up', tries: 5 }

/** One at a time for a workspace; asking twice makes one. */
export function rollUpName(workspaceId: string): Pick<AskOptions, 'key' | 'queue'> {
  const name = `roll-up ${workspaceId}`
  return { key: name, queue: name }
}

/** Changes of so many milliseconds are rolled up together; until then reports read the turns themselves. */
export const rollUpDelayMs = 10_000
