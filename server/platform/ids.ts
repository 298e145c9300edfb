// UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then a counter of 32 bits that begins anew at random
// in every millisecond (method 1 of section 6.2), then 42 random bits. A dozen ids are made for each engagement, so
// randomness is drawn many ids at a time.
import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(8_192)
const drawn = 10
let used = pool.length
let lastMs = 0
let counter = 0
const maxCounter = 0xffff_ffff

/** A new UUIDv7: unique, and ordered by time within this process, also where the clock is set back. */
export function newId(): string {
  if (used + drawn > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const at = used
  used += drawn
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    // The first bit stays free, so that a millisecond has room for two thousand million ids.
    counter = pool.readUInt32BE(at) >>> 1
  } else if (counter === maxCounter) {
    lastMs += 1
    counter = 0
  } else counter += 1
  return written(at)
}

function written(at: number): string {
  const time = hex(lastMs, 12)
  const first = hex(counter >>> 20, 3)
  const second = hex(0x8000 | ((counter >>> 6) & 0x3fff), 4)
  const last = hex(((counter & 0x3f) << 2) | (pool.readUInt8(at + 4) & 3), 2)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${first}-${second}-${last}${pool.toString('hex', at + 5, at + 10)}`
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}
