// How Mastodon counts a post (app/validators/status_length_validator.rb of its source): graphemes, where every web
// address counts the same whatever its length, and of @user@host only @user. What an address is stands in its
// config/initializers/twitter_regex.rb; of endings it knows a list, where any two letters do here.
import type { Preview } from './acting.ts'
import { previewText } from './text-length.ts'

export interface PostRules {
  readonly max: number
  /** Graphemes that a web address counts for. */
  readonly urlLength: number
}

export const usualRules: PostRules = { max: 500, urlLength: 23 }

const wide = String.raw`\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF\u{10000}-\u{EFFFD}`
const domain = String.raw`(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+\p{L}{2,}(?::\d{1,5})?`
const path = String.raw`\/(?:[^\s<>()?]*[^\s()?!*"'「」<>;:=,.$%\[\]~&|@])?`
const query = String.raw`\?[a-z0-9!?*'();:&=+$\/%#\[\]_.,~|@^${wide}\-]*[a-z0-9_&=#\/${wide}\-]`
const address = new RegExp(
  String.raw`(?<![A-Za-z0-9@＠$#＃\u202A-\u202E])https?:\/\/${domain}(?:${path})?(?:${query})?`,
  'giu',
)
const handle =
  /(?<![=/\p{L}\p{N}_])(@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*/giu

export function previewPost(text: string, rules: PostRules): Preview {
  const short = text.replaceAll(address, 'x'.repeat(rules.urlLength)).replaceAll(handle, '$1')
  return previewText(short, { unit: 'grapheme', max: rules.max })
}
