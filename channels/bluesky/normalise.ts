import { z } from 'zod'
import type { Author, EngagementInput } from '../../contract/engagement.ts'
import type { Link, Normalised, RawEvent } from '../channel.ts'
import { names } from './at-uri.ts'
import { parse, readAccount, readHeard, timeOf, type AccountChange, type Heard } from './heard.ts'
import { mentionsOf, Post, readEmbed, unknownIn } from './read-post.ts'
import { serviceOf } from './xrpc.ts'

const Sign = z.object({ createdAt: z.string(), subject: z.object({ uri: z.string() }) })
const OfPerson = z.object({ createdAt: z.string(), subject: z.string() })

const nothing: Normalised = { activities: [] }

/** What an event means to our account; nothing where it is none of our business. */
export function normalise(link: Link, event: RawEvent): Normalised {
  if (event.facts?.['form'] === 'account') return absence(readAccount(event))
  const heard = readHeard(event)
  if (heard.action === 'update') return { ...nothing, unknown: [`change of ${heard.collection}`] }
  switch (heard.collection) {
    case names.post:
      return heard.action === 'delete' ? deletion(link, heard) : readPost(link, heard)
    case names.like:
      return heard.action === 'delete' ? deletion(link, heard) : readSign(link, heard, 'Like')
    case names.repost:
      return heard.action === 'delete' ? deletion(link, heard) : readSign(link, heard, 'Announce')
    case names.follow:
      return heard.action === 'delete' ? deletion(link, heard) : readFollow(link, heard)
    case names.block:
      return readBlock(link, heard, event)
    default:
      return { ...nothing, unknown: [`record ${heard.collection}`] }
  }
}

function absence({ isThere, externalId, at }: AccountChange): Normalised {
  const author = { externalId, at }
  return isThere ? { ...nothing, returnedAuthors: [author] } : { ...nothing, goneAuthors: [author] }
}

function readPost(link: Link, heard: Heard): Normalised {
  const post = parse(Post, heard.record, 'A post')
  const ours = `at://${link.account?.id ?? ''}/`
  const place = { did: heard.did, service: serviceOf(link) }
  const { quoted, media, link: card, unknown } = readEmbed(post.embed, place)
  const parent = post.reply?.parent.uri ?? (quoted?.startsWith(ours) ? quoted : undefined)
  const root = post.reply?.root.uri ?? (heard.uri.startsWith(ours) ? heard.uri : undefined)
  const language = post.langs?.[0]?.slice(0, 35)
  const activity: EngagementInput = {
    ...base(link, heard, { type: 'Create', createdAt: post.createdAt }),
    mentions: handlesOf(link, post),
    ...(isName(parent) ? { parentExternalId: parent } : {}),
    // A thread of ours holds together even where a part of it was never heard; threads of others only by their tree.
    ...(isName(root) && root.startsWith(ours) ? { threadExternalId: root } : {}),
    text: textOf(post.text, card),
    ...(language === undefined || language === '' ? {} : { language }),
    media,
  }
  const record = typeof heard.record === 'object' && heard.record !== null ? heard.record : {}
  const strange = [...unknown, ...unknownIn(record, post)]
  return strange.length === 0 ? { activities: [activity] } : { activities: [activity], unknown: strange }
}

function isName(uri: string | undefined): uri is string {
  return uri !== undefined && uri.length > 0 && uri.length <= 512
}

/** A card's address stands in the text where its author took it out again. */
function textOf(text: string, card: string | null): string {
  const clean = text.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, 95_000)
  if (card === null || card.length > 4_000 || clean.includes(card)) return clean
  return clean === '' ? card : `${clean}\n${card}`
}

function handlesOf({ account }: Link, post: Post): string[] {
  const handles = mentionsOf(post).map(({ did, handle }) => (did === account?.id ? account.handle : handle))
  return [...new Set(handles)].filter((handle) => handle !== '' && handle.length <= 512).slice(0, 100)
}

function readSign(link: Link, heard: Heard, type: 'Like' | 'Announce'): Normalised {
  const { createdAt, subject } = parse(Sign, heard.record, `A ${type === 'Like' ? 'like' : 'repost'}`)
  const parentExternalId = subject.uri.slice(0, 512)
  return { activities: [{ ...base(link, heard, { type, createdAt }), parentExternalId }] }
}

function readFollow(link: Link, heard: Heard): Normalised {
  const { createdAt, subject } = parse(OfPerson, heard.record, 'A follow')
  if (subject !== link.account?.id) return nothing
  return { activities: [base(link, heard, { type: 'Follow', createdAt })] }
}

/** Who blocks us does not want to hear from us; who takes that back may be written to again. */
function readBlock(link: Link, heard: Heard, event: RawEvent): Normalised {
  const mayWrite = heard.action === 'delete'
  if (!mayWrite && parse(OfPerson, heard.record, 'A block').subject !== link.account?.id) return nothing
  const at = heard.at ?? event.at ?? 0
  return { ...nothing, consents: [{ address: heard.did, mayWrite, at }] }
}

function deletion(link: Link, heard: Heard): Normalised {
  return { activities: [base(link, heard, { type: 'Delete', createdAt: null })] }
}

interface What {
  readonly type: EngagementInput['type']
  /** As its author says; anybody may say anything. */
  readonly createdAt: string | null
}

function base(link: Link, heard: Heard, { type, createdAt }: What): EngagementInput {
  const { account } = link
  const isOurs = heard.did === account?.id
  const handle = isOurs ? (account?.handle ?? null) : heard.handle
  const name = isOurs ? (account?.name ?? null) : heard.name
  const author: Author = {
    externalId: heard.did,
    ...(handle === null ? {} : { handle: handle.slice(0, 512) }),
    ...(name === null ? {} : { name: name.toWellFormed().replaceAll('\0', '').slice(0, 512) }),
  }
  return {
    type,
    kind: 'Note',
    source: 'bluesky',
    externalId: heard.uri,
    channel: 'bluesky',
    direction: isOurs ? 'out' : 'in',
    author,
    ...(account === null ? {} : { presence: account.handle }),
    mentions: [],
    visibility: 'public',
    text: '',
    media: [],
    publishedAt: new Date(publishedAt(createdAt, heard.at)).toISOString(),
    automatic: false,
  }
}

const earliest = Date.UTC(2022, 0, 1)

/** The author's time, but never later than the network heard of it, nor earlier than there was a network. */
function publishedAt(createdAt: string | null, heardAt: number | null): number {
  const said = createdAt === null ? null : timeOf(createdAt)
  const latest = heardAt ?? Date.UTC(2100, 0, 1)
  return said === null || said < earliest ? (heardAt ?? earliest) : Math.min(said, latest)
}
