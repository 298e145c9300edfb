// What we do on the network. Everything that one act makes is written in one commit, all or nothing, under names that
// follow from the act's key; so an act that may have taken effect is looked for, and one that is repeated is found.
import { z } from 'zod'
import type { Acted, Command, ReadBack } from '../acting.ts'
import { ChannelFailure, type Link } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { names, readUri, uriOf, type RecordName } from './at-uri.ts'
import { canAct } from './can-act.ts'
import { contentId } from './content-id.ts'
import { facetsOf, handlesIn } from './facets.ts'
import { findPost, type Ref } from './find-post.ts'
import { parse } from './heard.ts'
import { costOf } from './manifest.ts'
import { problemOf, uploadPictures } from './pictures.ts'
import { didOf } from './profiles.ts'
import { recordKey } from './record-key.ts'
import { cleanText, partsToSend } from './split-text.ts'
import { call, XrpcFailure } from './xrpc.ts'

interface Acting {
  readonly ports: Ports
  readonly link: Link
  readonly us: string
  readonly command: Command
  readonly key: string
}

type Refused = Extract<Acted, { result: 'refused' }>

export async function act(ports: Ports, link: Link, command: Command, key: string): Promise<Acted> {
  const us = link.account?.id
  if (us === undefined) return refused('auth.expired', 'The account is not known yet.')
  const allowed = canAct(command.target, command.what)
  if (!allowed.can) return { ...refused('target.forbidden', allowed.reason), error: allowed.error }
  try {
    const acting = { ports, link, us, command, key }
    return await (command.what === 'delete' ? remove(acting) : make(acting))
  } catch (error) {
    return readFailure(error)
  }
}

function refused(error: Refused['error'], detail: string): Refused {
  return { result: 'refused', error, detail }
}

function readFailure(error: unknown): Acted {
  if (!(error instanceof ChannelFailure)) throw error
  const { code, message: detail, retryAfterMs } = error
  if (code === 'timeout.unknown') return { result: 'unknown', detail }
  return { ...refused(code, detail), ...(retryAfterMs === null ? {} : { retryAfterMs }) }
}

// Making -----------------------------------------------------------------------------------------------------------

interface Write extends RecordName {
  readonly value: object
}

async function make(acting: Acting): Promise<Acted> {
  const writes = await writesFor(acting)
  if (!Array.isArray(writes)) return writes
  const body = {
    repo: acting.us,
    writes: writes.map(({ collection, rkey, value }) => ({
      $type: 'com.atproto.repo.applyWrites#create',
      collection,
      rkey,
      value,
    })),
  }
  const method = 'com.atproto.repo.applyWrites'
  try {
    await call(acting.ports, acting.link, { method, body, cost: Math.ceil(writes.length * costOf.create) })
    return done(writes)
  } catch (error) {
    if (await hasFailedFor(acting, error, writes)) throw error
    return done(writes)
  }
}

/** A server that holds these records already fails as if it were ill; what it holds says which it was. */
async function hasFailedFor(
  { ports, link }: Acting,
  error: unknown,
  writes: readonly Write[],
): Promise<boolean> {
  if (!(error instanceof XrpcFailure) || error.status < 500) return true
  const found = await Promise.all(writes.map((write) => isThere(ports, link, write)))
  return found.includes(false)
}

function done(writes: readonly RecordName[]): Acted {
  const [networkId = '', ...otherIds] = writes.map(uriOf)
  const detail =
    otherIds.length === 0 ? 'Bluesky took it.' : `Bluesky took it as a thread of ${writes.length} posts.`
  return { result: 'done', networkId, ...(otherIds.length === 0 ? {} : { otherIds }), detail }
}

async function writesFor(acting: Acting): Promise<Write[] | Refused> {
  const { what } = acting.command
  if (what === 'like' || what === 'share') return [await signFor(acting, what)]
  return postsFor(acting)
}

const collectionOf = { like: names.like, share: names.repost } as const

async function signFor({ ports, link, us, command, key }: Acting, what: 'like' | 'share'): Promise<Write> {
  const { uri, cid } = await findPost(ports, link, command.target.parentExternalId ?? '')
  const collection = collectionOf[what]
  const createdAt = new Date(ports.clock.now()).toISOString()
  return {
    did: us,
    collection,
    rkey: recordKey(key),
    value: { $type: collection, subject: { uri, cid }, createdAt },
  }
}

async function postsFor(acting: Acting): Promise<Write[] | Refused> {
  const { ports, link, us, command, key } = acting
  const text = cleanText(command.text)
  const media = command.media ?? []
  const parts = partsToSend(text)
  if (parts === null) return refused('content.rejected', 'This is too long for one thread on Bluesky.')
  if (text === '' && media.length === 0) return refused('content.rejected', 'There is nothing to say.')
  const problem = problemOf(media)
  if (problem !== null) return refused('content.rejected', problem)
  const parent =
    command.what === 'reply' ? await findPost(ports, link, command.target.parentExternalId ?? '') : null
  if (parent?.closed) return refused('target.forbidden', parent.closed)
  const facets = facetsOf(text, parts, await didsIn(acting, text))
  const embed = media.length === 0 ? null : await uploadPictures(ports, link, media)
  const now = ports.clock.now()
  const drafts = parts.map((part, index) => ({
    $type: names.post,
    text: part.text,
    createdAt: new Date(now + index).toISOString(),
    ...(facets[index]?.length ? { facets: facets[index] } : {}),
    ...(index === 0 && embed !== null ? { embed } : {}),
  }))
  const places = parts.map((_, index) => ({ did: us, collection: names.post, rkey: recordKey(key, index) }))
  return chain(drafts, places, parent)
}

/** Each part answers the one before it; its content id is known before the server says so. */
function chain(
  drafts: readonly object[],
  places: readonly RecordName[],
  parent: (Ref & { readonly root: Ref }) | null,
): Write[] {
  let above: Ref | null = parent === null ? null : { uri: parent.uri, cid: parent.cid }
  let root = parent?.root ?? null
  return drafts.flatMap((draft, index) => {
    const place = places[index]
    if (place === undefined) return []
    const value: object = above === null ? draft : { ...draft, reply: { root: root ?? above, parent: above } }
    above = { uri: uriOf(place), cid: contentId(value) }
    root ??= above
    return [{ ...place, value }]
  })
}

async function didsIn({ ports, link }: Acting, text: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const handle of handlesIn(text)) {
    const did = await didOf(ports, link, handle)
    if (did !== null) found.set(handle, did)
  }
  return found
}

// Deleting ---------------------------------------------------------------------------------------------------------

async function remove({ ports, link, us, command }: Acting): Promise<Acted> {
  const own = (command.target.ownExternalIds ?? []).map(readUri)
  const [first] = own
  if (first == null || own.some((name) => name?.did !== us)) {
    return refused('target.gone', 'This account never said this on Bluesky.')
  }
  for (const name of own) {
    if (name === null) continue
    const body = { repo: us, collection: name.collection, rkey: name.rkey }
    await call(ports, link, { method: 'com.atproto.repo.deleteRecord', body, cost: Math.ceil(costOf.delete) })
  }
  return { result: 'done', networkId: uriOf(first), detail: 'Bluesky deleted it.' }
}

// Reading back -----------------------------------------------------------------------------------------------------

export async function readBack(ports: Ports, link: Link, command: Command, key: string): Promise<ReadBack> {
  const us = link.account?.id
  if (us === undefined) return 'cannot-say'
  if (command.what === 'delete') {
    const own = (command.target.ownExternalIds ?? []).flatMap((uri) => readUri(uri) ?? [])
    const found = await Promise.all(own.map((name) => isThere(ports, link, name)))
    return found.includes(true) ? 'absent' : 'there'
  }
  const [first, ...others] = placesOf(command, us, key)
  if (first === undefined || !(await isThere(ports, link, first))) return 'absent'
  return { networkId: uriOf(first), ...(others.length === 0 ? {} : { otherIds: others.map(uriOf) }) }
}

function placesOf({ what, text }: Command, us: string, key: string): readonly RecordName[] {
  if (what === 'like' || what === 'share')
    return [{ did: us, collection: collectionOf[what], rkey: recordKey(key) }]
  const parts = partsToSend(text) ?? []
  return parts.map((_, index) => ({ did: us, collection: names.post, rkey: recordKey(key, index) }))
}

const Stored = z.object({ uri: z.string() })

async function isThere(ports: Ports, link: Link, { did, collection, rkey }: RecordName): Promise<boolean> {
  const query = { repo: did, collection, rkey }
  try {
    parse(Stored, await call(ports, link, { method: 'com.atproto.repo.getRecord', query }), 'A record')
    return true
  } catch (error) {
    if (error instanceof ChannelFailure && error.code === 'target.gone') return false
    throw error
  }
}
