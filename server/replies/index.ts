export type { AnswerHooks, Answered, ReplyParts } from './commands.ts'
export type { OutboxParts } from './commands-prepare.ts'
export { createSendJob, createSweepJob } from './jobs.ts'
export { conversationLive } from './own-web/routes-live.ts'
