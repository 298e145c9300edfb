import { guarded } from '../platform/http/implement.ts'
import { sendAnswer, type ReplyParts } from './commands.ts'
import { saveDraft } from './commands-draft.ts'
import { actOnWords } from './commands-own.ts'
import { listPostPlaces, listPosts, postOwn, previewPost } from './commands-posts.ts'
import { giveUpDelivery, retryDelivery } from './commands-retry.ts'
import { listTemplates } from './commands-templates.ts'
import { listWays, previewAnswer } from './commands-ways.ts'

export function replyRoutes(parts: ReplyParts) {
  const { platform } = parts
  const { replies } = guarded
  return {
    ways: replies.ways.handler(({ input, context }) => listWays(parts, context.scope, input)),
    preview: replies.preview.handler(({ input, context }) => previewAnswer(parts, context.scope, input)),
    templates: replies.templates.handler(({ input, context }) => listTemplates(parts, context.scope, input)),
    saveDraft: replies.saveDraft.handler(({ input, context }) => saveDraft(platform, context.scope, input)),
    send: replies.send.handler(({ input, context }) => sendAnswer(parts, context.scope, input)),
    retry: replies.retry.handler(({ input, context }) => retryDelivery(parts, context.scope, input.id)),
    giveUp: replies.giveUp.handler(({ input, context }) => giveUpDelivery(parts, context.scope, input.id)),
    edit: replies.edit.handler(({ input, context }) => actOnWords(parts, context.scope, 'edit', input)),
    remove: replies.remove.handler(({ input, context }) => actOnWords(parts, context.scope, 'delete', input)),
    like: replies.like.handler(({ input, context }) => actOnWords(parts, context.scope, 'like', input)),
    share: replies.share.handler(({ input, context }) => actOnWords(parts, context.scope, 'share', input)),
    post: replies.post.handler(({ input, context }) => postOwn(parts, context.scope, input)),
    postPlaces: replies.postPlaces.handler(({ context }) => listPostPlaces(parts, context.scope)),
    previewPost: replies.previewPost.handler(({ input, context }) =>
      previewPost(parts, context.scope, input),
    ),
    posts: replies.posts.handler(({ input, context }) => listPosts(parts, context.scope, input)),
  }
}
