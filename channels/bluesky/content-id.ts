// The network names content by its hash: CID version 1, DAG-CBOR, SHA-256, written in base32
// (https://atproto.com/specs/data-model). Later parts of a thread name earlier ones so before the server saw them.
import { createHash } from 'node:crypto'
import { encode, Token, Type } from 'cborg'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** `record` as JSON, links as `{$link}`. */
export function contentId(record: object): string {
  const bytes = encode(record, { typeEncoders: { Object: encodeLink } })
  const digest = createHash('sha256').update(bytes).digest()
  return writeCid(Buffer.concat([Buffer.from([1, 0x71, 0x12, 0x20]), digest]))
}

function encodeLink(value: Readonly<Record<string, unknown>>) {
  const link = value['$link']
  if (typeof link !== 'string') return null
  return [new Token(Type.tag, 42), new Token(Type.bytes, Buffer.concat([Buffer.from([0]), readCid(link)]))]
}

export function writeCid(bytes: Uint8Array): string {
  let text = 'b'
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(held >> bits) & 31] ?? ''
    }
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + (alphabet[(held << (5 - bits)) & 31] ?? '')
}

function readCid(text: string): Buffer {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const sign of text.slice(1)) {
    const value = alphabet.indexOf(sign)
    if (value < 0) throw new Error('a content id in a base that is not known')
    held = (held << 5) | value
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 255)
    held &= (1 << bits) - 1
  }
  return Buffer.from(bytes)
}
