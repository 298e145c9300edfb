export type { AnswerHooks } from './commands.ts'
export { createSendJob, createSweepJob } from './jobs.ts'
export { conversationLive } from './own-web/routes-live.ts'
