// Our words as ActivityStreams, and the activities that carry them. Pure: the same order makes the same bytes.
import type { Target } from '../acting.ts'
import { mentionHtml, textToPost, type Mention } from '../post-text.ts'
import type { Addresses } from './addresses.ts'
import type { Json } from './json.ts'
import type { Person } from './people.ts'

const context = 'https://www.w3.org/ns/activitystreams'
const everybody = `${context}#Public`

export type Circle = 'public' | 'unlisted' | 'followers' | 'direct'

export interface Order {
  readonly id: string
  readonly own: Addresses
  readonly text: string
  readonly to: Person | null
  readonly circle: Circle
  readonly inReplyTo: string | null
  /** A warning before the words, kept from what is answered. */
  readonly warning: string | null
  /** What a note says of each. */
  readonly pictures: readonly Json[]
  readonly published: string
}

/** An answer stays in the circle of what it answers; what nobody knows stays between two. */
export function circleOf(visibility: Target['visibility'], isAddressed: boolean): Circle {
  if (visibility === undefined) return isAddressed ? 'direct' : 'public'
  return visibility === 'internal' ? 'direct' : visibility
}

export function writeNote(order: Order): Json {
  const { id, own, text, to, circle, inReplyTo, warning, pictures, published } = order
  const mention: Mention | null = to === null ? null : { handle: to.handle, href: to.id }
  return {
    '@context': context,
    id,
    type: 'Note',
    attributedTo: own.actor,
    ...audience(own, circle, to),
    ...(inReplyTo === null ? {} : { inReplyTo }),
    ...(warning === null ? {} : { summary: warning, sensitive: true }),
    content: contentOf(text, mention),
    source: { content: text, mediaType: 'text/plain' },
    tag: mention === null ? [] : [{ type: 'Mention', name: `@${mention.handle}`, href: mention.href }],
    ...(pictures.length === 0 ? {} : { attachment: pictures }),
    published,
    url: id,
  }
}

/** Servers tell the person who is answered only where the words name them. */
function contentOf(text: string, mention: Mention | null): string {
  const html = textToPost(text, mention === null ? [] : [mention])
  if (mention === null || html.includes('class="u-url mention"')) return html
  return html.replace('<p>', `<p>${mentionHtml(mention)} `)
}

function audience(own: Addresses, circle: Circle, person: Person | null): Json {
  const them = person === null ? [] : [person.id]
  if (circle === 'public') return { to: [everybody], cc: [own.followers, ...them] }
  if (circle === 'unlisted') return { to: [own.followers], cc: [everybody, ...them] }
  return circle === 'followers' ? { to: [own.followers], cc: them } : { to: them, cc: [] }
}

function activity(type: string, id: string, own: Addresses, object: Json): Json {
  return { '@context': context, id, type, actor: own.actor, to: object.to, cc: object.cc, object }
}

export function createOf(own: Addresses, note: Json): Json {
  return { ...activity('Create', `${String(note.id)}#create`, own, note), published: note.published }
}

/** With other words; who is named stays named. */
export function editNote(note: Json, text: string, to: Mention | null, updated: string): Json {
  return {
    ...note,
    content: contentOf(text, to),
    source: { content: text, mediaType: 'text/plain' },
    updated,
  }
}

export function updateOf(own: Addresses, note: Json): Json {
  const version = Date.parse(String(note.updated))
  return { ...activity('Update', `${String(note.id)}#update-${version}`, own, note), published: note.updated }
}

export function tombstoneOf(note: Json, deleted: string): Json {
  const { id, to, cc, type } = note
  return { '@context': context, id, type: 'Tombstone', formerType: type, to, cc, deleted }
}

/** A note is deleted, a sign is undone. */
export function removeOf(own: Addresses, before: Json, tombstone: Json): Json {
  const isNote = before.type === 'Note'
  return activity(isNote ? 'Delete' : 'Undo', `${String(before.id)}#delete`, own, isNote ? tombstone : before)
}

/** A sign of ours under something of theirs. A like is for its author, a share for everybody who follows us. */
export function writeSign(what: 'Like' | 'Announce', order: Order): Json {
  const { id, own, to, inReplyTo, published } = order
  const circle = what === 'Like' ? 'direct' : 'public'
  return {
    '@context': context,
    id,
    type: what,
    actor: own.actor,
    ...audience(own, circle, to),
    object: inReplyTo,
    published,
  }
}

export function acceptOf(own: Addresses, follow: Json, name: string): Json {
  return {
    '@context': context,
    id: `${own.actor}#accepts/${name}`,
    type: 'Accept',
    actor: own.actor,
    to: [follow.actor],
    object: follow,
  }
}
