// How Mastodon counts a post (app/validators/status_length_validator.rb of its source): graphemes, where every web
// address counts the same whatever its length, and of @user@host only @user.
import type { Preview } from './channel.ts'
import { fullHandle, webAddress } from './post-text.ts'
import { previewText } from './text-length.ts'

export interface PostRules {
  readonly max: number
  /** Graphemes that a web address counts for. */
  readonly urlLength: number
}

export const usualRules: PostRules = { max: 500, urlLength: 23 }

/** Addresses count short only where a name with an ending stands in them; `http://localhost` is plain text there. */
const countedAddress = new RegExp(`(?<![\\p{L}\\p{N}_@/])${webAddress.source}`, 'giu')
const handles = new RegExp(fullHandle.source, 'giu')

export function previewPost(text: string, rules: PostRules): Preview {
  return previewText(countable(text, rules), { unit: 'grapheme', max: rules.max })
}

function countable(text: string, { urlLength }: PostRules): string {
  return text
    .replaceAll(countedAddress, (url) => (hasEnding(url) ? 'x'.repeat(urlLength) : url))
    .replaceAll(handles, (handle) => handle.slice(0, handle.indexOf('@', 1)))
}

function hasEnding(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  return /\.[\p{L}][\p{L}\p{N}-]+$/u.test(host)
}
