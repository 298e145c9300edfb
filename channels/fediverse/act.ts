// Our acts: written down first, then handed to the person's server, then left to be shared out among followers. An act
// is done when the person's server took it; followers hold nothing up.
import type { Acted, Command, ReadBack } from '../acting.ts'
import type { Ports } from '../ports.ts'
import { objectAddress, objectName, objectOf, type Addresses } from './addresses.ts'
import { deliver, deliverDue, deliverLater, type Delivered, type Fan } from './deliver.ts'
import { hasBlockedUs } from './followers.ts'
import type { Json } from './json.ts'
import { forget, keep, readKept, type KeptObject } from './kept-objects.ts'
import { findPerson, type Person } from './people.ts'
import { forgetPictures, keepPictures, pictureProblem } from './pictures.ts'
import {
  circleOf,
  createOf,
  editNote,
  removeOf,
  tombstoneOf,
  updateOf,
  writeNote,
  writeSign,
} from './write-note.ts'

const roundMs = 60_000

export function act(ports: Ports, own: Addresses, command: Command, key: string): Promise<Acted> {
  switch (command.what) {
    case 'reply':
    case 'notice':
    case 'post':
    case 'like':
    case 'share':
      return say(ports, own, command, key)
    case 'edit':
    case 'delete':
      return change(ports, own, command, key)
  }
}

/** Whether it left: known where the person's server said so, else the same activity is handed in again. */
export async function readBack(
  ports: Ports,
  own: Addresses,
  command: Command,
  key: string,
): Promise<ReadBack> {
  const isChange = command.what === 'edit' || command.what === 'delete'
  const name = isChange ? ownObject(own, command) : objectName(key)
  const kept = name === null ? null : await readKept(ports.store, name)
  if (name === null || kept === null) return 'absent'
  const networkId = String(kept.object.id)
  if (isChange) return kept.changes.includes(key) ? { networkId } : 'absent'
  if (kept.state === 'sent') return { networkId }
  const delivered = await handOver(ports, own, kept)
  if (delivered.result !== 'taken') return 'cannot-say'
  await sent(ports, own, name, kept)
  return { networkId }
}

async function say(ports: Ports, own: Addresses, command: Command, key: string): Promise<Acted> {
  const name = objectName(key)
  const before = await readKept(ports.store, name)
  if (before?.state === 'sent') return done(before)
  const kept = before ?? (await write(ports, own, command, key))
  if ('result' in kept) return kept
  if (before === null) await keep(ports.store, name, kept)
  const delivered = await handOver(ports, own, kept)
  if (delivered.result === 'unknown') return delivered
  if (delivered.result === 'refused') {
    // Nobody has it; what is tried again is written anew.
    await forgetPictures(ports.store, kept.object)
    await forget(ports.store, name)
    return delivered
  }
  await sent(ports, own, name, kept)
  return done(kept)
}

function done({ object, person }: KeptObject): Acted {
  const detail = person === null ? 'on our own page' : `taken by ${new URL(person.inbox).host}`
  return { result: 'done', networkId: String(object.id), detail }
}

async function write(
  ports: Ports,
  own: Addresses,
  command: Command,
  key: string,
): Promise<KeptObject | Acted> {
  const { what, target, text, media = [] } = command
  const isSign = what === 'like' || what === 'share'
  if (isSign && target.parentExternalId === null) return refused('there is nothing to like or to share')
  const problem = pictureProblem(media)
  if (problem !== null) return { result: 'refused', error: 'content.rejected', detail: problem }
  const found = await addressee(ports, own, command)
  if (found !== null && 'result' in found) return found
  const circle = what === 'notice' ? 'direct' : circleOf(target.visibility, found !== null)
  const order = {
    id: objectAddress(own, key),
    own,
    text,
    to: found,
    circle,
    inReplyTo: target.parentExternalId,
    warning: what === 'reply' ? target.subject : null,
    pictures: await keepPictures(ports.store, own, objectName(key), media),
    published: new Date(ports.clock.now()).toISOString(),
  }
  const person = found === null ? null : { id: found.id, handle: found.handle, inbox: found.inbox }
  const kept = { person, state: 'leaving', changes: [] } as const
  if (what === 'like') return { ...kept, object: writeSign('Like', order), circle: 'direct' }
  if (what === 'share') return { ...kept, object: writeSign('Announce', order), circle: 'public' }
  return { ...kept, object: writeNote(order), circle }
}

/** Whom it is for; null for everybody. */
async function addressee(
  ports: Ports,
  own: Addresses,
  { what, target }: Command,
): Promise<Person | Acted | null> {
  if (what === 'post') return null
  if (target.address === null) return refused('nobody is known to whom this could go')
  const found = await findPerson(ports, own, target.address)
  if ('problem' in found) return unreached(found)
  return (await hasBlockedUs(ports, found.id)) ? refused('this person has blocked us') : found
}

function refused(detail: string): Acted {
  return { result: 'refused', error: 'target.gone', detail }
}

function unreached(found: Exclude<Awaited<ReturnType<typeof findPerson>>, Person>): Acted {
  const errors = { gone: 'target.gone', refused: 'target.forbidden', unreachable: 'network.down' } as const
  return { result: 'refused', error: errors[found.problem], detail: found.detail }
}

/** Signs are activities themselves; notes go in one that creates them. */
function activityOf(own: Addresses, object: Json): Json {
  return object.type === 'Note' ? createOf(own, object) : object
}

async function handOver(ports: Ports, own: Addresses, { object, person }: KeptObject): Promise<Delivered> {
  if (person === null) return { result: 'taken' }
  return deliver(ports, own, person.inbox, activityOf(own, object))
}

async function sent(ports: Ports, own: Addresses, name: string, kept: KeptObject): Promise<void> {
  await keep(ports.store, name, { ...kept, state: 'sent' })
  if (kept.circle === 'public' && kept.object.type === 'Note') await ports.store.set(saidKey(kept, name), '')
  const fan = { activity: activityOf(own, kept.object), isFirst: true, isEnd: false }
  if (kept.circle !== 'direct') await shareOut(ports, own, name, { ...fan, ...audienceOf(kept) })
}

/** Newest first in the order of the store. */
function saidKey({ object }: KeptObject, name: string): string {
  const before = 1e15 - Date.parse(String(object.published))
  return `said/${String(before).padStart(16, '0')}/${name}`
}

function audienceOf({ circle, person }: KeptObject): Pick<Fan, 'toFollowers' | 'inboxes' | 'except'> {
  return { toFollowers: circle !== 'direct', inboxes: [], except: person === null ? [] : [person.inbox] }
}

/** Goes on by itself after the act; what is cut off here is taken up when the core renews our lease. */
async function shareOut(ports: Ports, own: Addresses, name: string, fan: Fan): Promise<void> {
  await deliverLater(ports, name, fan)
  deliverDue(ports, own, roundMs).catch((error: unknown) => {
    ports.log.warn({ error: String(error) }, 'followers wait for the next round')
  })
}

function ownObject(own: Addresses, { target }: Command): string | null {
  const [id] = target.ownExternalIds ?? []
  return id === undefined ? null : objectOf(own, id)
}

async function change(ports: Ports, own: Addresses, command: Command, key: string): Promise<Acted> {
  const name = ownObject(own, command)
  const kept = name === null ? null : await readKept(ports.store, name)
  if (name === null || kept === null) return refused('this was never said here')
  if (kept.changes.includes(key)) return done(kept)
  const isGone = kept.object.type === 'Tombstone'
  if (command.what === 'delete' && isGone) return done(kept)
  if (isGone || (command.what === 'edit' && kept.object.type !== 'Note'))
    return refused('this cannot be changed')
  const now = new Date(ports.clock.now()).toISOString()
  const object =
    command.what === 'edit'
      ? editNote(kept.object, command.text, mentionOf(kept), now)
      : tombstoneOf(kept.object, now)
  const activity = command.what === 'edit' ? updateOf(own, object) : removeOf(own, kept.object, object)
  const delivered = kept.person === null ? taken : await deliver(ports, own, kept.person.inbox, activity)
  // Where nobody is left to tell, it is gone all the same.
  const isMoot = command.what === 'delete' && 'error' in delivered && delivered.error === 'target.gone'
  if (delivered.result !== 'taken' && !isMoot) return delivered
  const changed = { ...kept, object, changes: [...kept.changes, key].slice(-20) }
  await keep(ports.store, name, changed)
  if (command.what === 'delete') await forgetPictures(ports.store, kept.object)
  const fan = { activity, isFirst: false, isEnd: command.what === 'delete' }
  if (kept.circle !== 'direct') await shareOut(ports, own, name, { ...fan, ...audienceOf(kept) })
  return done(changed)
}

const taken: Delivered = { result: 'taken' }

function mentionOf({ person }: KeptObject) {
  return person === null ? null : { handle: person.handle, href: person.id }
}
