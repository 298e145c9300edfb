// TikTok's data of an account (Settings > Account > Download your data, as JSON): user_data_tiktok.json, earlier
// user_data.json. Its sections were renamed over the years; both names are read. Nothing has an id, and a comment does
// not say below what it stands.

import { fingerprint } from './fingerprint.ts'
import type { Format, Owner } from './format.ts'
import type { Json, JsonAround, Made } from './network-format.ts'
import { createNetworkFormat, jsonPart, readRecords, textOf } from './network-format.ts'
import { parseJsonObject } from './parse-json.ts'
import { readTime } from './read-time.ts'

const fixed = { source: 'tiktok', channel: 'tiktok' }
const COMMENTS = ['Comment/Comments/CommentsList/*', 'Comment/CommentsList/*']
const MESSAGES = ['Direct Message/*/ChatHistory/*/*', 'Direct Messages/*/ChatHistory/*/*']
const PROFILES = ['Profile/Profile Info/ProfileMap', 'Profile/Profile Information/ProfileMap']
const SECTION =
  /"(?:Activity|Your Activity|App Settings|Comment|Direct Messages?|Profile|Post|Video|Tiktok Live|TikTok Shop|Tiktok Shopping|Ads and data|Location Review)"\s*:\s*\{/

const isPath = (path: string): boolean => /(?:^|\/)user_data(?:_tiktok)?\.json$/.test(path)

export const tiktok: Format = createNetworkFormat({
  id: 'tiktok',
  title: 'TikTok',
  description: "An account's data as JSON: comments and direct messages.",
  extensions: ['.zip', '.json'],
  parts: [
    jsonPart({
      path: /(?:^|\/)user_data(?:_tiktok)?\.json$/,
      isIt: isUserData,
      paths: { items: [...COMMENTS, ...MESSAGES] },
      convert,
    }),
  ],
  owner: { isIt: isPath, find: findOwner },
  survey: async (bytes, options) => {
    const owner = options.owner ?? (await findOwner(bytes))
    return owner === undefined ? {} : { owner }
  },
})

function isUserData(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head.subarray(0, 16_384)).trimStart()
  return text.startsWith('{') && SECTION.test(text)
}

async function findOwner(bytes: AsyncIterable<Uint8Array>): Promise<Owner | undefined> {
  for await (const record of readRecords(bytes, { items: PROFILES })) {
    const parsed = parseJsonObject(record)
    const name = 'object' in parsed ? textOf(parsed.object['userName']) : ''
    if (name !== '') return { externalId: name, handle: name }
  }
  return undefined
}

function convert(record: Json, around: JsonAround): Made {
  return around.path[0] === 'Comment' ? convertComment(record, around) : convertMessage(record, around)
}

function convertComment(record: Json, { own }: JsonAround): Made {
  const date = textOf(record['date']) || textOf(record['Date'])
  const text = textOf(record['comment']) || textOf(record['Comment'])
  return {
    candidate: {
      ...fixed,
      externalId: `comment:${fingerprint(date, text)}`,
      direction: 'out',
      author: own.author,
      presence: own.presence,
      text,
      publishedAt: isoOf(date),
    },
  }
}

function convertMessage(record: Json, { own, path }: JsonAround): Made {
  const chat = (path[3] ?? '').replace(/^Chat History with /, '').replace(/:$/, '')
  const [date, from, text] = [textOf(record['Date']), textOf(record['From']), textOf(record['Content'])]
  if (from === '') return { reason: 'The message does not say who wrote it.' }
  return {
    candidate: {
      ...fixed,
      kind: 'Message',
      visibility: 'direct',
      externalId: `message:${fingerprint(chat, date, from, text)}`,
      direction: own.isOurs([from]) ? 'out' : 'in',
      author: { externalId: from, handle: from },
      presence: own.presence,
      threadExternalId: `chat:${chat}`.slice(0, 512),
      text,
      publishedAt: isoOf(date),
    },
  }
}

/** `2024-05-02 18:11:04`, later ` UTC` behind it. */
function isoOf(date: string): string {
  const at = readTime(date)
  return Number.isNaN(at) ? date : new Date(at).toISOString()
}
