import type { ImportFormat } from '../../../contract/engagements.ts'

/** The likeliest format of a file by its name and its first characters; the person in front may choose another. */
export function guessFormat(name: string, head: string): ImportFormat {
  const text = head.replace(/^\uFEFF/, '').trimStart()
  const network = guessNetwork(name, text)
  if (network !== undefined) return network
  if (/^From .+\d{2}:\d{2}/.test(text) || /\.(mbox|eml)$/i.test(name)) return 'mbox'
  if (text.startsWith('{') || text.startsWith('[')) return isActivity(text) ? 'activitystreams' : 'ndjson'
  if (/\bin_response_to_tweet_id\b/.test(firstLine(text))) return 'twcs'
  if (/\.(ndjson|jsonl)$/i.test(name)) return 'ndjson'
  return 'csv'
}

const archives: readonly (readonly [ImportFormat, RegExp])[] = [
  ['linkedin', /linkedindataexport/i],
  ['instagram', /^instagram-|your_instagram_activity\//i],
  ['facebook', /^facebook-|your_facebook_activity\//i],
  ['x', /^twitter-\d|data\/manifest\.js|assets\/js\/ondemand/i],
  ['whatsapp', /^whatsapp chat|_chat\.txt/i],
  ['tiktok', /tiktok/i],
  ['google-reviews', /google business profile\//i],
  ['reddit', /^export_\S+_\d+|\b(?:comment_votes|subscribed_subreddits|post_votes)\.csv/i],
]

/** What surely stands at the beginning of a file that one of the networks hands out. */
const beginnings: readonly (readonly [ImportFormat, RegExp])[] = [
  ['x', /^window\.YTD\.(?:tweets?|community_tweet|direct_messages?(?:_group)?)\.part/],
  ['google-reviews', /^\{\s*"reviews"\s*:\s*\[/],
  ['facebook', /^\{\s*"(?:participants|comments_v2)"\s*:\s*\[/],
  [
    'instagram',
    /^(?:\{\s*"comments_(?:media|reels)_comments"\s*:\s*)?\[\s*\{[\s\S]*?"string_(?:map|list)_data"/,
  ],
  ['tiktok', /^\{[\s\S]*?"(?:Your Activity|App Settings|Direct Messages?|Tiktok Live)"\s*:\s*\{/],
  ['linkedin', /^"?conversation id"?,|^"?date"?,"?(?:link"?,"?message|sharelink)/i],
  ['reddit', /^id,permalink,(?:thread_id,)?date,|^message_id,created_at,/],
  ['trustpilot', /^[^\n]*\breview created \(utc\)/i],
  [
    'whatsapp',
    /^\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? (?:klo )?\d{1,2}[:.]\d\d[^\n]{0,14}(?:\] ?| - )/,
  ],
]

function guessNetwork(name: string, text: string): ImportFormat | undefined {
  if (text.startsWith('PK')) {
    const inside = text.slice(30, 286)
    return archives.find(([, pattern]) => pattern.test(name) || pattern.test(inside))?.[0]
  }
  return beginnings.find(([, pattern]) => pattern.test(text))?.[0]
}

function isActivity(text: string): boolean {
  return /"@context"|"orderedItems"|"type"\s*:\s*"OrderedCollection/.test(text) || /"actor"\s*:/.test(text)
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}
