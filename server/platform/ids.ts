import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** Random bytes are fetched for many ids at once: one by one they cost more than all the rest of an id. */
const bytesOfOne = 16
const pool = new Uint8Array(512 * bytesOfOne)
let used = pool.length
let msecs = 0
let seq = 0

/** A new UUIDv7: unique, and ordered by time within this process. */
export function newId(): string {
  const random = takeRandom()
  const now = Date.now()
  if (now > msecs) {
    msecs = now
    seq = new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1
  } else seq += 1
  return v7({ random, msecs, seq })
}

function takeRandom(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += bytesOfOne
  return pool.subarray(used - bytesOfOne, used)
}
