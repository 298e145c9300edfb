import { z } from 'zod'
import type { Db } from '../platform/db/scope.ts'
import { askFor } from '../platform/jobs/jobs.ts'

export const SendPayload = z.object({ workspaceId: z.uuid(), threadId: z.uuid() })
export type SendPayload = z.infer<typeof SendPayload>

export const MailAnswerPayload = z.object({
  workspaceId: z.uuid(),
  connectionId: z.uuid(),
  answer: z.object({
    token: z.string(),
    from: z.string(),
    sender: z.enum(['verified', 'unknown', 'refuted']),
    externalId: z.string(),
    text: z.string(),
  }),
})
export type MailAnswerPayload = z.infer<typeof MailAnswerPayload>

/** Takes up what a member answered by mail. */
export const mailAnswerJob = { name: 'mail-answer', tries: 10, payload: MailAnswerPayload } as const

/** Lets leave what waits in the outbox for one thread, in order. */
export const sendJob = { name: 'send', tries: 25, payload: SendPayload } as const

export interface SendWhen {
  readonly runAt?: Date
  /** Whatever waits for a later time: a job that is asked for already keeps its time. */
  readonly isAtOnce?: boolean
}

/** Asks for it in the transaction that puts something into the line, or that says when to try again. */
export async function askToSend(
  db: Db,
  workspaceId: string,
  threadId: string,
  { runAt, isAtOnce = false }: SendWhen = {},
): Promise<void> {
  const when = runAt === undefined ? {} : { runAt }
  const key = isAtOnce ? `send-now:${threadId}` : `send:${threadId}`
  await askFor(db, sendJob, { workspaceId, threadId }, { key, ...when })
}
