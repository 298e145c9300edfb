// LinkedIn's copy of a member's data (Settings > Data privacy > Get a copy of your data): messages.csv, Comments.csv and
// Shares.csv. Facts and traps as written down by parsers of it; the guide names them. Messages have no id: the time to the
// second, the conversation, the sender and the words are one.

import { htmlToText } from '../../../lib/text/html-to-text.ts'
import { fingerprint } from './fingerprint.ts'
import type { Format, Owner } from './format.ts'
import { leftOut } from './left-out.ts'
import type { Around, Made, Row } from './network-format.ts'
import { createNetworkFormat, tablePart } from './network-format.ts'
import { createTableFinder } from './read-first-row.ts'
import { readTime } from './read-time.ts'

const fixed = { source: 'linkedin', channel: 'linkedin' }

export const linkedin: Format = createNetworkFormat({
  id: 'linkedin',
  title: 'LinkedIn',
  description: "The copy of a member's data: messages, comments and posts.",
  extensions: ['.zip', '.csv'],
  parts: [
    tablePart({
      path: /(?:^|\/)messages(?:_\d+)?\.csv$/,
      required: ['conversation_id', 'from', 'sender_profile_url', 'date', 'subject', 'content'],
      known: [
        'conversation_title',
        'to',
        'recipient_profile_urls',
        'folder',
        'attachments',
        'is_message_draft',
        'is_conversation_draft',
      ],
      convert: convertMessage,
    }),
    tablePart({
      path: /(?:^|\/)Comments(?:_\d+)?\.csv$/,
      required: ['date', 'link', 'message'],
      known: [],
      convert: convertComment,
      mend: doubleQuotes,
    }),
    tablePart({
      path: /(?:^|\/)Shares(?:_\d+)?\.csv$/,
      required: ['date', 'sharelink', 'sharecommentary'],
      known: ['sharedurl', 'mediaurl', 'visibility'],
      convert: convertShare,
    }),
  ],
  owner: {
    isIt: (path) => /(?:^|\/)Profile\.csv$/.test(path),
    find: createTableFinder(['first_name', 'last_name'], ownerOf),
  },
})

/** The copy names its owner, and gives no address of the profile. */
function ownerOf(row: Row): Owner | undefined {
  const name = `${row['first_name'] ?? ''} ${row['last_name'] ?? ''}`.trim()
  return name === '' ? undefined : { externalId: name, handle: name, name }
}

function convertMessage(row: Row, { own }: Around): Made {
  if (/^yes$/i.test(row['is_message_draft'] ?? '')) return leftOut('Drafts of messages were left out.')
  const [from = '', thread = '', written = ''] = [row['from'], row['conversation_id'], row['content']]
  const slug = profileOf(row['sender_profile_url'] ?? '')
  const isOut = own.isOurs([from, slug, row['sender_profile_url']])
  // Sponsored messages and those of pages are HTML; whoever has no profile is known by the conversation only.
  const text = /^\s*<p[\s>]/.test(written) ? htmlToText(written) : written
  return {
    candidate: {
      ...fixed,
      kind: 'Message',
      visibility: 'direct',
      externalId: `message:${fingerprint(thread, row['date'] ?? '', from, slug, written)}`,
      direction: isOut ? 'out' : 'in',
      author: {
        externalId: slug || `${thread} ${from}`.slice(0, 512),
        handle: slug || undefined,
        name: from,
      },
      presence: own.presence,
      threadExternalId: thread,
      subject: row['subject']?.slice(0, 998) || undefined,
      text,
      publishedAt: isoOf(row['date']),
    },
  }
}

function convertComment(row: Row, { own }: Around): Made {
  const link = row['link'] ?? ''
  return {
    candidate: {
      ...fixed,
      externalId: `comment:${fingerprint(row['date'] ?? '', link, row['message'] ?? '')}`,
      direction: 'out',
      author: own.author,
      presence: own.presence,
      parentExternalId: urnOf(link) ?? (link.slice(0, 512) || undefined),
      text: row['message'],
      publishedAt: isoOf(row['date']),
    },
  }
}

function convertShare(row: Row, { own }: Around): Made {
  const link = row['sharelink'] ?? ''
  const shared = row['sharedurl']?.trim() ?? ''
  const words = plainCommentary(row['sharecommentary'] ?? '')
  return {
    candidate: {
      ...fixed,
      externalId: urnOf(link) ?? `share:${fingerprint(row['date'] ?? '', link, words)}`,
      direction: 'out',
      author: own.author,
      presence: own.presence,
      text: /^https?:/.test(shared) ? `${words}\n${shared}`.trim() : words,
      publishedAt: isoOf(row['date']),
    },
  }
}

/** The last part of a profile's address, which stays when names change. */
function profileOf(url: string): string {
  const slug = /\/(?:in|company|school|showcase)\/([^/?#]+)/.exec(url)?.[1] ?? ''
  try {
    return decodeURIComponent(slug)
  } catch {
    return slug
  }
}

/** The name of the post that an address leads to. */
function urnOf(link: string): string | undefined {
  return /urn(?::|%3A)li(?::|%3A)(?:activity|share|ugcPost)(?::|%3A)\d+/i
    .exec(link)?.[0]
    ?.replaceAll(/%3A/gi, ':')
}

/** Each line of a post stands in quotes of its own. */
function plainCommentary(written: string): string {
  return written
    .replace(/^"/, '')
    .replace(/"$/, '')
    .replaceAll(/"\r?\n"/g, '\n')
    .replaceAll('""', '"')
    .trim()
}

function isoOf(date: string | undefined): string {
  const at = readTime(date ?? '')
  return Number.isNaN(at) ? `${date}` : new Date(at).toISOString()
}

const QUOTE = 34
const BACKSLASH = 92

/** Comments.csv writes a quote inside a text as `\"`, where CSV doubles it; both take two bytes. */
async function* doubleQuotes(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = new Uint8Array(0)
  for await (const chunk of bytes) {
    const both = new Uint8Array(held.length + chunk.length)
    both.set(held)
    both.set(chunk, held.length)
    // What stands behind a backslash at the end comes with the next chunk.
    const end = mendQuotes(both)
    yield both.subarray(0, end)
    held = both.slice(end)
  }
  yield held
}

/** Mends in place; gives how far it could judge. */
function mendQuotes(bytes: Uint8Array): number {
  let at = bytes.indexOf(BACKSLASH)
  while (at >= 0 && at + 1 < bytes.length) {
    if (bytes[at + 1] === QUOTE) bytes[at] = QUOTE
    at = bytes.indexOf(BACKSLASH, at + 2)
  }
  return at < 0 ? bytes.length : at
}
