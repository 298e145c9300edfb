// Visitors who write below an article through WordPress's own form, and read the answers as every visitor does.
import type { Backend, Customer, Said, Seen } from '../../../channels/conformance/backend.ts'
import { wordpress } from '../../../channels/wordpress/wordpress.ts'
import { htmlToText } from '../../../lib/text/html-to-text.ts'
import { openTestPorts } from '../../ports.ts'
import { startWordPress, type WordPress } from './wordpress.ts'

export interface WordPressBackend extends Backend {
  readonly wordPress: WordPress
}

export async function openWordPressBackend(as: 'care' | 'helper' = 'care'): Promise<WordPressBackend> {
  const wordPress = await startWordPress()
  return wordPressBackend(wordPress, as)
}

export async function wordPressBackend(
  wordPress: WordPress,
  as: 'care' | 'helper',
): Promise<WordPressBackend> {
  const { id, user, password } = wordPress.people[as]
  const key = wordPress.proxy.host
  let count = 0
  return {
    kind: 'real-server',
    wordPress,
    plug: wordpress,
    ports: openTestPorts({ trusted: [wordPress.proxy.host] }),
    settings: { smtp: undefined },
    link: {
      id: `wordpress-${as}`,
      account: {
        id: `${key}#user-${id}`,
        handle: `${user}@${key}`,
        name: `Acme ${user}`,
        url: `${wordPress.url}/author/${user}/`,
        avatarUrl: null,
      },
      config: { site: wordPress.url, user },
      secrets: { password },
      hookUrl: 'http://127.0.0.1/hook',
    },
    newCustomer: async (name) => newVisitor(wordPress, name, `visitor${(count += 1)}@example.org`),
    fault: (fault) => {
      wordPress.proxy.fault = fault
    },
    close: () => wordPress.close(),
  }
}

interface Comment {
  readonly id: number
  readonly parent: number
  readonly author: number
  readonly author_name: string
  readonly content: { readonly rendered: string }
}

function newVisitor(wordPress: WordPress, name: string, email: string): Customer {
  const { proxy, directUrl, post, people } = wordPress
  const key = proxy.host
  const idOf = ({ externalId }: Said): string => externalId.slice(`${key}#comment-`.length)
  const mine = new Set<string>()
  const formOf = (comment: string, parent: string) => ({
    author: name,
    email,
    url: '',
    comment,
    comment_post_ID: String(post),
    comment_parent: parent,
  })
  const named = (id: string): Said => {
    mine.add(id)
    return { externalId: `${key}#comment-${id}` }
  }
  async function write(comment: string, parent: string): Promise<Said> {
    const body = new URLSearchParams(formOf(comment, parent))
    const answer = await fetch(`${directUrl}/wp-comments-post.php`, {
      method: 'POST',
      redirect: 'manual',
      body,
    })
    const id = /#comment-(\d+)$/.exec(answer.headers.get('location') ?? '')?.[1]
    if (id === undefined)
      throw new Error(`WordPress took no comment: ${answer.status} ${htmlToText(await answer.text())}`)
    return named(id)
  }
  async function writeAll(texts: readonly string[]): Promise<readonly Said[]> {
    const answer = await fetch(`${directUrl}/?rest_route=/peer/v1/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ comments: texts.map((text) => formOf(text, '0')) }),
    })
    const ids = (await answer.json()) as readonly (number | string)[]
    return ids.map((id) => {
      if (typeof id !== 'number') throw new Error(`WordPress took no comment: ${id}`)
      return named(String(id))
    })
  }
  /** Visitors cannot change what they wrote; they ask the owner, who does. */
  async function asOwner(said: Said, method: string, query: string, body?: object): Promise<void> {
    const { user, password } = people.owner
    const answer = await fetch(`${directUrl}/?rest_route=/wp/v2/comments/${idOf(said)}${query}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${user}:${password}`)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`the owner could not: ${await answer.text()}`)
  }
  return {
    handle: email,
    name,
    say: (text) => write(text, '0'),
    sayMany: writeAll,
    reply: (to, text) => write(text, idOf(to)),
    edit: (said, content) => asOwner(said, 'POST', '', { content }),
    remove: (said) => asOwner(said, 'DELETE', ''),
    async inbox(): Promise<readonly Seen[]> {
      if (mine.size === 0) return []
      const query = `parent=${[...mine].join(',')}&per_page=100&order=asc&orderby=id`
      const answer = await fetch(`${directUrl}/?rest_route=/wp/v2/comments&${query}`)
      return ((await answer.json()) as readonly Comment[])
        .filter(({ author }) => author > 0)
        .map(({ content, parent }) => ({
          text: htmlToText(content.rendered),
          below: `${key}#comment-${parent}`,
          isPrivate: false,
        }))
    },
  }
}
