import { z } from 'zod'

export const DigestPayload = z.object({ workspaceId: z.uuid() })
export type DigestPayload = z.infer<typeof DigestPayload>

/** Takes everything that waits in a workspace through recognise, read and decide. */
export const digestJob = { name: 'digest', tries: 25, payload: DigestPayload } as const
