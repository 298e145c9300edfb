// X's archive of an account (Settings > Your account > Download an archive): files of JavaScript, each a list behind
// `window.YTD.<name>.part<n> = `. Posts are all its owner's; direct messages carry ids of accounts and no names. Texts have
// &amp; &lt; &gt; escaped, and addresses shortened.

import type { Format, Owner } from './format.ts'
import { leftOut } from './left-out.ts'
import type { Json, JsonAround, Made } from './network-format.ts'
import { beginsWith, createNetworkFormat, jsonPart, readRecords, textOf } from './network-format.ts'
import { isObject, parseJsonObject } from './parse-json.ts'
import { readTwitterTime, unescapeText } from './twcs.ts'

const fixed = { source: 'twitter', channel: 'twitter' }

export const xArchive: Format = createNetworkFormat({
  id: 'x',
  title: 'X (Twitter)',
  description: "An account's archive: posts, answers and direct messages.",
  extensions: ['.zip', '.js'],
  parts: [
    jsonPart({
      path: /(?:^|\/)data\/(?:tweets?|community-tweet)(?:-part\d+)?\.js$/,
      isIt: beginsWith(/^window\.YTD\.(?:tweets?|community_tweet)\.part\d+\s*=\s*\[/),
      paths: { items: ['*'] },
      convert: convertPost,
    }),
    jsonPart({
      path: /(?:^|\/)data\/direct-messages?(?:-group)?(?:-part\d+)?\.js$/,
      isIt: beginsWith(/^window\.YTD\.direct_messages?(?:_group)?\.part\d+\s*=\s*\[/),
      paths: { items: ['*/dmConversation/messages/*'], facts: ['*/dmConversation/conversationId'] },
      convert: convertMessage,
    }),
  ],
  owner: { isIt: (path) => /(?:^|\/)data\/account\.js$/.test(path), find: findOwner },
})

async function findOwner(bytes: AsyncIterable<Uint8Array>): Promise<Owner | undefined> {
  for await (const record of readRecords(bytes, { items: ['*/account'] })) {
    const parsed = parseJsonObject(record)
    if (!('object' in parsed)) continue
    const [id, handle, name] = ['accountId', 'username', 'accountDisplayName'].map((key) =>
      textOf(parsed.object[key]),
    )
    if (id && handle) return { externalId: id, handle, ...(name ? { name } : {}) }
  }
  return undefined
}

function convertPost(record: Json, { own }: JsonAround): Made {
  const post = isObject(record['tweet']) ? record['tweet'] : record
  const written = textOf(post['full_text']) || textOf(post['text'])
  if (/^RT @\w+: /.test(written)) return leftOut('Reposts were left out: the archive does not say of what.')
  const entities = isObject(post['entities']) ? post['entities'] : {}
  const at = readTwitterTime(textOf(post['created_at']))
  return {
    candidate: {
      ...fixed,
      externalId: textOf(post['id_str']) || textOf(post['id']),
      direction: 'out',
      author: own.author,
      presence: own.presence,
      mentions: listOf(entities['user_mentions']).flatMap(({ screen_name }) => textOf(screen_name) || []),
      parentExternalId: textOf(post['in_reply_to_status_id_str']) || undefined,
      text: unescapeText(withLongUrls(written, listOf(entities['urls']))),
      language: textOf(post['lang']).slice(0, 35) || undefined,
      media: mediaOf(post, entities),
      publishedAt: Number.isNaN(at) ? textOf(post['created_at']) : new Date(at).toISOString(),
    },
  }
}

function convertMessage(record: Json, { own, facts }: JsonAround): Made {
  const message = record['messageCreate']
  if (!isObject(message)) return leftOut('Reactions, and who joined or left, were left out of the messages.')
  const sender = textOf(message['senderId'])
  const isOut = own.isOurs([sender])
  return {
    candidate: {
      ...fixed,
      kind: 'Message',
      visibility: 'direct',
      externalId: textOf(message['id']),
      direction: isOut ? 'out' : 'in',
      author: isOut ? { ...own.author, externalId: sender } : { externalId: sender },
      presence: own.presence,
      threadExternalId: textOf(facts['conversationId']) || undefined,
      text: unescapeText(withLongUrls(textOf(message['text']), listOf(message['urls']))),
      publishedAt: textOf(message['createdAt']),
    },
  }
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject).slice(0, 100) : []
}

function withLongUrls(text: string, urls: readonly Json[]): string {
  let long = text
  for (const each of urls) {
    const [short, expanded] = [textOf(each['url']), textOf(each['expanded_url']) || textOf(each['expanded'])]
    if (short !== '' && /^https?:/.test(expanded)) long = long.replaceAll(short, () => expanded)
  }
  return long
}

function mediaOf(post: Json, entities: Json): readonly Json[] {
  const extended = isObject(post['extended_entities']) ? post['extended_entities'] : entities
  const urls = listOf(extended['media']).map((each) => textOf(each['media_url_https']))
  return urls.filter((url) => /^https:\/\/\S{1,2000}$/.test(url)).map((url) => ({ url }))
}
