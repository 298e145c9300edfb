import { MediaReference } from '../../../contract/engagement.ts'
import type { Notice } from './format.ts'
import { htmlToText } from '../../../lib/text/html-to-text.ts'
import type { FindOurs } from './own-handles.ts'
import { isObject } from './parse-json.ts'

type Json = Readonly<Record<string, unknown>>

export interface ActivityOptions {
  readonly findOurs: FindOurs
  /** Everything in this file was said by its owner, that is by us. */
  readonly isOwn: boolean
  readonly source?: string
  readonly channel?: string
}

export type ConvertedActivity =
  | { readonly candidate: Readonly<Record<string, unknown>>; readonly notices: readonly Notice[] }
  | { readonly reason: string }

const ACTIVITIES = new Set(['Create', 'Update', 'Delete', 'Like', 'Announce', 'Follow'])
const KINDS = new Map([
  ['Article', 'Article'],
  ['Page', 'Article'],
  ['Question', 'Question'],
])
const OBJECTS = new Set([...KINDS.keys(), 'Note', 'Image', 'Video', 'Audio', 'Document', 'Event'])
const PUBLIC = new Set(['https://www.w3.org/ns/activitystreams#Public', 'as:Public', 'Public'])

/** An activity, or a bare object as if it had just been created, in the words of the contract, unchecked. */
export function activityToInput(given: Json, options: ActivityOptions): ConvertedActivity {
  const activity = asActivity(given)
  if (!activity) return { reason: `The type ${typeOf(given)} is not one that can be imported.` }
  const object = isObject(activity['object']) ? activity['object'] : { id: activity['object'] }
  const actor = actorOf(activity['actor'] ?? object['attributedTo'])
  if (!actor) return { reason: 'The activity has no actor.' }
  const type = typeOf(activity)
  const isAbout = type === 'Like' || type === 'Announce' || type === 'Follow'
  const audience = [...idsOf(activity['to'] ?? object['to']), ...idsOf(activity['cc'] ?? object['cc'])]
  const mentions = mentionsOf(object['tag'])
  const own = options.findOurs([actor.externalId, actor.handle])
  const isOut = options.isOwn || own !== undefined
  const presence = isOut
    ? (own ?? actor.handle ?? actor.externalId)
    : options.findOurs([...mentions, ...audience, ...audience.map(handleOf)])
  const media = type === 'Delete' || isAbout ? { media: [], left: 0 } : mediaOf(object['attachment'])
  const candidate = {
    type,
    kind: KINDS.get(typeOf(object)) ?? 'Note',
    source: options.source ?? 'fediverse',
    channel: options.channel,
    externalId: isAbout ? activity['id'] : object['id'],
    direction: isOut ? 'out' : 'in',
    author: actor,
    presence,
    mentions,
    visibility: visibilityOf(activity, object),
    parentExternalId: isAbout ? object['id'] : (idsOf(object['inReplyTo'])[0] ?? undefined),
    threadExternalId: asString(object['conversation'] ?? object['context']),
    ...(isAbout || type === 'Delete' ? {} : textOf(object)),
    media: media.media,
    ...timesOf(type, activity, object),
  }
  return { candidate: dropUndefined(candidate), notices: media.left ? [leftOut(media.left)] : [] }
}

function leftOut(count: number): Notice {
  return { message: 'Attachments without a web address were left out.', count }
}

function asActivity(given: Json): Json | undefined {
  const type = typeOf(given)
  if (ACTIVITIES.has(type)) return given
  if (!OBJECTS.has(type)) return undefined
  return { type: 'Create', actor: given['attributedTo'], published: given['published'], object: given }
}

function typeOf(object: Json): string {
  const [type] = Array.isArray(object['type']) ? object['type'] : [object['type']]
  return typeof type === 'string' ? type.slice(0, 60) : 'unknown'
}

function actorOf(given: unknown): { externalId: string; handle?: string; name?: string } | undefined {
  const actor = Array.isArray(given) ? given[0] : given
  if (typeof actor === 'string') return dropUndefined({ externalId: actor, handle: handleOf(actor) })
  if (!isObject(actor) || typeof actor['id'] !== 'string') return undefined
  const host = URL.parse(actor['id'])?.host
  const user = asString(actor['preferredUsername'])
  const handle = user && host ? `${user}@${host}` : handleOf(actor['id'])
  return dropUndefined({ externalId: actor['id'], handle, name: asString(actor['name']) })
}

/** alice@example.org of https://example.org/users/alice, /@alice, /u/alice. */
function handleOf(id: string): string | undefined {
  const url = URL.parse(id)
  const user = url && /^\/(?:users\/|@|u\/|profile\/|actors?\/)([^/]+)\/?$/.exec(url.pathname)?.[1]
  return user ? `${user}@${url.host}` : undefined
}

function idsOf(given: unknown): string[] {
  const list: unknown[] = Array.isArray(given) ? given : [given]
  return list.flatMap((entry) => {
    const id = isObject(entry) ? (entry['id'] ?? entry['href']) : entry
    return typeof id === 'string' && id !== '' ? [id] : []
  })
}

function mentionsOf(tags: unknown): string[] {
  const list: unknown[] = Array.isArray(tags) ? tags : [tags]
  const handles = list.flatMap((tag) => {
    if (!isObject(tag) || tag['type'] !== 'Mention') return []
    const name = asString(tag['name'])?.replace(/^@/, '')
    const handle = handleOf(asString(tag['href']) ?? '')
    // Within one server the name is short, and the address says whose it is.
    return name?.includes('@') ? name : (handle ?? name ?? [])
  })
  return [...new Set(handles)].filter((handle) => handle !== '').slice(0, 100)
}

/** Who may see it, as Mastodon reads the audience. Without one it is kept between the two. */
function visibilityOf(activity: Json, object: Json): string {
  const to = idsOf(activity['to'] ?? object['to'])
  const cc = idsOf(activity['cc'] ?? object['cc'])
  if (to.some((id) => PUBLIC.has(id))) return 'public'
  if (cc.some((id) => PUBLIC.has(id))) return 'unlisted'
  if ([...to, ...cc].some((id) => id.endsWith('/followers'))) return 'followers'
  return 'direct'
}

function textOf(object: Json): Record<string, unknown> {
  const map = isObject(object['contentMap']) ? Object.entries(object['contentMap']) : []
  const [first] = map
  const content = asString(object['content']) ?? asString(first?.[1]) ?? ''
  const isPlain = object['mediaType'] === 'text/plain'
  const choices = [object['oneOf'], object['anyOf']].flat().flatMap((choice) => {
    const name = isObject(choice) ? asString(choice['name']) : undefined
    return name === undefined ? [] : [`- ${name}`]
  })
  const body = isPlain ? content : htmlToText(content)
  return {
    text: choices.length === 0 ? body : `${body}\n${choices.join('\n')}`,
    subject: (asString(object['name']) ?? asString(object['summary']))?.slice(0, 998),
    language: map.length === 1 ? first?.[0].slice(0, 35) : undefined,
  }
}

function mediaOf(attachments: unknown): { media: unknown[]; left: number } {
  const list: unknown[] = [attachments ?? []].flat()
  const media: unknown[] = []
  for (const attachment of list) {
    if (!isObject(attachment)) continue
    const url = idsOf(attachment['url'] ?? attachment['href'])[0]
    if (url === undefined || !isWebAddress(url) || media.length === 20) continue
    const mediaType = asString(attachment['mediaType'])?.slice(0, 127)
    media.push(dropUndefined({ url, mediaType, alt: asString(attachment['name'])?.slice(0, 2000) }))
  }
  return { media, left: list.length - media.length }
}

function isWebAddress(url: string): boolean {
  return url.length <= 2048 && /^https?:\/\//.test(url) && MediaReference.shape.url.safeParse(url).success
}

function timesOf(type: string, activity: Json, object: Json): { publishedAt: unknown; updatedAt?: unknown } {
  const said = activity['published']
  if (type === 'Create') return { publishedAt: object['published'] ?? said }
  if (type === 'Update') {
    const updatedAt = object['updated'] ?? activity['updated'] ?? said
    return { publishedAt: object['published'] ?? said ?? updatedAt, updatedAt }
  }
  return { publishedAt: said ?? object['deleted'] ?? object['updated'] }
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function dropUndefined<Shape extends object>(shape: Shape): Shape {
  for (const key of Object.keys(shape)) {
    if (Reflect.get(shape, key) === undefined || Reflect.get(shape, key) === null)
      Reflect.deleteProperty(shape, key)
  }
  return shape
}
