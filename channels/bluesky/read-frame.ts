// A frame of the firehose is two DAG-CBOR values one after the other: a header {op, t} and a body; a commit carries the
// records that it made as a CAR: blocks, each its length, its CID and its bytes
// (https://atproto.com/specs/event-stream, https://ipld.io/specs/transport/car/carv1).
import { decode, decodeFirst, type DecodeOptions } from 'cborg'
import { z } from 'zod'
import { writeCid } from './content-id.ts'

/** A link as JSON writes it. */
interface CidLink {
  readonly $link: string
}

const options: DecodeOptions = {
  tags: {
    42: (content): CidLink => {
      const bytes = content()
      if (!(bytes instanceof Uint8Array) || bytes[0] !== 0) throw new Error('a link that is none')
      return { $link: writeCid(bytes.subarray(1)) }
    },
  },
}

const Header = z.object({ op: z.number(), t: z.string().optional() })
const Link = z.object({ $link: z.string() })
const Operation = z.object({
  action: z.enum(['create', 'update', 'delete']),
  path: z.string(),
  cid: Link.nullish(),
})
export type Operation = z.infer<typeof Operation>
const Commit = z.object({
  seq: z.number(),
  repo: z.string(),
  time: z.string(),
  blocks: z.instanceof(Uint8Array),
  ops: z.array(Operation),
})
const AccountChange = z.object({
  seq: z.number(),
  did: z.string(),
  time: z.string(),
  active: z.boolean(),
  status: z.string().optional(),
})
const IdentityChange = z.object({ seq: z.number(), did: z.string(), handle: z.string().optional() })
const Notice = z.object({ name: z.string(), message: z.string().optional() })
const Failure = z.object({ error: z.string(), message: z.string().optional() })
const Other = z.object({ seq: z.number() })

export type Frame =
  | ({ readonly is: 'commit' } & z.infer<typeof Commit>)
  | ({ readonly is: 'account' } & z.infer<typeof AccountChange>)
  | ({ readonly is: 'identity' } & z.infer<typeof IdentityChange>)
  | ({ readonly is: 'notice' } & z.infer<typeof Notice>)
  | ({ readonly is: 'failure' } & z.infer<typeof Failure>)
  | { readonly is: 'other'; readonly seq: number | null }

/** Throws where it is no frame. */
export function readFrame(bytes: Uint8Array): Frame {
  const [head, rest] = decodeFirst(bytes, options)
  const header = Header.parse(head)
  const body: unknown = decode(rest, options)
  if (header.op === -1) return { is: 'failure', ...Failure.parse(body) }
  switch (header.t) {
    case '#commit':
      return { is: 'commit', ...Commit.parse(body) }
    case '#account':
      return { is: 'account', ...AccountChange.parse(body) }
    case '#identity':
      return { is: 'identity', ...IdentityChange.parse(body) }
    case '#info':
      return { is: 'notice', ...Notice.parse(body) }
    default:
      return { is: 'other', seq: Other.safeParse(body).data?.seq ?? null }
  }
}

/** The blocks of a CAR that are asked for, by their CIDs. */
export function readBlocks(car: Uint8Array, wanted: ReadonlySet<string>): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  const header = readVarint(car, 0)
  let at = header.next + header.value
  while (at < car.length && found.size < wanted.size) {
    const { value: length, next } = readVarint(car, at)
    at = next + length
    const cidEnd = endOfCid(car, next)
    const cid = writeCid(car.subarray(next, cidEnd))
    if (wanted.has(cid)) found.set(cid, car.subarray(cidEnd, at))
  }
  return found
}

/** A record as JSON writes it: links as `{$link}`, bytes as `{$bytes}`. */
export function readRecord(block: Uint8Array): unknown {
  return toJson(decode(block, options))
}

function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64').replace(/=+$/, '') }
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toJson(each)]))
}

/** Version, codec, hash function and length as varints, then the digest. */
function endOfCid(bytes: Uint8Array, start: number): number {
  let at = start
  for (let index = 0; index < 3; index += 1) at = readVarint(bytes, at).next
  const length = readVarint(bytes, at)
  return length.next + length.value
}

function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[start + index]
    if (byte === undefined) break
    value += (byte & 127) * 2 ** (7 * index)
    if (byte < 128) return { value, next: start + index + 1 }
  }
  throw new Error('a length that never ends')
}
