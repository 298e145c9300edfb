import { z } from 'zod'
import type { Job } from '../platform/jobs/jobs.ts'
import { sendThread } from './commands-outbox.ts'
import type { OutboxParts } from './commands-prepare.ts'
import { sweepOutbox } from './commands-sweep.ts'
import { SendPayload, sendJob } from './jobs-names.ts'

export function createSendJob(parts: OutboxParts): Job<SendPayload> {
  return { ...sendJob, payload: SendPayload, run: (payload) => sendThread(parts, payload) }
}

/** Each minute: what a crash left behind, and what waits though nobody asks for it any more. */
export function createSweepJob(parts: OutboxParts): Job<object> {
  return {
    name: 'sweep-outbox',
    cron: '* * * * *',
    tries: 1,
    payload: z.object({}),
    run: () => sweepOutbox(parts),
  }
}
