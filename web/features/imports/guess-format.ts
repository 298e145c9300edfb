import type { ImportFormat } from '../../../contract/engagements.ts'

/** The likeliest format of a file by its name and its first characters; the person in front may choose another. */
export function guessFormat(name: string, head: string): ImportFormat {
  const text = head.replace(/^\uFEFF/, '').trimStart()
  if (/^From .+\d{2}:\d{2}/.test(text) || /\.(mbox|eml)$/i.test(name)) return 'mbox'
  if (text.startsWith('{') || text.startsWith('[')) return isActivity(text) ? 'activitystreams' : 'ndjson'
  if (/\bin_response_to_tweet_id\b/.test(firstLine(text))) return 'twcs'
  if (/\.(ndjson|jsonl)$/i.test(name)) return 'ndjson'
  return 'csv'
}

function isActivity(text: string): boolean {
  return /"@context"|"orderedItems"|"type"\s*:\s*"OrderedCollection/.test(text) || /"actor"\s*:/.test(text)
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}
