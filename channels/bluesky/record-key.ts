// The names of what we make follow from the act's key, so that the same act is the same record, however often it is
// carried out. A record key is a TID: 13 signs of base32-sortable, 53 bits of microseconds and 10 bits of a clock's id
// (https://atproto.com/specs/tid). The key of an act that is a UUIDv7 gives the time; others a time in 2023.
import { createHash } from 'node:crypto'

const alphabet = '234567abcdefghijklmnopqrstuvwxyz'
const epoch2023 = 1_672_531_200_000_000n

export function recordKey(key: string, part = 0): string {
  const hash = createHash('sha256').update(`${part} ${key}`).digest().readBigUInt64BE()
  const ms = millisecondsOf(key)
  const micros =
    ms === null
      ? epoch2023 + ((hash >> 10n) & 0xfff_ffff_ffffn)
      : BigInt(ms) * 1_000n + ((hash >> 10n) % 1_000n)
  return writeTid((micros << 10n) | (hash & 0x3ffn))
}

function millisecondsOf(key: string): number | null {
  const [, high, low] =
    /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.exec(key) ?? []
  return high === undefined || low === undefined ? null : Number.parseInt(high + low, 16)
}

function writeTid(value: bigint): string {
  let text = ''
  for (let rest = value, index = 0; index < 13; index += 1, rest >>= 5n) {
    text = (alphabet[Number(rest & 31n)] ?? '2') + text
  }
  return text
}
