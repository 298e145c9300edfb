import { setTimeout as sleep } from 'node:timers/promises'
import type { Ports } from '../ports.ts'
import { addressOf, writeSeq, writeSince } from './firehose-cursor.ts'
import { readFrame } from './read-frame.ts'

/** Where something is said all the time, something is said by then. */
const quietMs = 1_500
/** As far as two clocks may differ. */
const differMs = 60_000

/**
 * Where a firehose stands now: at the number of what it says next. One that says nothing has little to say, and names no
 * number; of that all is listened to later that was said from now on.
 */
export async function beginOfFirehose(ports: Ports, place: URL, signal: AbortSignal): Promise<string> {
  const since = ports.clock.now() - differMs
  const ended = new AbortController()
  const either = AbortSignal.any([signal, ended.signal])
  const frames = ports.websocket.open(addressOf(place, null), { signal: either, silentMs: 10 * quietMs })
  const quiet = sleep(quietMs, null, { signal: either }).catch(() => null)
  const first = firstSeq(frames).catch(() => null)
  try {
    const seq = await Promise.race([first, quiet])
    return seq === null ? writeSince(since, place) : writeSeq(Math.max(0, seq - 1), null, place)
  } finally {
    ended.abort()
  }
}

async function firstSeq(frames: AsyncIterable<Uint8Array | string>): Promise<number | null> {
  for await (const bytes of frames) {
    if (typeof bytes === 'string') continue
    const frame = readFrame(bytes)
    if ('seq' in frame && frame.seq !== null) return frame.seq
  }
  return null
}
