import { z } from 'zod'
import type { Job } from '../platform/jobs/jobs.ts'
import { askAwayMembers } from './commands-ask-by-mail.ts'
import { takeMailAnswer } from './commands-mail-answer.ts'
import type { ReplyParts } from './commands.ts'
import type { OutboxParts } from './commands-prepare.ts'
import { MailAnswerPayload, mailAnswerJob } from './jobs-names.ts'

/** Each minute: members who are away and were told something. */
export function createAskByMailJob(parts: OutboxParts): Job<object> {
  return {
    name: 'ask-by-mail',
    cron: '* * * * *',
    tries: 1,
    payload: z.object({}),
    run: () => askAwayMembers(parts),
  }
}

export function createMailAnswerJob(parts: ReplyParts): Job<MailAnswerPayload> {
  return { ...mailAnswerJob, payload: MailAnswerPayload, run: (payload) => takeMailAnswer(parts, payload) }
}
