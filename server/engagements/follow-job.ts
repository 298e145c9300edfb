import { z } from 'zod'

export const FollowPayload = z.object({
  workspaceId: z.uuid(),
  /** Engagements of which person, reading or presence changed. */
  engagementIds: z.array(z.uuid()).default([]),
  /** Cases of which the function or target changed. */
  caseIds: z.array(z.uuid()).default([]),
})
export type FollowPayload = z.input<typeof FollowPayload>

/**
 * Brings turns and figures up to a change outside the loop. Named here, so that the slice that makes the change asks
 * for it in its transaction without knowing who follows.
 */
export const followJob = { name: 'follow', tries: 10 } as const
