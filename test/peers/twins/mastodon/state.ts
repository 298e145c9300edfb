// What a server of Mastodon knows: accounts, posts, notifications, and who listens. Names and forms are those of its
// client API (https://docs.joinmastodon.org/entities/).

export type Json = Readonly<Record<string, unknown>>

export interface Person {
  readonly id: string
  readonly username: string
  /** Without the host for people of this server. */
  readonly acct: string
  readonly name: string
}

export interface Post {
  readonly id: string
  readonly by: Person
  text: string
  readonly parent: Post | null
  readonly circle: string
  warning: string
  readonly boosted: Post | null
  readonly at: number
  editedAt: number | null
  mentions: readonly Person[]
  media: readonly Json[]
}

export const us: Person = { id: '100', username: 'care', acct: 'care', name: 'Care of Horseshoe' }

const neverQuoted = { automatic: [], manual: [], currentUser: 'denied' }

export function accountJson(host: string, { id, username, acct, name }: Person): Json {
  const url = acct.includes('@')
    ? `https://${acct.split('@')[1]}/@${username}`
    : `https://${host}/@${username}`
  const picture = `https://${host}/missing.png`
  return {
    id,
    username,
    acct,
    url,
    display_name: name,
    note: '',
    avatar: picture,
    avatar_static: picture,
    header: picture,
    header_static: picture,
    locked: false,
    fields: [],
    emojis: [],
    bot: false,
    group: false,
    created_at: '2024-01-01T00:00:00.000Z',
    last_status_at: '2026-01-01',
    statuses_count: 0,
    followers_count: 0,
    following_count: 0,
    roles: [],
    feature_approval: { automatic: [], manual: [], current_user: 'denied' },
  }
}

export function postJson(host: string, post: Post): Json {
  const { id, by, parent, boosted } = post
  return {
    id,
    uri: `https://${host}/users/${by.username}/statuses/${id}`,
    url: `https://${host}/@${by.username}/${id}`,
    created_at: new Date(post.at).toISOString(),
    edited_at: post.editedAt === null ? null : new Date(post.editedAt).toISOString(),
    account: accountJson(host, by),
    content: boosted === null ? htmlOf(host, post) : '',
    visibility: post.circle,
    sensitive: false,
    spoiler_text: post.warning,
    media_attachments: post.media,
    application: { name: 'Horseshoe', website: null },
    mentions: post.mentions.map((each) => mentionJson(host, each)),
    tags: [],
    emojis: [],
    reblogs_count: 0,
    favourites_count: 0,
    replies_count: 0,
    quotes_count: 0,
    quote: null,
    quote_approval: neverQuoted,
    in_reply_to_id: parent?.id ?? null,
    in_reply_to_account_id: parent?.by.id ?? null,
    reblog: boosted === null ? null : postJson(host, boosted),
    poll: null,
    card: null,
    language: null,
  }
}

function mentionJson(host: string, person: Person): Json {
  const { id, username, acct } = person
  return { id, username, acct, url: accountJson(host, person).url }
}

/** As Mastodon formats text: links shortened by hidden parts, mentions without their host. */
function htmlOf(host: string, { text, mentions }: Post): string {
  const paragraphs = text.split(/\n{2,}/).map((lines) => {
    const html = lines.split(/(https?:\/\/\S+|@[\w.-]+(?:@[\w.-]+)?)/).map((part, index) => {
      if (index % 2 === 0) return escapeHtml(part)
      return part.startsWith('@') ? mentionHtml(host, part, mentions) : linkHtml(part)
    })
    return `<p>${html.join('').replaceAll('\n', '<br />')}</p>`
  })
  return paragraphs.join('')
}

function linkHtml(url: string): string {
  const bare = url.replace(/^https?:\/\//, '')
  const [scheme, seen, rest] = [url.slice(0, url.length - bare.length), bare.slice(0, 30), bare.slice(30)]
  const middle = `<span class="${rest === '' ? '' : 'ellipsis'}">${escapeHtml(seen)}</span>`
  const hidden = (part: string): string => `<span class="invisible">${escapeHtml(part)}</span>`
  return `<a href="${escapeHtml(url)}" target="_blank" rel="nofollow noopener">${hidden(scheme)}${middle}${hidden(rest)}</a>`
}

function mentionHtml(host: string, handle: string, mentions: readonly Person[]): string {
  const person = mentions.find(({ acct }) => `@${acct}`.toLowerCase() === handle.toLowerCase())
  if (person === undefined) return escapeHtml(handle)
  const url = String(accountJson(host, person).url)
  return `<span class="h-card"><a href="${url}" class="u-url mention">@<span>${person.username}</span></a></span>`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** app/validators/status_length_validator.rb: graphemes, web addresses as 23, of full handles the first half. */
export function lengthOf(text: string): number {
  const short = withoutAddresses(text).replaceAll(
    /(?<![=/\p{L}\p{N}_])(@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*/giu,
    '$1',
  )
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(short)].length
}

/** Walks along each address as config/initializers/twitter_regex.rb describes it, letter by letter. */
function withoutAddresses(text: string): string {
  let short = ''
  let at = 0
  for (;;) {
    const found = text.slice(at).search(/https?:\/\//i)
    if (found < 0) return short + text.slice(at)
    const start = at + found
    const before = text.slice(Math.max(0, start - 1), start)
    const end = /[A-Za-z0-9@＠$#＃\u202A-\u202E]/.test(before) ? start : endOfAddress(text, start)
    short += text.slice(at, start) + (end === start ? text.slice(start, start + 4) : 'x'.repeat(23))
    at = end === start ? start + 4 : end
  }
}

function endOfAddress(text: string, start: number): number {
  const domain =
    /^https?:\/\/(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+\p{L}{2,}(?::\d{1,5})?/iu.exec(
      text.slice(start),
    )
  if (domain === null) return start
  let end = start + domain[0].length
  if (text[end] === '/')
    end = lastGood(text, end + 1, /[^\s<>()?]/u, /[^\s()?!*"'「」<>;:=,.$%[\]~&|@]/u) || end + 1
  if (text[end] === '?') {
    const wide = '\\u00A0-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFEF\\u{10000}-\\u{EFFFD}'
    const inside = new RegExp(`[a-z0-9!?*'();:&=+$/%#[\\]_.,~|@^${wide}-]`, 'iu')
    end = lastGood(text, end + 1, inside, new RegExp(`[a-z0-9_&=#/${wide}-]`, 'iu')) || end
  }
  return end
}

/** Behind the last letter that may end a part, within the run of those that may stand in it; 0 where there is none. */
function lastGood(text: string, from: number, inside: RegExp, ending: RegExp): number {
  let good = 0
  for (let at = from; at < text.length;) {
    const letter = String.fromCodePoint(text.codePointAt(at) ?? 0)
    if (!inside.test(letter)) break
    at += letter.length
    if (ending.test(letter)) good = at
  }
  return good
}

export function instanceJson(host: string, streaming: string): Json {
  return {
    domain: host,
    title: 'Twin',
    version: '4.5.0',
    source_url: 'https://github.com/mastodon/mastodon',
    description: '',
    usage: { users: { active_month: 1 } },
    thumbnail: {
      url: `https://${host}/t.png`,
      blurhash: '',
      versions: { '@1x': '', '@2x': '' },
      description: '',
    },
    icon: [],
    languages: ['en'],
    configuration: {
      urls: { streaming },
      accounts: {
        max_featured_tags: 10,
        max_pinned_statuses: 5,
        max_display_name_length: 30,
        max_note_length: 500,
        max_avatar_description_length: 150,
        max_header_description_length: 150,
        max_profile_fields: 4,
        profile_field_name_limit: 255,
        profile_field_value_limit: 255,
      },
      statuses: { max_characters: 500, max_media_attachments: 4, characters_reserved_per_url: 23 },
      media_attachments: {
        supported_mime_types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
        image_size_limit: 16_777_216,
        image_matrix_limit: 33_177_600,
        video_size_limit: 103_809_024,
        video_frame_rate_limit: 120,
        video_matrix_limit: 8_294_400,
      },
      polls: {
        max_options: 4,
        max_characters_per_option: 50,
        min_expiration: 300,
        max_expiration: 2_629_746,
      },
      translation: { enabled: false },
      vapid: { public_key: '' },
    },
    registrations: { enabled: false, approval_required: false, message: null },
    api_versions: { mastodon: '7' },
    contact: { email: 'admin@twin.example', account: accountJson(host, us) },
    rules: [],
  }
}
