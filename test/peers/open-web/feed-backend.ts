// The feed of the comments of a real WordPress, which names a hub; its customers are the visitors who comment.
import type { Backend, Said } from '../../../channels/conformance/backend.ts'
import { feed } from '../../../channels/feeds/feed.ts'
import { itemName } from '../../../channels/feeds/feed-item.ts'
import { openTestPorts } from '../../ports.ts'
import { wordPressBackend } from '../wordpress/backend.ts'
import { startWordPress } from '../wordpress/wordpress.ts'
import { startHub } from './hub.ts'

export async function openFeedBackend(): Promise<Backend> {
  const wordPress = await startWordPress()
  const url = `${wordPress.url}/comments/feed/atom/`
  // WordPress 6.1 leaves the port out where its feed names itself.
  const hub = await startHub(() => `${wordPress.directUrl}/comments/feed/atom/`)
  wordPress.run(`update_option('peer_hub', '${hub.url}'); update_option('posts_per_rss', 1100);`)
  const visitors = await wordPressBackend(wordPress, 'care')
  const guid = wordPress.run(`echo get_the_guid(${wordPress.post});`)
  /** What WordPress calls this comment in its feeds (get_comment_guid). */
  const nameOf = ({ externalId }: Said): Said => {
    const id = /#comment-(\d+)$/.exec(externalId)?.[1] ?? ''
    return { externalId: itemName(url, `${guid}#comment-${id}`) }
  }
  const commentOf = ({ externalId }: Said): Said => ({
    externalId: `${wordPress.proxy.host}#comment-${/#comment-(\d+)$/.exec(externalId)?.[1] ?? ''}`,
  })
  return {
    kind: 'real-server',
    plug: feed,
    ports: openTestPorts({ trusted: [wordPress.proxy.host, hub.host] }),
    settings: { smtp: undefined },
    link: {
      id: 'feed',
      account: { id: url, handle: 'comments', name: 'Comments', url, avatarUrl: null },
      config: { url, whose: 'others' },
      secrets: {},
      hookUrl: 'https://desk.example/hooks/feed',
    },
    async newCustomer(name) {
      const visitor = await visitors.newCustomer(name)
      const published = (said: Said): Said => {
        hub.publish()
        return nameOf(said)
      }
      return {
        handle: visitor.handle,
        name,
        say: async (text) => published(await visitor.say(text)),
        sayMany: async (texts) => ((await visitor.sayMany?.(texts)) ?? []).map(published),
        reply: async (to, text) => published(await visitor.reply(commentOf(to), text)),
        inbox: async () => [],
      }
    },
    onPush: (take) => {
      hub.push = take
    },
    onChallenge: (answer) => {
      hub.challenge = answer
    },
    forge: (request) => {
      const signed = (signature: string) => ({ ...request.headers, 'x-hub-signature': signature })
      return [
        {
          what: 'with another signature',
          request: { ...request, headers: signed(`sha256=${'0'.repeat(64)}`) },
        },
        { what: 'with a signature of no kind', request: { ...request, headers: signed('md5=00') } },
        {
          what: 'with another body',
          request: { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) },
        },
        {
          what: 'without a signature',
          request: { ...request, headers: { 'content-type': 'application/atom+xml' } },
        },
      ]
    },
    fault: (fault) => {
      wordPress.proxy.fault = fault
    },
    async close() {
      await hub.close()
      await wordPress.close()
    },
  }
}
