// What is kept of the network's words until they are read, and what all forms of it say alike.
//   commit    one operation of a commit on the firehose: {seq, time, did, action, path, cid, record}
//   view      an entry of the notifications or of a thread, as the network gave it
//   record    an entry of our own repository, as the network gave it
//   account   an account that went away or came back: {did, time, status, seq}
//   broken    a frame of the firehose that names us and cannot be read
import { z } from 'zod'
import { ChannelFailure, type RawEvent } from '../channel.ts'
import { readUri, uriOf } from './at-uri.ts'

export type Form = 'commit' | 'view' | 'record' | 'account' | 'broken'

const Action = z.enum(['create', 'update', 'delete'])
const CommitBody = z.object({
  did: z.string(),
  time: z.string(),
  action: Action,
  path: z.string(),
  record: z.unknown().optional(),
})
const ViewBody = z.object({
  uri: z.string(),
  author: z.object({ did: z.string(), handle: z.string().optional(), displayName: z.string().optional() }),
  record: z.unknown(),
  indexedAt: z.string(),
})
const RecordBody = z.object({ uri: z.string(), value: z.unknown() })
const AccountBody = z.object({ did: z.string(), time: z.string(), status: z.string() })

/** A record that was made, changed or deleted. */
export interface Heard {
  readonly uri: string
  readonly did: string
  readonly collection: string
  readonly action: z.infer<typeof Action>
  readonly record: unknown
  /** When the network heard of it, ms since 1970; null where it does not say. */
  readonly at: number | null
  readonly handle: string | null
  readonly name: string | null
}

/** An account that went away, or is there again. */
export interface AccountChange {
  readonly isThere: boolean
  readonly externalId: string
  readonly at: number
}

export function readHeard(event: RawEvent): Heard {
  const body = bodyOf(event)
  const facts = event.facts ?? {}
  switch (facts['form']) {
    case 'commit': {
      const { did, path, action, record, time } = parse(CommitBody, body)
      const uri = `at://${did}/${path}`
      const person = { handle: facts['handle'] ?? null, name: facts['name'] ?? null }
      return { ...placeOf(uri), action, record, at: timeOf(time), ...person }
    }
    case 'view': {
      const { uri, author, record, indexedAt } = parse(ViewBody, body)
      const handle = author.handle === 'handle.invalid' ? null : (author.handle ?? null)
      const name = author.displayName?.trim() || null
      return { ...placeOf(uri), action: 'create', record, at: timeOf(indexedAt), handle, name }
    }
    case 'record': {
      const { uri, value } = parse(RecordBody, body)
      return { ...placeOf(uri), action: 'create', record: value, at: null, handle: null, name: null }
    }
    default:
      throw new ChannelFailure('contract.violation', 'A frame of the firehose names us and cannot be read.')
  }
}

export function readAccount(event: RawEvent): AccountChange {
  const { did, time, status } = parse(AccountBody, bodyOf(event))
  return { isThere: status === 'active', externalId: did, at: timeOf(time) ?? event.at ?? 0 }
}

function bodyOf({ body, facts }: RawEvent): unknown {
  if (facts?.['form'] === 'broken') return null
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch (cause) {
    throw new ChannelFailure('contract.violation', 'An event of Bluesky is no JSON.', { cause })
  }
}

/** Fails with the names of what is missing or of another kind. */
export function parse<Value>(schema: z.ZodType<Value>, body: unknown, what = 'An event of Bluesky'): Value {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path }) => path.join('.') || 'everything').slice(0, 5)
  throw new ChannelFailure('contract.violation', `${what} lacks or bends: ${fields.join(', ')}.`)
}

function placeOf(uri: string) {
  const place = readUri(uri)
  if (place === null || uri.length > 512) {
    throw new ChannelFailure('contract.violation', 'An event of Bluesky has a name that is none.')
  }
  return { uri: uriOf(place), did: place.did, collection: place.collection }
}

export function timeOf(text: string): number | null {
  const ms = Date.parse(text)
  return Number.isFinite(ms) ? ms : null
}

/** Named by what happened to what; the same thing heard by another way has the same name. */
export function rawEvent(
  name: { readonly action: string; readonly uri: string },
  body: unknown,
  {
    form,
    at,
    facts,
  }: { readonly form: Form; readonly at: number | null; readonly facts?: Readonly<Record<string, string>> },
): RawEvent {
  const key = `${name.action} ${name.uri}`.slice(0, 512)
  return { key, at, body: new TextEncoder().encode(JSON.stringify(body)), facts: { form, ...facts } }
}
