// The archives of Facebook and Instagram ("Download your information", as JSON). Both write messages alike: one folder a
// conversation, message_1.json with the newest. Texts are UTF-8 whose bytes were taken for Latin-1 and escaped one by
// one, so that é is \u00c3\u00a9; this is undone. People appear by name only: two of one name are kept apart by conversation.

import { fingerprint } from './fingerprint.ts'
import type { Format, FormatOptions, Notice, Owner } from './format.ts'
import { leftOut } from './left-out.ts'
import type { Json, JsonAround, JsonPart, Made } from './network-format.ts'
import { beginsWith, createNetworkFormat, jsonPart, readRecords, textOf, timeOf } from './network-format.ts'
import { isObject, parseJsonObject } from './parse-json.ts'

type Network = 'facebook' | 'instagram'

const FOLDERS = 'inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover'
const ATTACHED = ['photos', 'videos', 'audio_files', 'files', 'gifs', 'sticker']
const NO_FILES: Notice = {
  message: 'Pictures and files of messages were left out: media need a web address.',
  count: 1,
}

export const facebook: Format = createNetworkFormat({
  id: 'facebook',
  title: 'Facebook',
  description: 'Your information as JSON: messages, and comments that you wrote.',
  extensions: ['.zip', '.json'],
  parts: [
    jsonPart(messagesOf('facebook')),
    jsonPart({
      path: /(?:^|\/)comments(?:_and_reactions)?\/comments\.json$/,
      isIt: beginsWith(/^\{\s*"comments_v2"\s*:\s*\[/),
      paths: { items: ['comments_v2/*'] },
      convert: convertFacebookComment,
    }),
  ],
  owner: {
    isIt: (path) => /(?:^|\/)profile_information\/profile_information\.json$/.test(path),
    find: (bytes) => findOwner(bytes, ['profile_v2/name'], ({ full_name }) => textOf(full_name)),
  },
})

export const instagram: Format = createNetworkFormat({
  id: 'instagram',
  title: 'Instagram',
  description: 'Your information as JSON: messages, and comments that you wrote.',
  extensions: ['.zip', '.json'],
  parts: [
    jsonPart(messagesOf('instagram')),
    jsonPart({
      path: /(?:^|\/)comments\/(?:post_comments|reels_comments)(?:_\d+)?\.json$/,
      isIt: beginsWith(
        /^(?:\{\s*"comments_(?:media|reels)_comments"\s*:\s*)?\[\s*\{[\s\S]*?"string_(?:map|list)_data"/,
      ),
      paths: { items: ['*', 'comments_media_comments/*', 'comments_reels_comments/*'] },
      convert: convertInstagramComment,
    }),
  ],
  owner: {
    isIt: (path) => /(?:^|\/)personal_information\.json$/.test(path),
    find: (bytes) =>
      findOwner(
        bytes,
        ['profile_user/*/string_map_data'],
        (fields) => valueOf(fields, 'Username'),
        (fields) => valueOf(fields, 'Name'),
      ),
  },
})

type Naming = (fields: Json) => string

async function findOwner(
  bytes: AsyncIterable<Uint8Array>,
  items: readonly string[],
  handleOf: Naming,
  nameOf: Naming = handleOf,
): Promise<Owner | undefined> {
  for await (const record of readRecords(bytes, { items })) {
    const parsed = parseJsonObject(record)
    if (!('object' in parsed)) continue
    const [handle, name] = [repaired(handleOf(parsed.object)), repaired(nameOf(parsed.object))]
    if (handle !== '') return { externalId: handle, handle, ...(name === '' ? {} : { name }) }
  }
  return undefined
}

function messagesOf(network: Network): JsonPart {
  return {
    path: new RegExp(`(?:^|/)messages/(?:${FOLDERS})/[^/]+/message_\\d+\\.json$`),
    isIt: beginsWith(/^\{\s*"participants"\s*:\s*\[/),
    paths: { items: ['messages/*'], facts: ['participants'] },
    convert: (message, around) => convertMessage(network, message, around),
  }
}

function convertMessage(network: Network, message: Json, { own, facts, options }: JsonAround): Made {
  const from = repaired(textOf(message['sender_name']))
  if (from === '') return { reason: 'The message does not say who wrote it.' }
  if (message['is_unsent'] === true) return leftOut('Messages that were taken back were left out.')
  const thread = threadOf(facts['participants'], options)
  const share = isObject(message['share']) ? textOf(message['share']['link']) : ''
  const text = repaired(textOf(message['content']))
  const time = message['timestamp_ms']
  const isOut = own.isOurs([from])
  const hasFiles = ATTACHED.some((key) => message[key] !== undefined)
  return {
    candidate: {
      source: network,
      channel: network,
      kind: 'Message',
      visibility: 'direct',
      externalId: `message:${fingerprint(String(time), from, text, share)}`,
      direction: isOut ? 'out' : 'in',
      author: isOut ? own.author : { externalId: `${thread} ${from}`.slice(0, 512), name: from },
      presence: own.presence,
      threadExternalId: thread,
      text: share !== '' && !text.includes(share) ? `${text}\n${share}`.trim() : text,
      publishedAt: timeOf(time, 'milliseconds'),
    },
    ...(hasFiles ? { notices: [NO_FILES] } : {}),
  }
}

/** The folder where there is one; the same people write there from the first file to the last. */
function threadOf(participants: unknown, { path = '' }: FormatOptions): string {
  const folder = new RegExp(`/(?:${FOLDERS})/([^/]+)/message_\\d+\\.json$`).exec(path)?.[1]
  if (folder !== undefined) return folder.slice(0, 400)
  const names = Array.isArray(participants)
    ? participants.map((each) => (isObject(each) ? repaired(textOf(each['name'])) : ''))
    : []
  return `with ${names.toSorted().join(', ')}`.slice(0, 400)
}

function convertFacebookComment(entry: Json, { own }: JsonAround): Made {
  const [data] = Array.isArray(entry['data']) ? entry['data'].filter(isObject) : []
  const comment = data && isObject(data['comment']) ? data['comment'] : undefined
  if (!comment) return leftOut('Comments without words, such as stickers, were left out.')
  const text = repaired(textOf(comment['comment']))
  if (text === '') return leftOut('Comments without words, such as stickers, were left out.')
  const time = comment['timestamp'] ?? entry['timestamp']
  return {
    candidate: {
      source: 'facebook',
      channel: 'facebook',
      externalId: `comment:${fingerprint(String(time), text)}`,
      direction: 'out',
      author: own.author,
      presence: own.presence,
      // "Ann Berg commented on Nora Birk's post.": all that is said about where it stands.
      subject: repaired(textOf(entry['title'])).slice(0, 998) || undefined,
      text,
      publishedAt: timeOf(time, 'seconds'),
    },
  }
}

const OTHER_LANGUAGE =
  'The comment has no fields "Comment" and "Time": ask Instagram for the archive in English, as field names are translated.'

function convertInstagramComment(entry: Json, { own }: JsonAround): Made {
  const map = isObject(entry['string_map_data']) ? entry['string_map_data'] : undefined
  const [listed] = Array.isArray(entry['string_list_data']) ? entry['string_list_data'].filter(isObject) : []
  const written = map ? valueOf(map, 'Comment') : textOf(listed?.['value'])
  const timed = map ? map['Time'] : listed
  const time = isObject(timed) ? timed['timestamp'] : undefined
  const text = repaired(written)
  if (text === '' || time === undefined) return { reason: OTHER_LANGUAGE }
  const owner = repaired(map ? valueOf(map, 'Media Owner') : textOf(entry['title']))
  return {
    candidate: {
      source: 'instagram',
      channel: 'instagram',
      externalId: `comment:${fingerprint(JSON.stringify(time), owner, text)}`,
      direction: 'out',
      author: own.author,
      presence: own.presence,
      mentions: owner === '' ? [] : [owner.slice(0, 512)],
      text,
      publishedAt: timeOf(time, 'seconds'),
    },
  }
}

function valueOf(fields: Json, key: string): string {
  const field = fields[key]
  return isObject(field) ? textOf(field['value']) : ''
}

/** Bytes of UTF-8 that stand as one character each, put together again; what is none stays as it is. */
export function repaired(text: string): string {
  // eslint-disable-next-line no-control-regex
  if (!/[\u0080-\u00ff]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return text
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return text
  }
}
