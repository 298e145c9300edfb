// Everything that happens on a server or relay, as it happens (com.atproto.sync.subscribeRepos), of which we keep what
// concerns us. The cursor is the sequence number of the last frame, bound to the place that counts it.
import { ChannelFailure, type Link, type RawEvent, type Streamed } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { names } from './at-uri.ts'
import { beginBlock, endBlock } from './blocked-by.ts'
import { collections, concernsUs } from './concerns.ts'
import { rawEvent, timeOf } from './heard.ts'
import { addressOf, readCursor, writeSeq, writeSince } from './firehose-cursor.ts'
import { forgetHandle, forgetProfile, knownAuthors, profileOf } from './profiles.ts'
import { readBlocks, readFrame, readRecord, type Frame, type Operation } from './read-frame.ts'

const silentMs = 10 * 60_000
/** The cursor moves at least so often, though nothing concerns us. */
const lifeSignMs = 5_000
const knownAgainMs = 10 * 60_000

type Commit = Extract<Frame, { is: 'commit' }>

interface Listening {
  readonly ports: Ports
  readonly link: Link
  readonly us: string
  readonly known: Set<string>
  /** What was made before is no news; null where everything is. */
  readonly since: number | null
}

export async function* listenToFirehose(
  ports: Ports,
  link: Link,
  place: URL,
  { cursor, signal }: { readonly cursor: string | null; readonly signal: AbortSignal },
): AsyncGenerator<Streamed> {
  const us = link.account?.id
  if (us === undefined) throw new ChannelFailure('contract.violation', 'The account is not known yet.')
  const from = readCursor(cursor, place)
  const since = from !== null && 'since' in from ? from.since : null
  const listening: Listening = { ports, link, us, since, known: await knownAuthors(ports) }
  const frames = ports.websocket.open(addressOf(place, from), { signal, silentMs })
  try {
    yield* follow(listening, frames, place)
  } catch (cause) {
    if (signal.aborted) return
    if (cause instanceof FutureCursor) {
      ports.log.warn({ from }, 'the firehose begins anew; its old cursor is let go')
      // Its numbers begin anew; what was said since the last one that we heard is still there.
      const at = from !== null && 'at' in from ? from.at : null
      yield { events: [], cursor: at === null ? null : writeSince(at, place) }
      return
    }
    if (cause instanceof ChannelFailure) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ChannelFailure('network.down', `The firehose broke off: ${reason}.`, { cause })
  }
}

class FutureCursor extends Error {}

async function* follow(
  listening: Listening,
  frames: AsyncIterable<Uint8Array | string>,
  place: URL,
): AsyncGenerator<Streamed> {
  const { clock } = listening.ports
  let saidAt = clock.now()
  let knownAt = saidAt
  for await (const bytes of frames) {
    if (typeof bytes === 'string') continue
    const now = clock.now()
    if (now - knownAt > knownAgainMs) {
      for (const did of await knownAuthors(listening.ports)) listening.known.add(did)
      knownAt = now
    }
    const { events, seq, at } = await hear(listening, bytes)
    if (seq === null || (events.length === 0 && now - saidAt < lifeSignMs)) continue
    saidAt = now
    yield { events, cursor: writeSeq(seq, at, place) }
  }
}

interface HeardFrame {
  readonly events: readonly RawEvent[]
  readonly seq: number | null
  readonly at: number | null
}

async function hear(listening: Listening, bytes: Uint8Array): Promise<HeardFrame> {
  const frame = frameOf(listening, bytes)
  const at = 'time' in frame ? timeOf(frame.time) : null
  const isOld = listening.since !== null && at !== null && at < listening.since
  if (isOld && 'seq' in frame) return { events: [], seq: frame.seq, at }
  switch (frame.is) {
    case 'commit':
      return { events: await hearCommit(listening, frame, bytes), seq: frame.seq, at }
    case 'account':
      return { events: await hearAccount(listening, frame), seq: frame.seq, at }
    case 'identity':
      await hearIdentity(listening, frame)
      return { events: [], seq: frame.seq, at }
    case 'failure':
      if (frame.error === 'FutureCursor') throw new FutureCursor()
      throw new ChannelFailure('network.down', `The firehose ended: ${frame.error}.`)
    case 'notice':
      listening.ports.log.warn({ name: frame.name }, 'the firehose says')
      return { events: [], seq: null, at }
    case 'other':
      return { events: [], seq: frame.seq, at }
  }
}

function frameOf({ ports }: Listening, bytes: Uint8Array): Frame {
  try {
    return readFrame(bytes)
  } catch (error) {
    ports.log.warn({ error: String(error).slice(0, 300) }, 'a frame of the firehose cannot be read')
    return { is: 'other', seq: null }
  }
}

async function hearCommit(
  listening: Listening,
  commit: Commit,
  bytes: Uint8Array,
): Promise<readonly RawEvent[]> {
  const { us, known } = listening
  const isOurs = commit.repo === us
  const namesUs = isOurs || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(us)
  if (!namesUs && !known.has(commit.repo)) return []
  const made = namesUs ? recordsOf(commit) : new Map<Operation, unknown>()
  const events: RawEvent[] = []
  for (const operation of commit.ops) {
    const event =
      operation.action === 'delete'
        ? await hearDeletion(listening, commit, operation)
        : await hearRecord(listening, commit, { operation, record: made.get(operation) })
    if (event !== null) events.push(event)
  }
  return events
}

const unreadable = Symbol('a record that cannot be read')

/** Records that the commit made, by operation; those that it does not carry or that cannot be read as such. */
function recordsOf({ ops, blocks }: Commit): ReadonlyMap<Operation, unknown> {
  const wanted = new Set(ops.flatMap(({ cid }) => (cid == null ? [] : [cid.$link])))
  const found = new Map<Operation, unknown>()
  try {
    const carried = readBlocks(blocks, wanted)
    for (const operation of ops) {
      const block = carried.get(operation.cid?.$link ?? '')
      if (block !== undefined) found.set(operation, readOne(block))
    }
  } catch {
    for (const operation of ops) found.set(operation, unreadable)
  }
  return found
}

function readOne(block: Uint8Array): unknown {
  try {
    return readRecord(block)
  } catch {
    return unreadable
  }
}

interface Made {
  readonly operation: Operation
  readonly record: unknown
}

async function hearRecord(listening: Listening, commit: Commit, made: Made): Promise<RawEvent | null> {
  const { us, known, ports, link } = listening
  const { operation, record } = made
  const { repo: did, seq } = commit
  const { action, path } = operation
  const name = {
    action: action === 'update' ? `update ${operation.cid?.$link ?? seq}` : action,
    uri: `at://${did}/${path}`,
  }
  const at = timeOf(commit.time)
  if (record === unreadable) return rawEvent(name, { seq, did, path }, { form: 'broken', at })
  const collection = path.split('/')[0] ?? ''
  if (record === undefined || !matters({ collection, record, did, us })) return null
  const body = { seq, time: commit.time, did, action, path, cid: operation.cid?.$link, record }
  if (did === us) return rawEvent(name, body, { form: 'commit', at })
  if (collection === names.block) await beginBlock(ports, did, path)
  const { handle, name: shown } = await profileOf(ports, link, did)
  known.add(did)
  const facts = { ...(handle === null ? {} : { handle }), ...(shown === null ? {} : { name: shown }) }
  return rawEvent(name, body, { form: 'commit', at, facts })
}

/** Of ours posts alone; of others all that is meant for us, known kinds and unknown ones. */
function matters({
  collection,
  record,
  did,
  us,
}: {
  readonly collection: string
  readonly record: unknown
  readonly did: string
  readonly us: string
}): boolean {
  if (did === us) return collection === names.post
  if (collections.has(collection)) return concernsUs(collection, record, us)
  return JSON.stringify(record).includes(`"${us}"`)
}

async function hearDeletion(
  listening: Listening,
  commit: Commit,
  { path }: Operation,
): Promise<RawEvent | null> {
  const { us, known, ports } = listening
  const { repo: did, seq, time } = commit
  const collection = path.split('/')[0] ?? ''
  if (!collections.has(collection) || (did === us ? collection !== names.post : !known.has(did))) return null
  if (collection === names.block) {
    if (!(await endBlock(ports, did, path))) return null
  }
  const body = { seq, time, did, action: 'delete', path }
  return rawEvent({ action: 'delete', uri: `at://${did}/${path}` }, body, {
    form: 'commit',
    at: timeOf(time),
  })
}

const goneStates = new Set(['deleted', 'takendown'])

async function hearAccount(
  { us, known, ports }: Listening,
  change: Extract<Frame, { is: 'account' }>,
): Promise<readonly RawEvent[]> {
  const { did, time, active, status = '', seq } = change
  if (did === us || !known.has(did) || (!active && !goneStates.has(status))) return []
  if (!active) await forgetProfile(ports, did)
  const name = { action: `${active ? 'there' : 'gone'} ${seq}`, uri: did }
  const body = { did, time, status: active ? 'active' : status, seq }
  return [rawEvent(name, body, { form: 'account', at: timeOf(time) })]
}

/** A handle that changed is asked for again when its account next speaks. */
async function hearIdentity(
  { ports, known }: Listening,
  { did }: Extract<Frame, { is: 'identity' }>,
): Promise<void> {
  if (known.has(did)) await forgetHandle(ports, did)
}
