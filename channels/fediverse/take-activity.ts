// What happens when a proven activity reaches an inbox of ours: followers are kept, what stands elsewhere is fetched in
// our name, and the event is committed before the other server hears that it arrived.
import { createHash } from 'node:crypto'
import type { RawEvent } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { shortName, type Addresses } from './addresses.ts'
import { deliverDue, deliverLater } from './deliver.ts'
import { addFollower, removeFollower, setBlocked } from './followers.ts'
import { idOf, isObject, isSameOrigin, type Json, listOf, parseObject, textOf, typeOf } from './json.ts'
import { forgetPerson, type Person, personOf, rememberedPerson, rememberPerson } from './people.ts'
import { signedRequest } from './signed-request.ts'
import { acceptOf } from './write-note.ts'

const day = 86_400_000

export interface Arrival {
  readonly ports: Ports
  readonly own: Addresses
  readonly body: Uint8Array
  /** Whose signature it bears. */
  readonly actorId: string
  /** What the signer's server says of them; throws where it cannot be asked. */
  readonly readActor: () => Promise<Json>
}

/** Throws where something is missing that may be there later: then the other server sends it again. */
export async function takeActivity(
  arrival: Arrival,
  keep: (events: readonly RawEvent[]) => Promise<void>,
): Promise<void> {
  const { ports, own, body, actorId } = arrival
  const activity = parseObject(Buffer.from(body).toString('utf8'))
  // What is read later are these bytes; they must name whoever was proven.
  if (activity === null || idOf(activity.actor) !== actorId) throw new Error('the bytes name another actor')
  if (isStrangerLeaving(activity, actorId) && (await rememberedPerson(ports, actorId)) === null) return
  const person = await whoIs(arrival, activity)
  if (person === null) throw new Error('the actor cannot be read')
  const object = await objectElsewhere(ports, own, activity, actorId)
  await keep([eventOf(arrival, activity, person, object)])
  await follow(ports, own, activity, person)
}

function isStrangerLeaving(activity: Json, actorId: string): boolean {
  return typeOf(activity) === 'Delete' && idOf(activity.object) === actorId
}

/** Whoever is known is asked for again after a day, or when they say that they have changed. */
async function whoIs({ ports, readActor, actorId }: Arrival, activity: Json): Promise<Person | null> {
  const before = await rememberedPerson(ports, actorId)
  const isChanged = typeOf(activity) === 'Update' && idOf(activity.object) === actorId
  const isLeaving = typeOf(activity) === 'Delete' && idOf(activity.object) === actorId
  const isFresh = before !== null && ports.clock.now() - before.readAt < day
  if (before !== null && (isLeaving || (isFresh && !isChanged))) return before
  const person = await personOf(ports, await readActor())
  if (person !== null) await rememberPerson(ports, person)
  return person ?? before
}

function eventOf({ ports, body }: Arrival, activity: Json, person: Person, object: Json | null): RawEvent {
  const id = textOf(activity.id)
  const at = Date.parse(textOf(activity.published) ?? '')
  const { id: actor, handle, name, url, followers } = person
  return {
    key: id === null || id.length > 512 ? createHash('sha256').update(body).digest('hex') : id,
    at: Number.isNaN(at) ? null : at,
    body,
    facts: {
      actor: JSON.stringify({ id: actor, handle, name, url, followers }),
      receivedAt: String(ports.clock.now()),
      ...(object === null ? {} : { object: JSON.stringify(object) }),
    },
  }
}

/** Some servers say only where the thing is; it is fetched in our name, since it may be for us alone. */
async function objectElsewhere(
  ports: Ports,
  own: Addresses,
  activity: Json,
  actorId: string,
): Promise<Json | null> {
  const type = typeOf(activity)
  const [object] = listOf(activity.object)
  const id = idOf(object)
  const isWhole = isObject(object) && object.type !== undefined
  if ((type !== 'Create' && type !== 'Update') || isWhole || id === null || !isSameOrigin(id, actorId))
    return null
  const { status, body } = await signedRequest(ports, own, { url: id })
  if (status === 404 || status === 410 || status === 403) return null
  if (status !== 200) throw new Error('the thing cannot be read now')
  const read = parseObject(body.toString('utf8'))
  return read !== null && idOf(read) === id ? read : null
}

async function follow(ports: Ports, own: Addresses, activity: Json, person: Person): Promise<void> {
  const [object] = listOf(activity.object)
  if (typeOf(activity) === 'Undo' && typeOf(object) === 'Follow') return removeFollower(ports, person.id)
  if (typeOf(activity) === 'Delete' && idOf(object) === person.id) {
    await removeFollower(ports, person.id)
    return forgetPerson(ports, person.id)
  }
  if (typeOf(activity) === 'Block' && idOf(object) === own.actor) {
    await removeFollower(ports, person.id)
    return setBlocked(ports, person.id, true)
  }
  const isUnblock = typeOf(activity) === 'Undo' && isObject(object) && typeOf(object) === 'Block'
  if (isUnblock && idOf(object.object) === own.actor) return setBlocked(ports, person.id, false)
  if (typeOf(activity) !== 'Follow' || idOf(object) !== own.actor) return
  await addFollower(ports, person)
  const name = shortName(textOf(activity.id) ?? person.id)
  await deliverLater(ports, name, {
    activity: acceptOf(own, activity, name),
    toFollowers: false,
    inboxes: [person.inbox],
    except: [],
    isFirst: true,
    isEnd: false,
  })
  // Their server waits for our answer to this very request before it can take another.
  deliverDue(ports, own, 60_000).catch((error: unknown) => {
    ports.log.warn({ error: String(error) }, 'a follower waits for the next round')
  })
}
