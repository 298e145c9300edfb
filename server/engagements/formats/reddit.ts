// Reddit's answer to a data request (reddit.com/settings/data-request): comments, posts, messages and chats as CSV. Ids
// stand without their kind, so it is put before them (t1 comment, t3 post, t4 message); a parent has it, or not.

import type { Format } from './format.ts'
import type { Around, Made, Row } from './network-format.ts'
import { createNetworkFormat, tablePart } from './network-format.ts'
import { readTime } from './read-time.ts'

const fixed = { source: 'reddit', channel: 'reddit' }

export const reddit: Format = createNetworkFormat({
  id: 'reddit',
  title: 'Reddit',
  description: 'The answer to a data request: comments, posts, messages and chats.',
  extensions: ['.zip', '.csv'],
  parts: [
    tablePart({
      path: /(?:^|\/)comments(?:_\d+)?\.csv$/,
      required: ['id', 'permalink', 'date', 'subreddit', 'link', 'parent', 'body'],
      known: ['ip', 'gildings', 'gildings_silver', 'gildings_supergold', 'media'],
      convert: convertComment,
    }),
    tablePart({
      path: /(?:^|\/)posts(?:_\d+)?\.csv$/,
      required: ['id', 'permalink', 'date', 'subreddit', 'title', 'url', 'body'],
      known: ['ip', 'gildings', 'gildings_silver', 'gildings_supergold'],
      convert: convertPost,
    }),
    tablePart({
      path: /(?:^|\/)messages(?:_archive)?(?:_\d+)?\.csv$/,
      required: ['id', 'permalink', 'thread_id', 'date', 'from', 'to', 'subject', 'body'],
      known: ['ip'],
      convert: convertMessage,
    }),
    tablePart({
      path: /(?:^|\/)chat_history(?:_\d+)?\.csv$/,
      required: ['message_id', 'created_at', 'username', 'message', 'channel_url'],
      known: ['updated_at', 'thread_parent_message_id', 'subreddit', 'channel_name', 'conversation_type'],
      convert: convertChat,
    }),
  ],
})

function convertComment(row: Row, { own }: Around): Made {
  const post = /\/comments\/([a-z0-9]+)/i.exec(row['link'] ?? '')?.[1]
  return {
    candidate: {
      ...fixed,
      externalId: `t1_${row['id']}`,
      direction: 'out',
      author: own.author,
      presence: own.presence,
      parentExternalId: named(row['parent'], 't1') ?? named(post, 't3'),
      threadExternalId: named(post, 't3'),
      text: row['body'],
      publishedAt: isoOf(row['date']),
    },
  }
}

function convertPost(row: Row, { own }: Around): Made {
  const url = row['url'] ?? ''
  const isLink = /^https?:/.test(url) && url !== row['permalink']
  return {
    candidate: {
      ...fixed,
      kind: 'Article',
      externalId: `t3_${row['id']}`,
      direction: 'out',
      author: own.author,
      presence: own.presence,
      threadExternalId: `t3_${row['id']}`,
      subject: row['title']?.slice(0, 998) || undefined,
      text: isLink ? `${row['body']}\n${url}`.trim() : row['body'],
      publishedAt: isoOf(row['date']),
    },
  }
}

function convertMessage(row: Row, { own }: Around): Made {
  const from = bareUser(row['from'])
  return {
    candidate: {
      ...fixed,
      kind: 'Message',
      visibility: 'direct',
      externalId: `t4_${row['id']}`,
      direction: own.isOurs([from]) ? 'out' : 'in',
      author: { externalId: from, handle: from },
      presence: own.presence,
      threadExternalId: named(row['thread_id'], 't4') ?? `t4_${row['id']}`,
      subject: row['subject']?.slice(0, 998) || undefined,
      text: row['body'],
      publishedAt: isoOf(row['date']),
    },
  }
}

function convertChat(row: Row, { own }: Around): Made {
  const from = bareUser(row['username'])
  return {
    candidate: {
      ...fixed,
      kind: 'Message',
      visibility: 'direct',
      externalId: `chat:${row['message_id']}`,
      direction: own.isOurs([from]) ? 'out' : 'in',
      author: { externalId: from, handle: from },
      presence: own.presence,
      parentExternalId: row['thread_parent_message_id']
        ? `chat:${row['thread_parent_message_id']}`
        : undefined,
      threadExternalId: `chat:${row['channel_url']}`.slice(0, 512),
      text: row['message'],
      publishedAt: isoOf(row['created_at']),
    },
  }
}

function named(id: string | undefined, kind: string): string | undefined {
  const bare = id?.trim() ?? ''
  if (bare === '') return undefined
  return /^t\d_/.test(bare) ? bare : `${kind}_${bare}`
}

function bareUser(name: string | undefined): string {
  return (name ?? '').trim().replace(/^\/?u\//, '')
}

function isoOf(date: string | undefined): string {
  const at = readTime(date ?? '')
  return Number.isNaN(at) ? `${date}` : new Date(at).toISOString()
}
