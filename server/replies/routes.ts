import { guarded } from '../platform/http/implement.ts'
import { sendAnswer, type ReplyParts } from './commands.ts'
import { saveDraft } from './commands-draft.ts'
import { retryDelivery } from './commands-retry.ts'

export function replyRoutes(parts: ReplyParts) {
  const { platform, channels } = parts
  return {
    saveDraft: guarded.replies.saveDraft.handler(({ input, context }) =>
      saveDraft(platform, context.scope, input),
    ),
    send: guarded.replies.send.handler(({ input, context }) => sendAnswer(parts, context.scope, input)),
    retry: guarded.replies.retry.handler(({ input, context }) =>
      retryDelivery(platform, channels, context.scope, input.id),
    ),
  }
}
