export type Way = 'stream' | 'push' | 'poll'

/** The ways in which a connection can be listened to, the channel's preference first. */
export function waysToListen(
  prefers: readonly Way[],
  can: { readonly stream: boolean; readonly push: boolean; readonly poll: boolean },
): readonly Way[] {
  return prefers.filter((way) => can[way])
}

/** A way that failed gives way to the next one, round and round. */
export function wayNow(ways: readonly Way[], failures: number): Way | null {
  return ways[failures % Math.max(1, ways.length)] ?? null
}

/** Whether pushes are asked for beside polls, to make them quicker. */
export function pushesBeside(prefers: readonly Way[]): boolean {
  const poll = prefers.indexOf('poll')
  return poll !== -1 && prefers.indexOf('push') > poll
}

const dayMs = 86_400_000
const soonestMs = 5_000

/** When pushes are asked for again: a fifth of the lease before it ends; once a day where it has no end. */
export function renewAfterMs(until: number | null, now: number): number {
  if (until === null) return dayMs
  return Math.min(dayMs, Math.max(soonestMs, (until - now) * 0.8))
}
