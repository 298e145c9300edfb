import { z } from 'zod'
import type { Db } from '../platform/db/scope.ts'
import { askFor } from '../platform/jobs/jobs.ts'

export const SendPayload = z.object({ workspaceId: z.uuid(), threadId: z.uuid() })
export type SendPayload = z.infer<typeof SendPayload>

/** Lets leave what waits in the outbox for one thread, in order. */
export const sendJob = { name: 'send', tries: 25, payload: SendPayload } as const

/** Asks for it in the transaction that puts something into the line, or that says when to try again. */
export async function askToSend(db: Db, workspaceId: string, threadId: string, runAt?: Date): Promise<void> {
  const when = runAt === undefined ? {} : { runAt }
  await askFor(db, sendJob, { workspaceId, threadId }, { key: `send:${threadId}`, ...when })
}
