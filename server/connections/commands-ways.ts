import { setTimeout as sleep } from 'node:timers/promises'
import { ChannelFailure, type RawEvent } from '../../channels/channel.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import type { Attempt } from './commands-attempt.ts'
import { pushesBeside, renewAfterMs } from './pick-listening.ts'
import { noteSubscribed } from './store-listening.ts'

const together = 100
/** No poll takes longer; what hangs is left behind, and nothing of it is committed. */
const pollLimitMs = 120_000
/** After so long the preferred way is tried again. */
const otherWayMs = 600_000
const leastPollMs = 250
/** Pushes beside polls that could not be had are asked for again after this long. */
const pushAgainMs = 3_600_000

/** Asks again and again, from where it stood. */
export async function listenByPoll(attempt: Attempt): Promise<void> {
  const { channel } = attempt
  const ended = new AbortController()
  const signal = AbortSignal.any([attempt.signal, ended.signal])
  const isQuickened = pushesBeside(channel.manifest.listens) && channel.subscribe !== undefined
  if (!isQuickened) await endPushes(attempt)
  const beside = isQuickened ? pushBeside(attempt, signal) : Promise.resolve()
  try {
    await pollOn(attempt, signal)
  } finally {
    ended.abort()
    await beside
  }
}

/** Pushes that only make polls quicker: where they cannot be had, the polls go on. */
async function pushBeside(attempt: Attempt, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let waitMs = pushAgainMs
    try {
      const lease = await unlessAborted(
        attempt.channel.subscribe?.() ?? Promise.resolve({ until: null }),
        signal,
      )
      if (lease === null) return
      await note(attempt, true, lease.until)
      waitMs = renewAfterMs(lease.until, attempt.parts.platform.clock.now())
    } catch (error) {
      attempt.parts.platform.log.info(
        { error, connection: attempt.connection.id },
        'pushes beside polls were not had',
      )
    }
    await sleep(waitMs, undefined, { signal }).catch(() => {})
  }
}

async function pollOn(attempt: Attempt, signal: AbortSignal): Promise<void> {
  const { channel, parts } = attempt
  const end = endOf(attempt)
  let cursor = attempt.cursor
  let committed = cursor
  while (!signal.aborted && parts.platform.clock.now() < end) {
    const asked = channel.poll?.(cursor, together)
    const polled = await unlessAborted(asked ?? Promise.reject(new Error('no poll')), signal)
    if (polled === null) return
    if (polled.events.length > 0 || polled.cursor !== committed) {
      await attempt.commit(polled.events, polled.cursor)
      committed = polled.cursor
    } else {
      await attempt.worked()
    }
    cursor = polled.cursor
    if (polled.more) continue
    const waitMs = Math.max(leastPollMs, polled.pollAfterMs ?? channel.manifest.pace.pollMs)
    await sleep(waitMs * (1 + parts.chance() / 10), undefined, { signal }).catch(() => {})
  }
}

function endOf({ isPreferred, parts }: Attempt): number {
  return isPreferred ? Infinity : parts.platform.clock.now() + otherWayMs
}

/** Null where the signal came first. */
async function unlessAborted<Value>(asked: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const late = sleep(pollLimitMs, 'late' as const, { signal: either }).catch(() => null)
  try {
    const first = await Promise.race([asked.then((value) => ({ value })), late])
    if (first === 'late') throw new ChannelFailure('network.down', 'No answer came in time.')
    return first === null ? null : first.value
  } finally {
    stop.abort()
    asked.catch(() => {})
  }
}

const mostWaiting = 2_000
/** How often a cursor that moves without events is written down. */
const quietMs = 5_000
/** A stream that ends sooner than this counts as a failure. */
const soonMs = 10_000

/** Takes what comes as it comes; what comes while a commit runs goes into the next one. */
export async function listenByStream(attempt: Attempt): Promise<void> {
  const { channel, parts } = attempt
  await endPushes(attempt)
  const ended = new AbortController()
  const signal = AbortSignal.any([attempt.signal, ended.signal])
  const begun = parts.platform.clock.now()
  const line = createLine(attempt, () => ended.abort())
  try {
    for await (const { events, cursor } of channel.stream?.(attempt.cursor, signal) ?? []) {
      if (signal.aborted) break
      await line.add(events, cursor)
    }
  } catch (error) {
    await line.end()
    if (!attempt.signal.aborted) throw error
  }
  await line.end()
  if (attempt.signal.aborted) return
  if (parts.platform.clock.now() - begun < soonMs)
    throw new ChannelFailure('network.down', 'The stream ended again and again.')
}

/** What waits for the next commit. */
function createLine({ commit, worked, cursor: start, parts }: Attempt, onFailure: () => void) {
  let events: RawEvent[] = []
  let cursor = start
  let committed = start
  let committedAt = 0
  let writing: Promise<void> | null = null
  let failure: { readonly error: unknown } | null = null

  async function write(): Promise<void> {
    while (events.length > 0 || isDue()) {
      const taken = events
      events = []
      const upTo = cursor
      await commit(taken, upTo)
      committed = upTo
      committedAt = parts.platform.clock.now()
    }
  }
  function isDue(): boolean {
    return cursor !== committed && parts.platform.clock.now() - committedAt >= quietMs
  }
  function start_(): void {
    writing ??= write()
      .catch((error: unknown) => {
        failure = { error }
        onFailure()
      })
      .finally(() => (writing = null))
  }
  return {
    async add(more: readonly RawEvent[], next: string | null): Promise<void> {
      events.push(...more)
      cursor = next
      if (more.length === 0) await worked()
      if (events.length > 0 || isDue()) start_()
      if (events.length > mostWaiting) await writing
    },
    /** Waits for the last commit; throws where one failed. */
    async end(): Promise<void> {
      await writing
      if (failure !== null) throw failure.error
      if (events.length === 0 && cursor === committed) return
      await commit(events.splice(0), cursor)
      committed = cursor
    },
  }
}

/** Asks for pushes, and again before they would end. What is pushed comes in by its own door. */
export async function listenByPush(attempt: Attempt): Promise<void> {
  const { channel, signal, parts } = attempt
  while (!signal.aborted) {
    if (channel.subscribe === undefined) {
      await attempt.worked()
      await sleep(renewAfterMs(null, 0), undefined, { signal }).catch(() => {})
      continue
    }
    const lease = await unlessAborted(channel.subscribe(), signal)
    if (lease === null) return
    await note(attempt, true, lease.until)
    await attempt.worked()
    const waitMs = renewAfterMs(lease.until, parts.platform.clock.now())
    await sleep(waitMs, undefined, { signal }).catch(() => {})
  }
}

/** A network that pushes does not answer those who ask: pushes end before another way is gone. */
async function endPushes(attempt: Attempt): Promise<void> {
  if (!attempt.isSubscribed) return
  await attempt.channel.unsubscribe?.()
  await note(attempt, false, null)
}

async function note({ parts, fence }: Attempt, isSubscribed: boolean, until: number | null): Promise<void> {
  await inScope(parts.platform.database, systemScope(fence.workspaceId), (db) =>
    noteSubscribed(db, fence, { isSubscribed, until: until === null ? null : new Date(until) }),
  )
}
