import type { Format } from './format.ts'
import { HEAD_BYTES } from './format.ts'
import { formats } from './formats.ts'
import { markLength } from './refuse-file.ts'
import { readTableHead } from './read-table.ts'
import { findItems } from './split-json-items.ts'

/** The format that a file most likely has, by its first bytes (up to 64 KiB), then by its name. */
export function detectFormat(firstBytes: Uint8Array, fileName: string): Format['id'] | undefined {
  const head = firstBytes.subarray(markLength(firstBytes), HEAD_BYTES)
  const text = new TextDecoder().decode(head).trimStart()
  const name = fileName.toLowerCase()
  const network = byArchiveName(firstBytes, fileName) ?? networks.find((each) => each.recognises?.(head))?.id
  if (network !== undefined) return network
  if (/^From \S/.test(text) || /\.(?:mbox|mbx|eml)$/.test(name)) return 'mbox'
  if (text.startsWith('{') || text.startsWith('[')) return detectJson(head, text)
  const columns = readTableHead(firstBytes)?.columns ?? []
  if (columns.includes('tweet_id') && columns.includes('inbound')) return 'twcs'
  if (columns.includes('id') && columns.includes('author')) return 'csv'
  if (/^(?:return-path|received|message-id|from|delivered-to|mime-version|date|subject):/i.test(text))
    return 'mbox'
  if (/\.(?:csv|tsv)$/.test(name)) return 'csv'
  return /\.(?:ndjson|jsonl)$/.test(name) ? 'ndjson' : undefined
}

const networks = formats.filter(({ recognises }) => recognises !== undefined)

/** Networks name their archives; the file that stands first in it is looked at too. */
const ARCHIVES: readonly (readonly [Format['id'], RegExp])[] = [
  ['linkedin', /linkedindataexport/i],
  ['instagram', /^instagram-|your_instagram_activity\//i],
  ['facebook', /^facebook-|your_facebook_activity\//i],
  ['x', /^twitter-\d|data\/manifest\.js|assets\/js\/ondemand/i],
  ['whatsapp', /^whatsapp chat|_chat\.txt/i],
  ['tiktok', /tiktok/i],
  ['google-reviews', /google business profile\//i],
  ['reddit', /^export_\S+_\d+|(?:^|\/)(?:comment_votes|subscribed_subreddits|post_votes)\.csv/i],
]

function byArchiveName(firstBytes: Uint8Array, fileName: string): Format['id'] | undefined {
  if (firstBytes[0] !== 0x50 || firstBytes[1] !== 0x4b) return undefined
  const inside = new TextDecoder().decode(firstBytes.subarray(30, 286))
  return ARCHIVES.find(([, pattern]) => pattern.test(fileName) || pattern.test(inside))?.[0]
}

function detectJson(head: Uint8Array, text: string): 'ndjson' | 'activitystreams' {
  if (findItems(head) >= 0) return 'activitystreams'
  const [line = ''] = text.split('\n', 1)
  const isActivity = /"(?:actor|attributedTo|@context|inReplyTo)"\s*:/.test(line)
  return isActivity && !/"externalId"\s*:/.test(line) ? 'activitystreams' : 'ndjson'
}
