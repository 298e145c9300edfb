// The layouts that are known, as facts about them: the domain they come from, the sentence of the subject, the line
// above the words and the line below, the addresses that name things. Everything else counts as not known.
import {
  between,
  escaped,
  inLinks,
  linesOf,
  sentFrom,
  type Found,
  type Layout,
  type NoticeMail,
} from './layout.ts'

const button = /^(view|see|read|reply|respond|show|open|go to|visit)\b|https?:\/\//i

/** LinkedIn: "Ada Byron commented on your post"; the address holds the names of post and comment. */
const linkedin: Layout = {
  network: 'LinkedIn',
  channel: 'linkedin',
  isFrom: sentFrom(/^((e|em|messages|notifications)\.)?linkedin\.com$/),
  read(mail) {
    const sentence = /^(.{2,100}?) (commented on|replied to|mentioned you in|mentioned your company in) /
    const name = sentence.exec(mail.subject)?.[1]
    if (name === undefined) return null
    const text = between(
      linesOf(mail),
      new RegExp(`^${escaped(name)} .*(commented|replied|mentioned)`),
      button,
    )
    if (text === null) return null
    const names = inLinks(mail, /urn:li:comment:\((?:urn:li:)?(activity|ugcPost|share):(\d+),(\d+)\)/)
    const profile = inLinks(mail, /linkedin\.com\/(?:comm\/)?in\/([\w%-]{3,100})/)?.[1]
    return {
      author: { id: profile ?? `name:${name}`, name },
      text,
      externalId: names === null ? null : `urn:li:comment:(${names[1]}:${names[2]},${names[3]})`,
      ...(names === null ? {} : { parentExternalId: `urn:li:${names[1]}:${names[2]}` }),
    }
  },
}

/** Reddit: "u/ada replied to your comment in r/horses"; the address ends in post and comment. */
const reddit: Layout = {
  network: 'Reddit',
  channel: 'reddit',
  isFrom: sentFrom(/^(redditmail|reddit)\.com$/),
  read(mail) {
    const sentence = /^u\/([\w-]{2,30}) (replied to|commented on|mentioned you)/
    const name = sentence.exec(mail.subject)?.[1]
    if (name === undefined) return null
    const text = between(
      linesOf(mail),
      new RegExp(`^u/${escaped(name)} .*(replied|commented|mentioned)`),
      button,
    )
    if (text === null) return null
    const ids = inLinks(mail, /reddit\.com\/r\/\w+\/comments\/(\w{4,12})\/[^/?#]*\/(\w{4,12})/)
    return {
      author: { id: name, name: `u/${name}` },
      text,
      externalId: ids === null ? null : `t1_${ids[2]}`,
      ...(ids === null ? {} : { threadExternalId: `t3_${ids[1]}` }),
    }
  },
}

/** TikTok: "@ada commented on your video"; the address names the video only. */
const tiktok: Layout = {
  network: 'TikTok',
  channel: 'tiktok',
  isFrom: sentFrom(/^([\w-]+\.)?tiktok\.com$/),
  read(mail) {
    const sentence = /^@?([\w.]{2,24}) (commented on|replied to|mentioned you)/
    const name = sentence.exec(mail.subject)?.[1]
    if (name === undefined) return null
    const text = between(
      linesOf(mail),
      new RegExp(`^@?${escaped(name)} .*(commented|replied|mentioned)`),
      button,
    )
    if (text === null) return null
    const video = inLinks(mail, /tiktok\.com\/@[\w.]+\/video\/(\d{5,25})/)?.[1]
    return {
      author: { id: name, name: `@${name}` },
      text,
      externalId: null,
      ...(video === undefined ? {} : { parentExternalId: `video:${video}` }),
    }
  },
}

/** Trustpilot: "Ada left a 2-star review"; the address holds the name of the review. */
const trustpilot: Layout = {
  network: 'Trustpilot',
  channel: 'trustpilot',
  isFrom: sentFrom(/^([\w-]+\.)?trustpilot(mail)?\.com$/),
  read(mail) {
    const sentence =
      /^(.{2,100}?) (?:has )?(?:just )?(?:left|wrote|written|posted)(?: you)? an? (?:new )?([1-5])-star review/
    const lines = linesOf(mail)
    const [, name, stars] = sentence.exec(lines.find((line) => sentence.test(line)) ?? '') ?? []
    const review = inLinks(mail, /trustpilot\.com\/reviews?\/([0-9a-f]{24})/)?.[1]
    if (name === undefined || stars === undefined || review === undefined) return null
    const text = between(lines, sentence, button)
    if (text === null) return null
    return {
      author: { id: `name:${name}`, name },
      text,
      externalId: review,
      kind: 'Review',
      subject: `${stars} of 5 stars`,
    }
  },
}

/** Forums on Discourse say in headers which post it is; what follows a rule of dashes is about the mail itself. */
const discourse: Layout = {
  network: 'Discourse',
  channel: 'forum',
  isFrom: ({ header }) => header('x-discourse-post-id') !== undefined,
  read(mail): Found | null {
    const post = /^\d{1,12}$/.exec(mail.header('x-discourse-post-id') ?? '')?.[0]
    const topic = /^\d{1,12}$/.exec(mail.header('x-discourse-topic-id') ?? '')?.[0]
    const host = inLinks(mail, /^https?:\/\/([a-z0-9.-]{3,60})\/t\//)?.[1]
    const name = /^"?(.{2,100}?)"? via /.exec(mail.fromName)?.[1]
    if (post === undefined || topic === undefined || host === undefined || name === undefined) return null
    if (!isSameSite(host, mail.from)) return null
    const lines = ['', ...linesOf(mail)]
    const text = between(lines, /^$/, /^-{3,}$/)
    if (text === null) return null
    return {
      author: { id: name, name },
      text,
      externalId: `post:${post}`,
      threadExternalId: `topic:${topic}`,
      subject: mail.subject.replaceAll(/^(\[[^\]]{1,60}\]\s*)+/g, '').slice(0, 998),
      source: `forum:${host}`.slice(0, 64),
    }
  },
}

/** The forum's mails come from its own house. */
function isSameSite(host: string, from: string): boolean {
  const domain = from.slice(from.lastIndexOf('@') + 1)
  return host === domain || host.endsWith(`.${domain}`) || domain.endsWith(`.${host}`)
}

const layouts: readonly Layout[] = [linkedin, reddit, tiktok, trustpilot, discourse]

export function layoutOf(mail: NoticeMail): Layout | null {
  return layouts.find((layout) => layout.isFrom(mail)) ?? null
}
