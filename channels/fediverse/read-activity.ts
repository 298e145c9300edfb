// What an activity means to us. Pure: the same bytes and facts mean the same. Who did it was proven when it came in and
// stands in the facts; a thing counts only where it comes from the server of whoever sent it.
import type { Consent, Normalised, RawEvent } from '../channel.ts'
import type { Addresses } from './addresses.ts'
import { idOf, isObject, isSameOrigin, listOf, parseObject, textOf, typeOf } from './json.ts'
import { base, type Actor, type Heard } from './heard.ts'
import { readThing } from './read-thing.ts'

const nothing: Normalised = { activities: [] }
const things = new Set(['Note', 'Article', 'Question', 'Page', 'Video', 'Image', 'Audio', 'Event'])

export function readActivity(event: RawEvent, own: Addresses): Normalised {
  const activity = parseObject(new TextDecoder().decode(event.body))
  const actor = readActor(event.facts?.actor)
  if (activity === null || actor === null) return { activities: [], unknown: ['no activity'] }
  const fetched = parseObject(event.facts?.object ?? '')
  const [embedded] = listOf(activity.object)
  const object = fetched ?? (isObject(embedded) ? embedded : null)
  const at = Number(event.facts?.receivedAt ?? event.at ?? 0)
  return read({ own, activity, actor, object, at })
}

function readActor(text: string | undefined): Actor | null {
  const actor = parseObject(text ?? '')
  const id = textOf(actor?.id)
  if (actor === null || id === null) return null
  return {
    id,
    handle: textOf(actor.handle) ?? id,
    name: textOf(actor.name) ?? '',
    followers: textOf(actor.followers),
  }
}

function read(heard: Heard): Normalised {
  const type = typeOf(heard.activity)
  switch (type) {
    case 'Create':
    case 'Update':
      return readMade(heard, type)
    case 'Delete':
      return readGone(heard, idOf(heard.activity.object))
    case 'Undo':
      return readUndone(heard)
    case 'Like':
    case 'EmojiReact':
    case 'Dislike':
      return readSign(heard, 'Like')
    case 'Announce':
      return readSign(heard, 'Announce')
    case 'Follow':
      return readSign(heard, 'Follow')
    case 'Block':
      return consent(heard, false)
    case 'Accept':
    case 'Reject':
    case 'Add':
    case 'Remove':
    case 'View':
      return nothing
    default:
      return { activities: [], unknown: [`activity ${type ?? 'without a type'}`] }
  }
}

function readMade(heard: Heard, type: 'Create' | 'Update'): Normalised {
  const { object, actor } = heard
  const kind = typeOf(object)
  if (object === null) return { activities: [], unknown: [`${type} of something that cannot be read`] }
  // Somebody's new name or picture is read again when they next speak.
  if (kind === null || !things.has(kind)) {
    return kind === 'Person' ||
      kind === 'Service' ||
      kind === 'Application' ||
      kind === 'Group' ||
      kind === 'Organization'
      ? nothing
      : { activities: [], unknown: [`${type} of ${kind ?? 'something without a type'}`] }
  }
  const id = idOf(object)
  if (id === null || !isSameOrigin(id, actor.id)) {
    return { activities: [], unknown: [`${type} of what another server owns`] }
  }
  const read = readThing(heard, object, type)
  return read === null
    ? { activities: [], unknown: [`${type} with names too long to keep`] }
    : { activities: [read] }
}

function readGone(heard: Heard, id: string | null): Normalised {
  const { actor } = heard
  if (id === null || !isSameOrigin(id, actor.id))
    return { activities: [], unknown: ['Delete of what another server owns'] }
  if (id === actor.id) return { activities: [], goneAuthors: [{ externalId: actor.id, at: heard.at }] }
  return { activities: [{ ...base(heard, id), type: 'Delete' }] }
}

function readUndone(heard: Heard): Normalised {
  const { object, activity, actor } = heard
  if (typeOf(object) === 'Block') return consent(heard, true)
  const id = idOf(activity.object)
  if (id === null || !isSameOrigin(id, actor.id))
    return { activities: [], unknown: ['Undo of what another server owns'] }
  return { activities: [{ ...base(heard, id), type: 'Delete' }] }
}

function readSign(heard: Heard, type: 'Like' | 'Announce' | 'Follow'): Normalised {
  const { activity, own } = heard
  const id = idOf(activity)
  const on = idOf(activity.object)
  if (id === null || id.length > 512 || on === null)
    return { activities: [], unknown: [`${type} without a name`] }
  if (type === 'Follow') {
    return on === own.actor ? { activities: [{ ...base(heard, id), type }] } : nothing
  }
  // Signs under things of others are none of ours.
  if (!on.startsWith(`${own.actor}/`) || on.length > 512) return nothing
  const text = textOf(activity.content) ?? textOf(activity._misskey_reaction) ?? ''
  return { activities: [{ ...base(heard, id), type, parentExternalId: on, text: text.slice(0, 100) }] }
}

function consent({ actor, activity, object, at, own }: Heard, mayWrite: boolean): Normalised {
  const whom = mayWrite ? idOf(object?.object) : idOf(activity.object)
  if (whom !== own.actor) return nothing
  const said: Consent = { address: actor.id, mayWrite, at }
  return { activities: [], consents: [said] }
}
